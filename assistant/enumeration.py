"""A heading with its parts, for questions that ask what something consists of; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.citations import DraftStatement, Quote
from assistant.question import Reading
from corpus.schema import Clause
from index.schema import Hit

_KINDS = frozenset({"list", "definition"})
_MAX_HEADING = 80  # a clause with more words of its own answers by them
_MIN_COVER = 0.45  # of the question's words, for its heading to be what is asked about
_MAX_PARTS = 15
_DEPTH = 5


def enumerate_parts(
    reading: Reading, hits: Sequence[Hit], cover: Callable[[str], float]
) -> list[DraftStatement]:
    """The headings below the clause that a question names; empty where it names none.

    Args:
        reading: the question.
        hits: clauses found, best first.
        cover: the share of the question's words, by weight, that a text holds.
    """
    if reading.kind not in _KINDS:
        return []
    for hit in hits[:_DEPTH]:
        clause = hit.clause
        if len(clause.text) > _MAX_HEADING or cover(clause.text) < _MIN_COVER:
            continue
        parts = [other for other in hit.policy.clauses if other.parent_id == clause.clause_id]
        headed = [part for part in parts if _has_heading(part)]
        if 1 < len(headed) <= _MAX_PARTS:
            return [_heading(part) for part in headed]
    return []


def _has_heading(clause: Clause) -> bool:
    """Whether a clause opens with a heading that says more than its number."""
    heading = clause.path[-1] if clause.path else ""
    return heading not in ("", clause.label) and clause.text.startswith(heading)


def _heading(clause: Clause) -> DraftStatement:
    heading = clause.path[-1]
    end = len(heading) + clause.text.startswith("。", len(heading))
    return DraftStatement(clause.text[:end], (Quote(clause, 0, end),))
