"""An OpenAI-compatible embeddings endpoint of small vectors, which can be told to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.factories import PairEmbedder
from tests.serving import running

Body = dict[str, Any]


@dataclass
class Failure:
    """What comes instead of vectors, how often."""

    status: int = 500
    body: bytes = b'{"error": {"message": "out of\\nmemory"}}'
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1_000_000


class EmbeddingsEndpoint(ThreadingHTTPServer):
    """Answers as such servers do, and keeps what it was asked and with which key."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[Body] = []
        self.keys: list[str | None] = []
        self.failures: list[Failure] = []
        self.max_texts = 1_000_000
        self.embedder = PairEmbedder()
        self.scale = 3.0  # servers need not give unit vectors
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def reply(self, body: Body) -> tuple[int, bytes, dict[str, str]]:
        with self._lock:
            self.asked.append(body)
            if self.failures:
                failure = self.failures[0]
                failure.times -= 1
                if failure.times == 0:
                    self.failures.pop(0)
                return failure.status, failure.body, failure.headers
            if len(body["input"]) > self.max_texts:
                return 422, b'{"error": "batch size too large"}', {}
            vectors = self.embedder.embed_passages(body["input"]) * self.scale
        data = [
            {"object": "embedding", "index": row, "embedding": [float(x) for x in vector]}
            for row, vector in enumerate(vectors)
        ]
        # From behind: the order is in the index, and nowhere else.
        return 200, json.dumps({"object": "list", "data": data[::-1]}).encode(), {}

    def handle_error(self, *_: object) -> None:
        """A client that has gone is no error here."""


class _Handler(BaseHTTPRequestHandler):
    server: EmbeddingsEndpoint
    protocol_version = "HTTP/1.1"  # connections are kept, as by real servers

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.keys.append(self.headers["Authorization"])
        status, content, headers = (
            self.server.reply(body)
            if self.path == "/v1/embeddings"
            else (404, b'{"detail": "Not Found"}', {})
        )
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def embeddings_endpoint() -> Iterator[EmbeddingsEndpoint]:
    """An endpoint on a free port of this machine."""
    with running(EmbeddingsEndpoint()) as endpoint:
        yield endpoint
