"""The outer wall of the web server: what may come in, and what every answer carries.

Plain ASGI, so that it stands before every framework: a bound on the size of a request, a list of
the paths that the chat page needs (Gradio brings many more, uploads and file reading among them,
and none of those is served), and the headers that keep a page from reaching other machines.
"""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Refuse = Callable[[int, Scope, Send], Awaitable[None]]

# Gradio builds its page with inline scripts and compiled templates: these it must be allowed.
# What matters here is that nothing is loaded from, or sent to, anywhere else.
CHAT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
_CHAT_PATHS = re.compile(
    r"/(?:en/)?(?:"
    r"|theme\.css|config|robots\.txt|(?:assets|static)/[^\\]+"
    r"|gradio_api/(?:info|app_id|startup-events|heartbeat/\w+|queue/join|queue/data|cancel|reset)/?"
    r")"
)
_OWN_PATHS = re.compile(
    r"/(?:en|favicon\.(?:svg|ico)|healthz|readyz|metrics|login|logout|embed|widget\.js"
    r"|(?:api|v1)/.+"
    r"|(?:clauses|pages)/.+"
    r"|admin/documents(?:/[a-z]+)?"
    r"|home|library|targets|find|(?:units|conversations)(?:/.+)?)"
)
# Files go on as they come: the door decides who sends them before anybody reads them.
_STREAMED = "/admin/documents/files"


class Guard:
    """Middleware around an application.

    Args:
        application: what to guard.
        max_body_bytes: the largest request body that is read.
        max_file_bytes: the largest file that is let through to where files are sent to.
        body_seconds: how long a body that is not a file may take to come.
        refuse: answers a request that is not let through, by its HTTP status.
    """

    def __init__(
        self,
        application: Application,
        *,
        max_body_bytes: int,
        body_seconds: float,
        refuse: Refuse,
        max_file_bytes: int = 0,
    ) -> None:
        """Wrap the application."""
        self._application = application
        self._max_body_bytes = max_body_bytes
        self._max_file_bytes = max_file_bytes
        self._body_seconds = body_seconds
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        if not (_CHAT_PATHS.fullmatch(scope["path"]) or _OWN_PATHS.fullmatch(scope["path"])):
            await self._refuse(404, scope, send)
            return
        if scope["path"] == _STREAMED and self._max_file_bytes:
            if _announced(scope) > self._max_file_bytes:
                await self._refuse(413, scope, send)
                return
            await self._application(scope, receive, _with_headers(send))
            return
        try:
            async with asyncio.timeout(self._body_seconds):
                body = await self._body(scope, receive)
        except TimeoutError:
            await self._refuse(408, scope, send)
            return
        if body is None:
            await self._refuse(413, scope, send)
            return
        await self._application(scope, _replay(body, receive), _with_headers(send))

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body; None where it is larger than allowed, announced or not."""
        if _announced(scope) > self._max_body_bytes:
            return None
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                break
            body += message.get("body", b"")
            if len(body) > self._max_body_bytes:
                return None
            more = message.get("more_body", False)
        return bytes(body)


def _announced(scope: Scope) -> float:
    """How large a body is said to be; without end where that is no number."""
    announced = dict(scope["headers"]).get(b"content-length", b"0")
    return int(announced) if announced.isdigit() else math.inf


def _replay(body: bytes, receive: Receive) -> Receive:
    """A receive that gives the body once, then whatever the connection says."""
    parts = [body]

    async def replayed() -> Message:
        if parts:
            return {"type": "http.request", "body": parts.pop(), "more_body": False}
        return await receive()

    return replayed


def _with_headers(send: Send) -> Send:
    """A send that adds the security headers a response does not already carry."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            present = {name.lower() for name, _ in headers}
            headers += [pair for pair in SECURITY_HEADERS if pair[0] not in present]
            message = {**message, "headers": headers}
        await send(message)

    return sent


SECURITY_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", CHAT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
