"""A heading with its parts, for questions that ask what something consists of; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.citations import DraftStatement, Quote
from assistant.question import Reading
from corpus.schema import Clause
from corpus.sentences import split_sentences
from index.schema import Hit

_ANNOUNCES = re.compile(r"(?:下列|以下|如下)[^。；]{0,40}[：:]\s*\S")
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
        if cover(clause.text) < _MIN_COVER:
            continue
        if _ANNOUNCES.search(clause.text):
            return []  # the list that is asked for stands in this clause
        if len(clause.text) > _MAX_HEADING:
            continue
        parts = [other for other in hit.policy.clauses if other.parent_id == clause.clause_id]
        headed = [part for part in parts if has_heading(part)]
        if 1 < len(headed) <= _MAX_PARTS:
            return [heading_of(part) for part in headed]
    return []


def heading_of(clause: Clause, offset: int = 0) -> DraftStatement:
    """The heading of a clause; where it has none, its sentence at ``offset``."""
    start = 0
    if has_heading(clause):
        heading = clause.path[-1]
        end = len(heading) + clause.text.startswith("。", len(heading))
    else:
        sentences = [s for s in split_sentences(clause.text) if s.start <= offset]
        start, end = (sentences[-1].start, sentences[-1].end) if sentences else (0, 1)
    return DraftStatement(clause.text[start:end], (Quote(clause, start, end),))


def has_heading(clause: Clause) -> bool:
    """Whether a clause opens with a heading that says more than its number."""
    heading = clause.path[-1] if clause.path else ""
    number = heading.rstrip(".．、 ")  # 第四条 of 第四条第一款, （二） of 四（二）
    return number not in clause.label and clause.text.startswith(heading)
