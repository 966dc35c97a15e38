"""Asks servers: a running Wenzheng, or any OpenAI-compatible chat endpoint as a rival.

A rival gives text alone: it has no citations and shows no clauses found, and the measures of these
say so.
"""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlsplit

from eval.errors import EvaluationMisused, SystemFailed
from eval.schema import GoldRecord, Json, Reply

TIMEOUT_SECONDS = 120.0
_MAX_BYTES = 16 * 2**20
# A server that is starting or busy is asked again after these pauses.
PAUSES_SECONDS = (1.0, 4.0)
_AGAIN = (408, 425, 429, 500, 502, 503, 504)

UNKNOWN = "UNKNOWN"
# In English and without examples: nothing of the gold or the corpus may leak into it.
RIVAL_PROMPT = (
    "You answer questions of Chinese officials about policy documents, briefly and in the language "
    f"of the question. If you do not know the answer, write {UNKNOWN} and nothing else."
)
_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Server:
    """Where to post to, with which key, and how long to wait."""

    url: str
    key: str = ""
    timeout_seconds: float = TIMEOUT_SECONDS
    pauses_seconds: tuple[float, ...] = PAUSES_SECONDS

    def post(self, body: Json) -> Json:
        """Post JSON and get JSON; a server that is busy is asked again.

        Raises:
            SystemFailed: it cannot be reached, refuses, or answers with something else.
        """
        for pause in (*self.pauses_seconds, None):
            try:
                return self._post_once(body)
            except urllib.error.HTTPError as error:
                with error:
                    problem = f"HTTP {error.code} {_detail(error.read(_MAX_BYTES))}".strip()
                retry = error.code in _AGAIN
            except (OSError, HTTPException) as error:  # not reached, too slow, cut off
                problem, retry = str(getattr(error, "reason", error)) or type(error).__name__, True
            except ValueError as error:
                problem, retry = f"not JSON ({error})", False
            if pause is None or not retry:
                raise SystemFailed(f"{self.url}: {problem}; check the server, then run again")
            time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _post_once(self, body: Json) -> Json:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        data = json.dumps(body).encode("ascii")
        request = urllib.request.Request(self.url, data=data, headers=headers, method="POST")
        with urllib.request.urlopen(request, timeout=self.timeout_seconds) as response:
            found = json.loads(response.read(_MAX_BYTES))
        if not isinstance(found, dict):
            raise ValueError("not an object")
        return found


class RunningWenzheng:
    """A Wenzheng that is served somewhere; it shows what it cites, not what it found."""

    name = "wenzheng-endpoint"

    def __init__(self, server: Server) -> None:
        self._server = server

    def answer(self, record: GoldRecord) -> Reply:
        """Post the question as the chat page does."""
        body = {"question": record.question, "history": list(record.history), "id": record.id}
        started = time.perf_counter()
        answer = self._server.post(body)
        seconds = time.perf_counter() - started
        if not isinstance(answer.get("status"), str) or not isinstance(answer.get("text"), str):
            what = "not an answer of Wenzheng; for a chat endpoint name its --model"
            raise SystemFailed(f"{self._server.url}: {what}")
        return answer, None, round(seconds, 4)


class ChatRival:
    """A language model behind an OpenAI-compatible endpoint, asked without any documents."""

    def __init__(self, server: Server, *, model: str) -> None:
        self.name = model
        self._server = server

    def answer(self, record: GoldRecord) -> Reply:
        """Hold the conversation: earlier questions are asked and answered first, off the clock."""
        messages = [{"role": "system", "content": RIVAL_PROMPT}]
        for earlier in record.history:
            messages.append({"role": "user", "content": earlier})
            messages.append({"role": "assistant", "content": self._say(messages)})
        messages.append({"role": "user", "content": record.question})
        started = time.perf_counter()
        text = self._say(messages)
        seconds = round(time.perf_counter() - started, 4)
        refuses = text.strip(" \n.。*\"'") == UNKNOWN
        answer: Json = {
            "id": record.id,
            "question": record.question,
            "standalone_question": record.question,
            "status": "refused" if refuses else "answered",
            "reason": "not_in_corpus" if refuses else None,
            "text": text,
            "statements": [],
            "table": None,
            "citations": [],
            "nearest": [],
            "confidence": 0.0,
            "engine": self.name,
            "seconds": {"total": seconds},
        }
        return answer, None, seconds

    def _say(self, messages: list[dict[str, str]]) -> str:
        reply = self._server.post({"model": self.name, "messages": messages, "temperature": 0})
        try:
            text = reply["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError) as error:
            what = "the reply holds no message; check --endpoint and --model"
            raise SystemFailed(f"{self._server.url}: {what}") from error
        return _THOUGHTS.sub("", str(text or "")).strip()


def wenzheng_url(url: str) -> str:
    """Where a Wenzheng served at this address takes questions."""
    return _checked(url).removesuffix("/api/ask") + "/api/ask"


def chat_url(url: str) -> str:
    """Where an OpenAI-compatible endpoint at this address takes conversations."""
    return _checked(url).removesuffix("/chat/completions") + "/chat/completions"


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise EvaluationMisused(f"'{url}' is not the address of a server; use http://HOST:PORT")
    return url.rstrip("/")


def _detail(body: bytes) -> str:
    """What a problem object says, if the body is one."""
    try:
        detail = json.loads(body)["detail"]
    except (ValueError, KeyError, TypeError):
        return ""
    return str(detail)[:200]
