"""Lets pages of portals read answers: CORS for the origins of open channels, and for no others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ui.guard import Application, Message, Receive, Scope, Send
from ui.records_schema import RecordsError

_PATHS = ("/api/ask", "/api/search", "/api/feedback", "/api/clauses/")
_PREFLIGHT = (
    (b"access-control-allow-methods", b"GET, POST"),
    (b"access-control-allow-headers", b"authorization, content-type"),
    (b"access-control-max-age", b"600"),
)


class CrossOrigin:
    """Middleware around an application.

    Args:
        application: what answers.
        allows: whether pages of an origin may read the answers; asks the database.
    """

    def __init__(self, application: Application, *, allows: Callable[[str], bool]) -> None:
        """Wrap the application."""
        self._application = application
        self._allows = allows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or not scope["path"].startswith(_PATHS):
            await self._application(scope, receive, send)
            return
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"")
        allowed = bool(origin) and await asyncio.to_thread(self._may, origin.decode("latin-1"))
        is_preflight = b"access-control-request-method" in headers and scope["method"] == "OPTIONS"
        if allowed and is_preflight:
            await send(_answer(204, [*_named(origin), *_PREFLIGHT]))
            await send({"type": "http.response.body", "body": b""})
            return
        await self._application(scope, receive, _with_origin(send, origin if allowed else b""))

    def _may(self, origin: str) -> bool:
        try:
            return self._allows(origin)
        except RecordsError:  # what cannot be looked up is not allowed
            return False


def _named(origin: bytes) -> list[tuple[bytes, bytes]]:
    return [(b"access-control-allow-origin", origin), (b"vary", b"origin")]


def _answer(status: int, headers: list[tuple[bytes, bytes]]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


def _with_origin(send: Send, origin: bytes) -> Send:
    """A send that names the origin; whether it does depends on it, and caches must know."""
    added = [*_named(origin), (b"access-control-expose-headers", b"retry-after")]

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            extra = added if origin else [(b"vary", b"origin")]
            message = {**message, "headers": [*message.get("headers", ()), *extra]}
        await send(message)

    return sent
