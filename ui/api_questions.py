"""Questions of programs: answers whole or as they come, searches, and feedback."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from assistant.events import CitationEvent, StatementEvent
from assistant.hit_rows import hit_row
from assistant.schema import Answer, Question
from ui.access import Person
from ui.api_events import Failed, FollowUps, answer_events
from ui.api_problems import PlainJson, ProblemError, problem_body
from ui.api_schema import (
    AskRequest,
    FeedbackKept,
    FeedbackRequest,
    SearchQuery,
    SearchRequest,
    SearchResult,
    responses,
)
from ui.api_web import Sender, Web
from ui.asking import dump
from ui.document_outline import clause_url
from ui.library_rows import LibraryFilter, shelved
from ui.records_schema import Channel
from ui.render import answer_to_json

_MOST = 1_000  # hits that are looked through for those that the filters leave
_STREAM = {
    "text/event-stream": {
        "schema": {
            "type": "object",
            "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
        }
    }
}


def questions_router(web: Web) -> APIRouter:
    """The routes under ``/api`` that take questions."""
    router = APIRouter(prefix="/api", tags=["questions"], responses=responses())

    @router.post("/ask", response_model=Answer, responses={200: {"content": _STREAM}})
    async def ask(body: AskRequest, sender: Sender) -> PlainJson | StreamingResponse:
        """Answer a question; the object is the same as that of the command line.

        With `stream`, server-sent events: `citation` before the first `statement` that bears its
        number, `reset` where what came so far no longer holds, `follow_ups` where they were asked
        for, and last `end` with the whole answer, or `error` with a problem.
        """
        asked = Question(body.question, id=body.id, history=tuple(body.history))
        web.check(asked)
        if body.stream:
            return StreamingResponse(
                _sent_events(web, asked, sender, with_follow_ups=body.follow_ups),
                media_type="text/event-stream",
                headers={"cache-control": "no-store", "x-accel-buffering": "no"},
            )

        def work() -> Answer:
            answer = web.service.ask(asked)
            web.recorder.note(answer, who=sender.name, channel=_channel(sender))
            return answer

        return PlainJson(answer_to_json(await web.run(work)))

    @router.post("/search", response_model=SearchResult)
    async def search(body: SearchRequest) -> PlainJson:
        """The clauses that a question leads to, best first."""
        return PlainJson(await _search(web, body))

    @router.get("/search", response_model=SearchResult)
    async def search_by_address(query: Annotated[SearchQuery, Query()]) -> PlainJson:
        """The same, with everything in the address."""
        return PlainJson(await _search(web, query))

    _add_feedback(router, web)
    return router


def _add_feedback(router: APIRouter, web: Web) -> None:
    @router.post(
        "/feedback", status_code=201, response_model=FeedbackKept, responses=responses(404)
    )
    async def feedback(body: FeedbackRequest, sender: Sender) -> FeedbackKept:
        """Keep what somebody says of an answer."""
        records = web.records
        if records is None:
            raise ProblemError(503, web.wording.no_records)
        web.check(Question(body.question, history=tuple(body.history)))

        def work() -> FeedbackKept:
            if body.clause_id and web.service.clause(body.clause_id) is None:
                raise ProblemError(404, web.wording.unknown_clause)
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


async def _sent_events(
    web: Web, asked: Question, sender: Person, *, with_follow_ups: bool
) -> AsyncIterator[str]:
    """The answer as server-sent events; what fails on the way is the last event."""
    channel = _channel(sender)
    async for event in answer_events(
        web, asked, who=sender.name, channel=channel, with_follow_ups=with_follow_ups
    ):
        if isinstance(event, Answer):
            yield _sent("end", answer_to_json(event))
        elif isinstance(event, FollowUps):
            yield _sent("follow_ups", {"questions": event.questions})
        elif isinstance(event, CitationEvent):
            yield _sent("citation", asdict(event.citation))
        elif isinstance(event, StatementEvent):
            yield _sent("statement", asdict(event.statement))
        elif isinstance(event, Failed):
            yield _sent("error", problem_body(event.status, event.detail))
        else:
            yield _sent("reset", {})


def _channel(sender: Person) -> Channel:
    return "widget" if sender.name.startswith("portal:") else "api"


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
