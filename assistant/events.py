"""What an answer is made of while it is being given: citations, statements, and the end.

An interface that shows answers as they come reads these events in order; one that does not waits
for ``EndEvent``, whose answer is complete by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.schema import Answer, Citation, Statement


@dataclass(frozen=True, slots=True)
class CitationEvent:
    """A citation, before the first statement that bears its number.

    A later one with the same number takes its place: its quote has grown.
    """

    citation: Citation


@dataclass(frozen=True, slots=True)
class StatementEvent:
    """A statement that was checked against what it cites."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class ResetEvent:
    """What came so far no longer holds: the engine failed, and another one begins anew."""


@dataclass(frozen=True, slots=True)
class EndEvent:
    """The whole answer, always last and always once; it replaces all that was shown."""

    answer: Answer


Event = CitationEvent | StatementEvent | ResetEvent | EndEvent


def events_of(answer: Answer) -> Iterator[Event]:
    """An answer that is complete as events: each citation right before it is first used.

    A refusal or an error has neither statements nor citations and is an end alone.
    """
    by_number = {citation.number: citation for citation in answer.citations}
    for statement in answer.statements:
        for number in statement.citations:
            if number in by_number:
                yield CitationEvent(by_number.pop(number))
        yield StatementEvent(statement)
    yield EndEvent(answer)
