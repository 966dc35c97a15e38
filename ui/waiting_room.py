"""While the first index is being made, programs and readers are told when to come again.

The chat stays open: it says so itself, and goes on by itself.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from ui.guard import Application, Receive, Scope, Send
from ui.text import Wording

AGAIN_SECONDS = 5
_NEEDS_INDEX = re.compile(
    r"/(?:(?:api|v1)/(?!openapi\.json).*|(?:clauses|library|units|targets|pages|find)(?:/.*)?)"
)

Preparing = Callable[[Wording], str]
"""How far the index is, in a sentence; empty where it answers."""

AskToWait = Callable[[str, Scope, Send], Awaitable[None]]
"""Answers a request that came too early with that sentence."""


def is_ready(_: Wording) -> str:
    """Where the index was there before the server."""
    return ""


class WaitingRoom:
    """Middleware around an application: what needs the index waits for it outside."""

    def __init__(
        self,
        application: Application,
        *,
        preparing: Preparing,
        wording: Wording,
        ask_to_wait: AskToWait,
    ) -> None:
        """Wrap the application."""
        self._application = application
        self._preparing = preparing
        self._wording = wording
        self._ask_to_wait = ask_to_wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http" and _NEEDS_INDEX.fullmatch(scope["path"]):
            sentence = self._preparing(self._wording)
            if sentence:
                await self._ask_to_wait(sentence, scope, send)
                return
        await self._application(scope, receive, send)
