"""The nouns of the assistant: a question as understood, an answer as given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Status = Literal["answered", "refused", "clarify", "error"]
Reason = Literal["not_in_corpus", "not_specified", "out_of_scope"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a caller asks: the words, and the earlier questions of the conversation.

    ``refused`` is the question right before this one where it was refused, which is no part of the
    history: it leaves its topic to the name of another place, and nothing to any other question.
    """

    text: str
    id: str = ""
    history: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause that an answer rests on, and the words of it that the answer uses."""

    number: int
    clause_id: str
    policy_id: str
    title: str
    document_number: str | None
    label: str
    path: tuple[str, ...]
    quote: str
    start: int
    end: int
    clause_text: str
    responsible_units: tuple[str, ...]
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer and the numbers of the citations that support it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison: rows of cells, and for each row the citations that support it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    citations: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back for every question, whatever the engine; see docs/contracts.md."""

    id: str
    question: str
    standalone_question: str
    status: Status
    reason: Reason | None = None
    text: str = ""
    statements: tuple[Statement, ...] = ()
    table: Table | None = None
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    confidence: float = 0.0
    engine: str = "extractive"
    seconds: dict[str, float] = field(default_factory=dict)
    choices: tuple[str, ...] = ()  # clarify: questions that can be asked instead
    error: str | None = None
    note: str | None = None  # why another engine answered than the one that is set up
    withheld: int = 0  # statements of a language model that did not pass the check
