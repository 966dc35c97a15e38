"""What an interface may rely on when it follows the events of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.events import CitationEvent, EndEvent, Event, ResetEvent, StatementEvent
from assistant.schema import Answer, Citation, Statement


def put_together(events: Sequence[Event]) -> tuple[list[Statement], dict[int, Citation]]:
    """What a page shows that follows the events; every mark has its citation when it appears."""
    statements: list[Statement] = []
    citations: dict[int, Citation] = {}
    for event in events:
        if isinstance(event, CitationEvent):
            citations[event.citation.number] = event.citation
        elif isinstance(event, StatementEvent):
            assert set(event.statement.citations) <= citations.keys()
            statements.append(event.statement)
        elif isinstance(event, ResetEvent):
            statements, citations = [], {}
    return statements, citations


def assert_is_stream(events: Sequence[Event]) -> Answer:
    """Hold events to the promise that in order they give the answer, which comes last and once."""
    *_, end = events
    assert isinstance(end, EndEvent)
    assert sum(isinstance(event, EndEvent) for event in events) == 1
    statements, citations = put_together(events)
    assert tuple(statements) == end.answer.statements
    assert tuple(citations.values()) == end.answer.citations
    return end.answer
