"""The words of a clause that name the units that answer for it; pure."""

from __future__ import annotations

import re

from assistant.citations import DraftStatement, Quote
from corpus.schema import Clause
from index.schema import Hit

_UNIT_TAIL = re.compile(
    r"^[（(]?(?:责任|牵头|配合|落实)(?:单位|部门)|^[（(][^（）()]*(?:[委局办]|单位)"
)


def is_unit_tail(text: str) -> bool:
    """Whether a sentence is nothing but the list of units behind a clause."""
    return _UNIT_TAIL.match(text) is not None and "。" not in text[:-1]


def units_said(hit: Hit) -> list[DraftStatement]:
    """A statement with the units of a clause, quoted from its list with the roles it prints."""
    clause = _clause_with_units(hit)
    listed = [unit for unit in clause.units if unit.role]
    if not listed:
        return []
    start, end = listed[0].start, listed[-1].end
    before = re.search(r"[（(]?(?:[\u4e00-\u9fff]{2,4}单位[:：])?$", clause.text[:start])
    start = before.start() if before else start
    after = re.match(r"[^（）()。\n]{0,24}[）)]", clause.text[end:])
    end += after.end() if after else 0
    return [DraftStatement(clause.text[start:end], (Quote(clause, start, end),))]


def _clause_with_units(hit: Hit) -> Clause:
    """The clause that names the units: the hit itself, or the paragraph that ends its clause."""
    clause = hit.clause
    if clause.units:
        return clause
    whole = clause.parent_id if clause.kind == "段" else clause.clause_id
    group = [
        other
        for other in hit.policy.clauses
        if other.units and (other.clause_id == whole or other.parent_id == whole)
        if other.kind == "段" or other.clause_id == whole
    ]
    return group[-1] if group else clause
