"""The gate as a middleware: decides about every request before the application sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Protocol

from ui.access import VISITOR_COOKIE, Arrival, Gate, Refused, Welcome, cookie_header, enter
from ui.guard import Application, Message, Receive, Scope, Send
from ui.metrics import Metrics

_VISITOR_SECONDS = 365 * 86_400


class TurnAway(Protocol):
    """Answers a request that is not let in."""

    async def __call__(self, refused: Refused, scope: Scope, send: Send) -> None:
        """Send the refusal."""


class Door:
    """Middleware around an application: who may come in comes in, by name."""

    def __init__(
        self, application: Application, *, gate: Gate, metrics: Metrics, turn_away: TurnAway
    ) -> None:
        """Wrap the application."""
        self._application = application
        self._gate = gate
        self._metrics = metrics
        self._turn_away = turn_away

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        counted = self._counted(scope, send)
        arrival = _arrival(scope)
        if self._gate.is_cheap(arrival):
            found = self._gate.judge(arrival)
        else:
            found = await asyncio.to_thread(self._gate.judge, arrival)
        if isinstance(found, Refused):
            await self._turn_away(found, scope, counted)
            return
        enter(scope, found.person)
        await self._application(scope, receive, _with_cookie(scope, counted, found))

    def _counted(self, scope: Scope, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._metrics.responded(scope["method"], message["status"])
            await send(message)

        return sent


def _arrival(scope: Scope) -> Arrival:
    headers: Mapping[str, str] = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
    }
    client = scope.get("client")
    return Arrival(scope["method"], scope["path"], headers, client[0] if client else "")


def _with_cookie(scope: Scope, send: Send, welcome: Welcome) -> Send:
    """A send that gives a new visitor the cookie to be known by."""
    if not welcome.new_cookie:
        return send
    https = scope.get("scheme") == "https"
    cookie = cookie_header(
        VISITOR_COOKIE, welcome.new_cookie, seconds=_VISITOR_SECONDS, https=https
    )

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [*message.get("headers", ()), (b"set-cookie", cookie.encode())]
            message = {**message, "headers": headers}
        await send(message)

    return sent
