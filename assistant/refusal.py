"""When not to answer: the words of the question against the sentences found; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.extractive import Candidate
from assistant.question import Reading
from assistant.schema import Reason
from index.folding import fold

_MIN_SIMILARITY = 0.80  # of the best passage; e5 puts unrelated texts at about 0.75
_MIN_COVERAGE = 0.12
_MONEY = re.compile(r"多少(?:万|亿)?[钱元]|几(?:百|千|万|个?亿)|多少(?:补贴|补助|奖金|经费|资金)|总?投资")
_MONEY_FOUND = re.compile(r"\d\s*(?:多)?\s*[万亿]?元|[一二三四五六七八九十百千]+[万亿]?元")
_MEASURE = re.compile(r"(?:多少|几)(?P<measure>张|亩|平方米|平米|公里|分(?!类|级|为|成|层|析)|岁)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well the best sentences cover the question.

    ``coverage`` is the share of the weight (idf) of the question's words that the best clause
    holds, 0 to 1; ``similarity`` the cosine of the best passage.
    """

    coverage: float
    similarity: float


def evidence_of(
    reading: Reading,
    candidates: Sequence[Candidate],
    words: Callable[[str], Sequence[str]],
    idf: Callable[[str], float],
) -> Evidence:
    """Measure the cover of the question's topic by the best clauses."""
    asked = set(words(reading.topic))
    total = sum(idf(word) for word in asked)
    best = 0.0
    for hit in {c.hit.clause.clause_id: c.hit for c in candidates[:5]}.values():
        held = set(words(" ".join((hit.policy.title.value, *hit.clause.path, hit.clause.text))))
        best = max(best, sum(idf(word) for word in asked & held) / total if total else 0.0)
    similarity = max((p.similarity for c in candidates[:5] for p in c.hit.passages), default=0.0)
    return Evidence(best, similarity)


def reason_to_refuse(
    reading: Reading, candidates: Sequence[Candidate], evidence: Evidence
) -> Reason | None:
    """Why the question cannot be answered from the sentences found, or None."""
    if reading.scope.unknown:
        return "not_in_corpus"
    if not candidates:
        return "out_of_scope"
    if evidence.coverage < _MIN_COVERAGE and evidence.similarity < _MIN_SIMILARITY:
        return "out_of_scope"
    if _lacks_detail(fold(reading.standalone), candidates):
        return "not_specified"
    return None


def _lacks_detail(question: str, candidates: Sequence[Candidate]) -> bool:
    """Whether the question asks for an amount or a count that no candidate gives."""
    texts = [fold(candidate.hit.clause.text) for candidate in candidates[:8]]
    if _MONEY.search(question):
        return not any(_MONEY_FOUND.search(text) for text in texts)
    measure = _MEASURE.search(question)
    if measure is not None:
        word = re.escape(measure["measure"])
        return not any(re.search(rf"(?:\d|[一二三四五六七八九十百]){word}", text) for text in texts)
    return False
