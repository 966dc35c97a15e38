"""The interface that clients of OpenAI speak: models, and chat completions whole or streamed."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from assistant.events import ResetEvent, StatementEvent
from assistant.schema import Answer, Question
from ui.api_events import Failed, answer_events
from ui.api_problems import PlainJson, ProblemError, error_body
from ui.api_schema import responses
from ui.api_web import Sender, Web
from ui.asking import dump
from ui.openai_form import MODEL, Completion, Object, content_of, statement_text
from ui.openai_schema import CompletionRequest

_BETWEEN = "\n\n"  # what was streamed and does not hold any more, and what does
_DONE = "data: [DONE]\n\n"
_MODEL = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


def openai_router(web: Web) -> APIRouter:
    """The routes under ``/v1``."""
    router = APIRouter(prefix="/v1", tags=["openai"], responses=openai_responses())
    _add_models(router, web)

    @router.post("/chat/completions", response_model=None, responses=openai_responses(404))
    async def complete(
        body: CompletionRequest, request: Request, sender: Sender
    ) -> PlainJson | StreamingResponse:
        """Answer the last message of the user, the earlier ones being its history."""
        if body.model != MODEL:
            raise ProblemError(404, web.wording.unknown_model)
        asked = _question(body, web)
        completion = Completion(f"chatcmpl-{uuid4().hex}", int(time.time()))
        site = str(request.base_url).rstrip("/")
        if body.stream:
            streaming = _Streaming(web, completion, site, [*asked.history, asked.text])
            with_usage = body.stream_options is not None and body.stream_options.include_usage
            return StreamingResponse(
                streaming.chunks(asked, sender.name, with_usage=with_usage),
                media_type="text/event-stream",
                headers={"cache-control": "no-store", "x-accel-buffering": "no"},
            )

        def work() -> Answer:
            answer = web.service.ask(asked)
            web.recorder.note(answer, who=sender.name, channel="openai")
            return answer

        answer = await web.run(work)
        content = content_of(answer, web.wording)
        words = [*asked.history, asked.text]
        return PlainJson(completion.whole(answer, content, words, site))

    return router


def _add_models(router: APIRouter, web: Web) -> None:
    @router.get("/models", response_model=None)
    async def models() -> Object:
        """The one model there is."""
        return {"object": "list", "data": [_MODEL]}

    @router.get("/models/{name}", response_model=None, responses=openai_responses(404))
    async def model(name: str) -> Object:
        """The one model there is, by its name."""
        if name != MODEL:
            raise ProblemError(404, web.wording.unknown_model)
        return _MODEL


def openai_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors that a request may meet, in OpenAI's form."""
    schema = {"type": "object", "properties": {"error": {"type": "object"}}, "required": ["error"]}
    content = {"application/json": {"schema": schema}}
    return {status: {**about, "content": content} for status, about in responses(*statuses).items()}


def _question(body: CompletionRequest, web: Web) -> Question:
    """The last message of the user as a question."""
    said = [message.words for message in body.messages if message.role == "user"]
    if not said:
        raise ProblemError(422, web.wording.no_question_in_messages)
    # Clients send the whole conversation: what is too long ago is left out, not refused.
    limit = web.settings.max_question_chars
    earlier = [text for text in said[:-1] if text.strip() and len(text) <= limit]
    most = web.settings.max_history
    question = Question(said[-1], history=tuple(earlier[-most:] if most else ()))
    web.check(question)
    return question


class _Streaming:
    """An answer as pieces of a completion."""

    def __init__(self, web: Web, completion: Completion, site: str, words: list[str]) -> None:
        self._web = web
        self._completion = completion
        self._site = site
        self._words = words
        self._sent = ""
        self._held = 0  # where what still holds begins

    async def chunks(self, asked: Question, who: str, *, with_usage: bool) -> AsyncIterator[str]:
        """Statement by statement, then the sources, then what programs need."""
        yield _data(self._completion.chunk({"role": "assistant", "content": ""}))
        async for event in answer_events(self._web, asked, who=who, channel="openai"):
            if isinstance(event, StatementEvent):
                yield self._said(statement_text(event.statement))
            elif isinstance(event, ResetEvent):
                for piece in self._broken_off():
                    yield piece
            elif isinstance(event, Failed):
                yield _data(error_body(event.status, event.detail))
                return
            elif isinstance(event, Answer):
                for piece in self._end(event, with_usage=with_usage):
                    yield piece
        yield _DONE

    def _said(self, text: str) -> str:
        self._sent += text
        return _data(self._completion.chunk({"content": text}))

    def _broken_off(self) -> list[str]:
        """What was said cannot be taken back: a gap, and all over again."""
        pieces = [self._said(_BETWEEN)] if self._sent else []
        self._held = len(self._sent)
        return pieces

    def _end(self, answer: Answer, *, with_usage: bool) -> list[str]:
        """What is left to say: the sources; or all, where what was said no longer holds."""
        content = content_of(answer, self._web.wording)
        held = self._sent[self._held :]
        is_part = content.startswith(held)
        pieces = [] if is_part else self._broken_off()
        rest = content[len(held) :] if is_part else content
        if rest:
            pieces.append(self._said(rest))
        pieces.append(_data(self._completion.last_chunk(answer, self._sent, self._site)))
        if with_usage:
            pieces.append(_data(self._completion.usage_chunk(self._words, self._sent)))
        return pieces


def _data(value: Object) -> str:
    return f"data: {dump(value)}\n\n"
