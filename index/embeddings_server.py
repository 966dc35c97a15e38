"""Requests to a server that speaks OpenAI's embeddings interface; the only module that knows httpx.

Nothing else is ever asked than the address that was set: no proxies of the environment, no
redirects. The key is shown nowhere.
"""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.embedded_text import one_line
from index.errors import EmbeddingFailed

if TYPE_CHECKING:
    import httpx

MAX_BYTES = 64 * 2**20
MAX_PAUSE_SECONDS = 30.0
HINT = "check WENZHENG_EMBEDDING_URL, _MODEL and _KEY, and that the server runs"

_AGAIN = (408, 425, 429, 500, 502, 503, 504)
_TOO_MUCH = (400, 413, 422)


class RequestRefused(EmbeddingFailed):
    """The server refuses this request, and may take a smaller one."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a reply, and after which pauses to ask again."""

    pauses_seconds: tuple[float, ...]
    timeout_seconds: float


class EmbeddingsServer:
    """Where texts are posted to. Safe to share between threads."""

    def __init__(self, url: str, *, key: str) -> None:
        # Imported here: `wenzheng --help` and the bundled model need none of it.
        import httpx

        self.place = _checked(url)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(headers=headers, trust_env=False)
        self._failed = httpx.HTTPError
        self.close = weakref.finalize(self, self._client.close)

    def post(self, body: Mapping[str, Any], patience: Patience) -> Any:  # noqa: ANN401 — JSON
        """Post JSON and get JSON; a server that is busy or starting is asked again.

        Raises:
            RequestRefused: the server does not take what it was given.
            EmbeddingFailed: it cannot be reached, or answers with an error.
        """
        content = json.dumps(body, ensure_ascii=True).encode("ascii")
        problem = ""
        for pause in (*patience.pauses_seconds, None):
            wait = pause
            try:
                status, headers, found = self._once(content, patience.timeout_seconds)
            except self._failed as error:  # not reached, too slow, cut off
                problem = one_line(error) or type(error).__name__
            else:
                if status == HTTPStatus.OK:
                    return found
                problem = f"HTTP {status} {_detail(found)}".strip()
                if status in _TOO_MUCH:
                    raise RequestRefused(f"{self.place} does not embed: {problem}; {HINT}")
                if status not in _AGAIN:
                    break
                wait = _asked_for(headers, pause)
            if wait is None:
                break
            time.sleep(wait)
        raise EmbeddingFailed(f"{self.place} does not embed: {problem}; {HINT}")

    def _once(self, content: bytes, timeout_seconds: float) -> tuple[int, Mapping[str, str], Any]:
        with self._client.stream(
            "POST",
            f"{self.place}/embeddings",
            content=content,
            headers={"Content-Type": "application/json"},
            timeout=timeout_seconds,
        ) as response:
            return response.status_code, response.headers, _json(response)


def _json(response: httpx.Response) -> Any:  # noqa: ANN401 — any JSON, None where it is none
    content = bytearray()
    for part in response.iter_bytes():
        content += part
        if len(content) > MAX_BYTES:
            return None
    try:
        return json.loads(content)
    except ValueError:
        return None


def _checked(url: str) -> str:
    """The address up to ``/v1``.

    Raises:
        EmbeddingFailed: it is none, or carries what must not be shown.
    """
    try:
        parts = urlsplit(url)
        plain = not (parts.username or parts.password or parts.query or parts.fragment)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        plain = usable = False
    if not (plain and usable):
        raise EmbeddingFailed(
            "WENZHENG_EMBEDDING_URL must be the address of an embeddings endpoint up to /v1, such "
            "as http://HOST:PORT/v1, without user, password or query"
        )
    return url.rstrip("/").removesuffix("/embeddings")


def _asked_for(headers: Mapping[str, str], pause: float | None) -> float | None:
    """The pause, or a longer one that the server asks for."""
    asked = headers.get("Retry-After", "")
    if pause is None or not (asked.isascii() and asked.isdecimal()):
        return pause
    return min(max(pause, float(asked)), MAX_PAUSE_SECONDS)


def _detail(found: Any) -> str:  # noqa: ANN401 — any JSON
    """What a server says of a request that it refuses, in one short line."""
    try:
        error = found["error"]
        text = error["message"] if isinstance(error, dict) else str(error)
    except (KeyError, TypeError):
        return ""
    return " ".join(str(text).split())[:200]
