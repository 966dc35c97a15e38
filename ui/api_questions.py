"""Questions of programs: answers whole or as they come, searches, and feedback."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.events import CitationEvent, EndEvent, Event, StatementEvent
from assistant.schema import Answer, Question
from index.errors import IndexingError
from ui.access import Person, person_of
from ui.api_problems import ProblemError, problem_body
from ui.api_schema import (
    AskRequest,
    FeedbackKept,
    FeedbackRequest,
    SearchQuery,
    SearchRequest,
    SearchResult,
    responses,
)
from ui.api_web import Web
from ui.asking import dump, hit_row
from ui.desk import DeskBusy
from ui.document_outline import clause_url
from ui.library_rows import LibraryFilter, shelved
from ui.render import answer_to_json

_MOST = 1_000  # hits that are looked through for those that the filters leave
_STREAM = {"text/event-stream": {"schema": {"type": "string"}}}


def who(request: Request) -> Person:
    """Who sent the request."""
    return person_of(request.scope)


Sender = Annotated[Person, Depends(who)]


def questions_router(web: Web) -> APIRouter:
    """The routes under ``/api`` that take questions."""
    router = APIRouter(prefix="/api", tags=["questions"], responses=responses())

    @router.post("/ask", response_model=Answer, responses={200: {"content": _STREAM}})
    async def ask(body: AskRequest, sender: Sender) -> JSONResponse | StreamingResponse:
        """Answer a question; the object is the same as that of the command line.

        With `stream`, server-sent events: `citation` before the first `statement` that bears its
        number, `reset` where what came so far no longer holds, and last `end` with the whole
        answer, or `error` with a problem.
        """
        asked = Question(body.question, id=body.id, history=tuple(body.history))
        web.check(asked)
        if body.stream:
            return StreamingResponse(
                _events(web, asked, sender),
                media_type="text/event-stream",
                headers={"cache-control": "no-store", "x-accel-buffering": "no"},
            )

        def work() -> Answer:
            answer = web.service.ask(asked)
            web.recorder.note(answer, who=sender.name, channel="api")
            return answer

        return JSONResponse(answer_to_json(await web.run(work)))

    @router.post("/search", response_model=SearchResult)
    async def search(body: SearchRequest) -> JSONResponse:
        """The clauses that a question leads to, best first."""
        return JSONResponse(await _search(web, body))

    @router.get("/search", response_model=SearchResult)
    async def search_by_address(query: Annotated[SearchQuery, Query()]) -> JSONResponse:
        """The same, with everything in the address."""
        return JSONResponse(await _search(web, query))

    _add_feedback(router, web)
    return router


def _add_feedback(router: APIRouter, web: Web) -> None:
    @router.post("/feedback", status_code=201, response_model=FeedbackKept)
    async def feedback(body: FeedbackRequest, sender: Sender) -> FeedbackKept:
        """Keep what somebody says of an answer."""
        records = web.records
        if records is None:
            raise ProblemError(503, web.wording.no_records)
        web.check(Question(body.question, history=tuple(body.history)))

        def work() -> FeedbackKept:
            if body.clause_id and web.service.clause(body.clause_id) is None:
                raise ProblemError(422, web.wording.unknown_clause)
            opinion = records.feedback.add_for_question(
                sender.name,
                body.question,
                body.verdict,
                history=body.history,
                answer=body.answer,
                reason=body.reason,
                clause_id=body.clause_id,
            )
            return FeedbackKept(opinion.id)

        return await web.run(work)


async def _events(web: Web, asked: Question, sender: Person) -> AsyncIterator[str]:
    """The answer as server-sent events; what fails on the way is the last event."""
    events = web.service.stream(asked)
    ends = time.monotonic() + web.settings.request_seconds
    try:
        while True:
            seconds = max(0.0, ends - time.monotonic())
            event = await web.desk.run(lambda: next(events, None), seconds=seconds)
            if event is None:
                return
            if isinstance(event, EndEvent):
                note = partial(web.recorder.note, event.answer, who=sender.name, channel="api")
                await web.run(note)
            yield _event(event)
    except TimeoutError:
        yield _failure(504, web.wording.too_slow)
    except DeskBusy:
        yield _failure(503, web.wording.busy)
    except IndexingError:
        yield _failure(503, web.wording.not_ready)
    finally:
        _close(events)


def _close(events: Iterator[Event]) -> None:
    """End what is still writing; one that runs in its thread right now ends by itself."""
    with suppress(ValueError, AttributeError):
        events.close()  # type: ignore[attr-defined]


def _event(event: Event) -> str:
    if isinstance(event, EndEvent):
        return _sent("end", answer_to_json(event.answer))
    if isinstance(event, CitationEvent):
        return _sent("citation", asdict(event.citation))
    if isinstance(event, StatementEvent):
        return _sent("statement", asdict(event.statement))
    return _sent("reset", {})


def _failure(status: int, detail: str) -> str:
    return _sent("error", problem_body(status, detail))


def _sent(name: str, data: object) -> str:
    return f"event: {name}\ndata: {dump(data)}\n\n"


async def _search(web: Web, asked: SearchRequest) -> dict[str, Any]:
    question = Question(asked.question)
    web.check(question)

    def work() -> dict[str, Any]:
        started = time.perf_counter()
        kept = _kept(web, asked)
        everything = web.service.find(question, top_k=_MOST)
        hits = [hit for hit in everything if kept is None or hit.clause.policy_id in kept]
        page = hits[asked.offset : asked.offset + asked.top]
        rows = [
            {**hit_row(hit), "rank": rank, "url": clause_url(hit.clause.clause_id)}
            for rank, hit in enumerate(page, start=asked.offset + 1)
        ]
        seconds = round(time.perf_counter() - started, 4)
        return {"question": question.text, "hits": rows, "total": len(hits), "seconds": seconds}

    return await web.run(work)


def _kept(web: Web, asked: SearchRequest) -> set[str] | None:
    """The policies that the filters leave; None where there are no filters."""
    chosen = LibraryFilter(
        region=asked.region, level=asked.level, year=asked.year, issuer=asked.issuer
    )
    if chosen == LibraryFilter() and not asked.policy_id:
        return None
    today = datetime.now(UTC).date()
    ids = {
        item.policy.policy_id
        for item in shelved(web.service.policies(), today=today)
        if item.holds(chosen)
    }
    return ids & {asked.policy_id} if asked.policy_id else ids
