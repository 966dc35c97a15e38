"""Users of a load: each asks one question after the other, in one of three ways.

``json`` and ``events`` are ``POST /api/ask`` answered whole and as server-sent events; ``chat`` is
what the page of the chat sends: a question into Gradio's queue, and the queue's own events.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

import httpx

Way = Literal["json", "events", "chat"]
GIVE_UP_SECONDS = 60.0
HISTORY = 3  # of a user's own earlier questions that go along
_COMPLETE = {"answered", "refused", "clarify"}


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asks."""

    question: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """How it went; ``error`` is empty where a complete answer came."""

    way: Way
    seconds: float
    error: str


@dataclass(slots=True)
class User:
    """One person with one connection, and what they asked so far."""

    client: httpx.AsyncClient
    ways: Sequence[Way]
    function: int = 0  # of Gradio's, that the box of the chat calls
    session: str = field(default_factory=lambda: uuid4().hex)
    earlier: list[str] = field(default_factory=list)
    asked: int = 0

    async def ask(self, ask: Ask) -> Asked:
        """Ask, and wait for the whole answer."""
        way = self.ways[self.asked % len(self.ways)]
        self.asked += 1
        ways: dict[Way, Callable[[Ask], Awaitable[str]]] = {
            "json": self._whole,
            "events": self._events,
            "chat": self._chat,
        }
        started = time.perf_counter()
        try:
            error = await ways[way](ask)
        except (httpx.HTTPError, ValueError, KeyError) as failure:
            error = f"{type(failure).__name__}: {failure}"
        seconds = time.perf_counter() - started
        self.earlier = [*self.earlier, ask.question][-HISTORY:]
        return Asked(way, seconds, error)

    def _body(self, ask: Ask, *, stream: bool) -> dict[str, Any]:
        history = list(ask.history or self.earlier)
        return {"question": ask.question, "history": history, "stream": stream}

    async def _whole(self, ask: Ask) -> str:
        response = await self.client.post("/api/ask", json=self._body(ask, stream=False))
        if response.status_code != httpx.codes.OK:
            return f"{response.status_code} {response.text[:200]}"
        return _incomplete(response.json())

    async def _events(self, ask: Ask) -> str:
        body = self._body(ask, stream=True)
        async with self.client.stream("POST", "/api/ask", json=body) as response:
            if response.status_code != httpx.codes.OK:
                return f"{response.status_code} {(await response.aread())[:200]!r}"
            name, last = "", ""
            async for line in response.aiter_lines():
                name = line.removeprefix("event: ") if line.startswith("event: ") else name
                last = line if line.startswith("data: ") else last
        if name != "end":
            return f"the stream ended with {name or 'nothing'}: {last[:200]}"
        return _incomplete(json.loads(last.removeprefix("data: ")))

    async def _chat(self, ask: Ask) -> str:
        body = {
            "data": [ask.question, None],
            "fn_index": self.function,
            "session_hash": self.session,
            "event_data": None,
        }
        joined = await self.client.post("/gradio_api/queue/join", json=body)
        if joined.status_code != httpx.codes.OK:
            return f"{joined.status_code} {joined.text[:200]}"
        error = "the queue ended without an answer"
        address = "/gradio_api/queue/data"
        named = {"session_hash": self.session}
        async with self.client.stream("GET", address, params=named) as response:
            async for message in _messages(response):
                if message["msg"] == "process_completed":
                    error = "" if message["success"] else f"failed: {message['output']}"[:200]
        return error


async def crowd(
    url: str,
    questions: Iterator[Ask],
    *,
    users: int,
    ways: Sequence[Way],
    done: Callable[[Asked], None],
) -> None:
    """Have so many users ask at once, each the next question as soon as the last is answered.

    Args:
        url: of the server.
        questions: asked in this order, by whoever is free.
        users: how many at once.
        ways: what each user goes through, question after question.
        done: told of each answer.
    """

    async def one(number: int) -> None:
        async with httpx.AsyncClient(base_url=url, timeout=GIVE_UP_SECONDS) as client:
            user = User(client, [*ways[number % len(ways) :], *ways[: number % len(ways)]])
            if "chat" in ways:
                user.function = await _function(client)
            for ask in questions:
                done(await user.ask(ask))

    await asyncio.gather(*map(one, range(users)))


async def _function(client: httpx.AsyncClient) -> int:
    """Which function of Gradio's the box of the chat calls; opens the page as a visitor does."""
    await client.get("/")
    config = (await client.get("/config")).json()
    for function in config["dependencies"]:
        if any(event == "submit" for _, event in function["targets"]):
            return int(function["id"])
    raise ValueError("the page has no box for questions")


async def _messages(response: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    async for line in response.aiter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


def _incomplete(answer: dict[str, Any]) -> str:
    """Why this is no complete answer; empty where it is one."""
    return "" if answer["status"] in _COMPLETE else f"{answer['status']}: {answer.get('error')}"
