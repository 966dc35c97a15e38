"""The figures that one document sets, all of them, as a table (有哪些量化指标); pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from assistant.citations import DraftStatement
from assistant.extractive import MAX_CHARACTERS
from assistant.findings import DraftRow, Finding, Material
from assistant.language import language
from assistant.prompts import (
    TABLE_CLAUSE,
    TABLE_DEADLINE,
    TABLE_INDICATOR,
    TABLE_VALUE,
    TARGETS_FIRST,
    TARGETS_LEAD,
    TARGETS_OF_YEAR,
)
from assistant.quoted_targets import cells_of, sentence_of, words_of
from corpus.schema import Clause, Policy, Target
from index.folding import fold

_MIN = 3  # fewer are no table
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURES = re.compile(r"量化|数字|定量|数值|硬|指标")
_GOAL = "目标"


def set_targets(material: Material) -> Finding | None:
    """All targets of the document that a question names, of the year it names; else None."""
    reading = material.reading
    policies = material.in_scope
    if not reading.scope.policy_ids or len(policies) != 1:
        return None
    policy = policies[0]
    if not _asks_for_all(reading.scope.rest, fold(policy.title.value)):
        return None
    if not _FIGURES.search(fold(reading.scope.rest)) and _has_goals(policy):
        return None  # 发展目标 stands in the document under this name
    years = set(_YEAR.findall(fold(reading.question.text)))
    found = list(_targets(policy))
    of_year = [one for one in found if years & set(_YEAR.findall(one[1].deadline))]
    told = of_year or found
    if len(told) < _MIN:
        return None
    lead = TARGETS_LEAD if told is found else TARGETS_OF_YEAR
    return _said(told, lead.format(year=f"{'、'.join(sorted(years))}年", count=len(told)))


def _asks_for_all(rest: str, title: str) -> bool:
    """Whether figures or goals are asked for, and no matter that they are of but the document's."""
    forms, words = language().forms, fold(rest)
    if not forms["all_targets"].search(words):
        return False
    bare = forms["all_targets_beside"].sub(" ", language().strip.sub(" ", words))
    return all(run in title for run in re.findall(r"\w+", bare))


def _has_goals(policy: Policy) -> bool:
    return any(clause.path and _GOAL in clause.path[-1] for clause in policy.clauses)


def _targets(policy: Policy) -> Iterator[tuple[Clause, Target]]:
    """The targets in reading order, each from the deepest clause that has it."""
    found: dict[tuple[int, int], tuple[Clause, Target]] = {}
    for clause in policy.clauses:
        for target in clause.targets:
            found[clause.source_span(target.start, target.end)] = (clause, target)
    for span in sorted(found):
        yield found[span]


def _said(told: Sequence[tuple[Clause, Target]], lead: str) -> Finding:
    quotes = list(dict.fromkeys(sentence_of(*one, max_characters=MAX_CHARACTERS) for one in told))
    lengths = accumulate(len(quote.text) for quote in quotes)
    shown = sum(length <= MAX_CHARACTERS for length in lengths) or 1
    if shown < len(quotes):
        lead += TARGETS_FIRST
    return Finding(
        drafts=tuple(DraftStatement(quote.text, (quote,)) for quote in quotes[:shown]),
        columns=(TABLE_INDICATOR, TABLE_VALUE, TABLE_DEADLINE, TABLE_CLAUSE),
        rows=tuple(DraftRow(cells_of(*one), (words_of(*one),)) for one in told),
        lead=f"{lead}\n",
        joint="\n",
    )
