"""An OpenAI-compatible endpoint that does what it is told, well or badly."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.serving import running

Script = Callable[[BaseHTTPRequestHandler], None]
Body = dict[str, Any]


class ChatEndpoint(ThreadingHTTPServer):
    """Plays one script for every request, and keeps what it was asked and with which key."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: Script = says("")
        self.asked: list[Body] = []
        self.keys: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        """A client that has gone is no error here."""


class _Handler(BaseHTTPRequestHandler):
    server: ChatEndpoint

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.keys.append(self.headers["Authorization"])
        self.server.script(self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def chat_endpoint() -> Iterator[ChatEndpoint]:
    """An endpoint on a free port of this machine."""
    with running(ChatEndpoint()) as endpoint:
        yield endpoint


def chunk(text: str | None, finish: str | None = None) -> bytes:
    """One event of a stream."""
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    event = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return f"data: {json.dumps(event | {'choices': [choice]})}\n\n".encode()


def says(text: str, *, finish: str | None = "stop") -> Script:
    """A reply, letter by letter, that ends as it should or not at all."""
    end = [chunk(None, finish), b"data: [DONE]\n\n"] if finish else []
    return sends([*(chunk(letter) for letter in text), *end])


def sends(parts: Sequence[bytes], *, pause_seconds: float = 0.0) -> Script:
    """A stream of these bytes; the connection ends behind them."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()
            time.sleep(pause_seconds)

    return play


def breaks_off(text: str) -> Script:
    """A stream that promised more bytes than came."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        body = b"".join(chunk(letter) for letter in text)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Content-Length", str(len(body) + 1000))
        handler.end_headers()
        handler.wfile.write(body)

    return play


def answers(status: int, body: bytes, *, kind: str = "application/json") -> Script:
    """A whole response."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return play
