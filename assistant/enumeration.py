"""A heading with its parts, for questions that ask what something consists of; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.citations import DraftStatement, Quote
from assistant.language import HAN_PAIR
from assistant.question import Reading
from assistant.sought_forms import forms_sought
from corpus.schema import Clause
from corpus.sentences import split_sentences
from index.folding import fold
from index.schema import Hit

_ANNOUNCES = re.compile(r"(?:下列|以下|如下)[^。；]{0,40}[：:]\s*\S")
_KINDS = frozenset({"list", "definition"})
_MAX_HEADING = 80  # a clause with more words of its own answers by them
_MIN_COVER = 0.45  # of the question's words, for its heading to be what is asked about
_MAX_PARTS = 15
_DEPTH = 5
_DEPTH_OF_STEPS = 3
_MIN_STEPS = 3
_OF_STEPS = re.compile(r"步骤|程序|流程|环节|阶段")
_LINE = re.compile(r"[^\n]*[^\s]")
_NAMED = re.compile(r"[^，。；：:、]{2,16}[：:]\s*\S")  # what opens a paragraph of a box
_MAX_PARAGRAPH = 200
_MIN_TITLE = 0.4  # share of the title's pairs of characters that a question has


def enumerate_parts(
    reading: Reading, hits: Sequence[Hit], cover: Callable[[str], float]
) -> list[DraftStatement]:
    """The headings below the clause that a question names; empty where it names none.

    Args:
        reading: the question.
        hits: clauses found, best first.
        cover: the share of the question's words, by weight, that a text holds.
    """
    steps = _steps(reading, hits)
    if steps or reading.kind not in _KINDS:
        return steps
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


def boxed_parts(reading: Reading, hits: Sequence[Hit]) -> list[DraftStatement]:
    """The named paragraphs of the box whose title a question says: 甲：…, 乙：… below 专栏3."""
    if reading.kind not in _KINDS:
        return []
    asked = set(HAN_PAIR.findall(fold(reading.standalone)))
    for hit in hits[:_DEPTH]:
        box = next((o for o in hit.policy.clauses if o.clause_id == hit.clause.parent_id), None)
        box = box if hit.clause.kind == "段" and box is not None else hit.clause
        named = set(HAN_PAIR.findall(fold(box.path[-1]))) if box.path else set()
        below = [o for o in hit.policy.clauses if o.parent_id == box.clause_id and o.kind == "段"]
        items = [item for one in (box, *below) for item in _named_sentences(one)]
        is_said = len(named & asked) >= _MIN_TITLE * len(named) > 0
        if is_said and 1 < len(items) <= _MAX_PARTS and len(items) > len(below):
            return items
    return []


def _named_sentences(clause: Clause) -> list[DraftStatement]:
    """The paragraphs of a clause that open with a name and a colon, whole."""
    return [
        DraftStatement(line[0], (Quote(clause, *line.span()),))
        for line in _LINE.finditer(clause.text)
        if _NAMED.match(line[0]) and len(line[0]) <= _MAX_PARAGRAPH
    ]


def _steps(reading: Reading, hits: Sequence[Hit]) -> list[DraftStatement]:
    """The headings below the one that names steps, where a question asks for the steps."""
    if not any(form.name == "steps" for form in forms_sought(reading.question.text)):
        return []
    for hit in hits[:_DEPTH_OF_STEPS]:
        above = {hit.clause.clause_id, hit.clause.parent_id}
        for head in (o for o in hit.policy.clauses if o.clause_id in above):
            below = [o for o in hit.policy.clauses if o.parent_id == head.clause_id]
            headed = [part for part in below if has_heading(part)]
            is_named = bool(head.path and _OF_STEPS.search(head.path[-1]))
            if is_named and _MIN_STEPS <= len(headed) <= _MAX_PARTS:
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
