"""Questions for a year, or for what came of a plan, of which the documents say nothing; pure.

A plan of 2024 gives what is to be reached in 2026. Asked what was reached in 2023, its nearest
sentence has the indicator and another year, and is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.extractive import Candidate
from assistant.language import HAN_PAIR, language
from assistant.question import Reading
from corpus.schema import Policy
from index.folding import fold

_ROWS = 8  # documents, the best sentence of one of which may report
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|\D|$)")
_YEARS = re.compile(r"(20\d\d)年?\s*[-—–~至到]+\s*(20\d\d)")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=(?:这一|这|整|全|一)?年|[-—–~至到]\s*20)")


def asks_for_another_year(reading: Reading, policies: Iterable[Policy]) -> bool:
    """Whether a year is asked for that no document in scope names or spans."""
    years = set(_YEAR.findall(fold(reading.question.text)))
    names_plan = any(_YEAR.search(name) for name in reading.scope.names)
    # 为什么拖到2024年: a year that is taken for granted is put right by what the text says.
    taken = language().forms["asks_why"].search(fold(reading.question.text)) is not None
    if not years or names_plan or taken or reading.kind == "basis":
        return False
    return not years & years_of(policies)


def years_of(policies: Iterable[Policy]) -> set[str]:
    """All years that the documents name, and those between the ends of their spans."""
    found: set[str] = set()
    for policy in policies:
        dates = [fact.value for _, fact in policy.dates]
        texts = [policy.title.value, *dates, *(clause.text for clause in policy.clauses)]
        for text in map(fold, texts):
            found |= set(_YEAR.findall(text))
            for first, last in _YEARS.findall(text):
                found |= {str(year) for year in range(int(first), int(last) + 1)}
    return found


def tells_other_years(reading: Reading, candidates: Sequence[Candidate]) -> bool:
    """Whether a figure of one year is asked for, and the best clause speaks of other years."""
    question = fold(reading.question.text)
    for (
        name
    ) in reading.scope.names:  # 2024年的方案, 到2035年: the year of the plan is not asked for
        question = question.replace(fold(name), " ")
    asked = set(_ANY_YEAR.findall(question))
    if len(asked) != 1 or not _asks_for_figure(reading, question):
        return False
    best = fold(candidates[0].text)
    clause = candidates[0].hit.clause
    # What holds for every year holds for the one that is asked for.
    part = _part_on(best, question)
    return (
        bool(_years_in(best))
        and not language().forms["every_year"].search(part)
        and not asked & _years_in(fold(" ".join((*clause.path, clause.text))))
    )


def asks_for_outcome(reading: Reading, candidates: Sequence[Candidate]) -> bool:
    """Whether it is asked what was really reached, and the best sentences say what is to be."""
    forms = language().forms
    question = fold(reading.asked or reading.question.text)
    # 实际是哪天印的 is asked of the document itself.
    if not forms["asks_outcome"].search(question) or "issue" in reading.cues:
        return False
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.hit.policy.policy_id, candidate)
    row = candidates[0].hit.clause.kind == "表行" and "实际" not in question
    if row and not reading.several:  # 第一年签了多少: tables are of what was agreed, too
        return False
    told = list(best.values())[:_ROWS] if reading.several else candidates[:1]
    return not any(forms["reports"].search(fold(candidate.text)) for candidate in told)


def _part_on(sentence: str, question: str) -> str:
    """The part of a sentence that shares most with a question; the whole where none shares."""
    pairs = set(HAN_PAIR.findall(question))
    parts = re.split(r"[,，;；]", sentence)
    shared = [len(pairs & set(HAN_PAIR.findall(part))) for part in parts]
    return parts[shared.index(max(shared))] if max(shared) > 1 else sentence


def _asks_for_figure(reading: Reading, question: str) -> bool:
    return reading.kind == "number" or bool(language().forms["asks_outcome"].search(question))


def _years_in(text: str) -> set[str]:
    """All years of a text, and those between the ends of its spans."""
    found = set(_ANY_YEAR.findall(text))
    for first, last in _YEARS.findall(text):
        found |= {str(year) for year in range(int(first), int(last) + 1)}
    return found
