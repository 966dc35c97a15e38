"""The words of a clause that name the units that answer for it; pure."""

from __future__ import annotations

import re

from assistant.citations import DraftStatement, Quote
from assistant.prompts import UNITS_BY_ROLE, UNITS_OVERALL
from corpus.schema import Clause, Policy, Unit
from corpus.sentences import split_sentences
from corpus.unit_groups import lines_of_groups
from index.schema import Hit

_UNIT_TAIL = re.compile(
    r"^[（(]?(?:责任|牵头|配合|落实)(?:单位|部门)|^[（(][^（）()]*(?:[委局办]|单位)"
)

_ROLES = ("牵头", "责任", "配合")
_PRINTED_BY_ROLE = re.compile(r"(?:牵头|责任|配合)(?:单位|部门)[:：]")
_OVERALL = re.compile(
    r"负责[^，。；]{0,6}(?:方案|规划|计划|意见|办法|条例|行动)的?(?:组织实施|统筹推进|贯彻落实)"
)


def is_unit_tail(text: str) -> bool:
    """Whether a sentence is nothing but the list of units behind a clause."""
    return _UNIT_TAIL.match(text) is not None and "。" not in text[:-1]


def units_said(hit: Hit) -> list[DraftStatement]:
    """A statement with the units of a clause: in one form by role where a list has several roles.

    The words are the document's own where it prints one role, or prints the form itself.
    """
    clause = _clause_with_units(hit)
    listed = [unit for unit in clause.units if unit.role]
    if not listed:
        return []
    in_list = [unit for unit in listed if unit.start >= _list_start(clause, listed[-1])]
    start, end = in_list[0].start, in_list[-1].end
    before = re.search(r"[（(]?(?:[\u4e00-\u9fff]{2,4}单位[:：])?$", clause.text[:start])
    start = before.start() if before else start
    after = re.match(r"[^（）()。\n]{0,24}[）)]", clause.text[end:])
    end += after.end() if after else 0
    quote = Quote(clause, start, end)
    by_role = {role: [u.printed for u in in_list if u.role == role] for role in _ROLES}
    roles = [role for role, units in by_role.items() if units]
    if len(roles) < 2 or _PRINTED_BY_ROLE.search(quote.text):
        return [DraftStatement(quote.text, (quote,))]
    said = (UNITS_BY_ROLE.format(role=r, units="、".join(dict.fromkeys(by_role[r]))) for r in roles)
    return [DraftStatement("；".join(said) + "。", (quote,))]


def overall_units(policy: Policy) -> list[DraftStatement]:
    """Who carries out the whole document, as it says; for a clause that names nobody."""
    for clause in policy.clauses:
        if not clause.units:
            continue
        for sentence in split_sentences(clause.text):
            text = clause.text[sentence.start : sentence.end]
            if _OVERALL.search(text) and any(
                sentence.start <= unit.start < sentence.end for unit in clause.units
            ):
                quote = Quote(clause, sentence.start, sentence.end)
                return [DraftStatement(UNITS_OVERALL.format(text=text), (quote,))]
    return []


def names_units(hit: Hit) -> bool:
    """Whether a clause, or the paragraph that ends it, names units."""
    return bool(_clause_with_units(hit).units)


def _list_start(clause: Clause, last: Unit) -> int:
    """Where the sentence begins that names the last of the units; of a list behind it, the list."""
    sentences = [s for s in split_sentences(clause.text) if s.start <= last.start]
    start = sentences[-1].start if sentences else 0
    bracket = max(clause.text.rfind(mark, start, last.start) for mark in "（(")
    closed = max(clause.text.rfind(mark, start, last.start) for mark in "）)")
    return bracket if bracket > closed else start


def _clause_with_units(hit: Hit) -> Clause:
    """The clause that names the units: the hit itself, the paragraph that ends it or its group."""
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
    if group:
        return group[-1]
    return lines_of_groups(hit.policy.clauses).get(clause.clause_id, clause)
