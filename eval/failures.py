"""Which questions of a run failed, and in what; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.schema import Scored


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that failed, with the kinds of its failures, gravest first."""

    row: Scored
    kinds: tuple[str, ...]


def _is(name: str, value: float) -> Callable[[Scored], bool]:
    return lambda row: row.measures.get(name) == value


def _below_one(name: str) -> Callable[[Scored], bool]:
    return lambda row: 0 < row.measures.get(name, 1.0) < 1


KINDS: dict[str, Callable[[Scored], bool]] = {
    "error": lambda row: row.answer.get("status") == "error",
    "not_refused": _is("refusal_recall", 0.0),
    "false_refusal": _is("false_refusal", 1.0),
    "not_verbatim": lambda row: row.measures.get("verbatim", 1.0) < 1,
    "not_found": _is("hit@10", 0.0),
    "not_cited": _is("evidence_recall", 0.0),
    "partly_cited": _below_one("evidence_recall"),
    "incomplete": _is("complete", 0.0),
}
# What follows from another failure says nothing new: who refuses cites nothing.
_FOLLOWS = {
    "error": ("not_refused", "false_refusal", "not_cited", "incomplete"),
    "false_refusal": ("not_cited", "partly_cited", "incomplete"),
}


def failures_of(rows: Sequence[Scored]) -> list[Failure]:
    """The questions that failed, in their order."""
    found = ((row, kinds_of(row)) for row in rows)
    return [Failure(row, kinds) for row, kinds in found if kinds]


def kinds_of(row: Scored) -> tuple[str, ...]:
    """In what a question failed; nothing where it did not."""
    kinds = [kind for kind, holds in KINDS.items() if holds(row)]
    implied = {other for kind in kinds for other in _FOLLOWS.get(kind, ())}
    return tuple(kind for kind in kinds if kind not in implied)
