"""From what a statute forbids to what it costs: the sentence that names the penalty; pure.

A statute says in one article what must not be done, and in another, 违反本条例第十八条第二项规定的,
what follows. A question about the penalty is in the words of the first; the reference leads on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.extractive import Candidate, behind_number
from assistant.question import Reading
from corpus.references import ReferenceFinder
from corpus.schema import Clause, Policy
from corpus.sentences import split_sentences
from index.schema import Hit

_MAX_PENALTIES = 2
_BEHIND = 0.01  # of the sentence that forbids: near enough to be told with it
_MARK = "违反"  # how every such sentence begins (立法技术规范)


def with_penalties(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, and behind the best of them what it costs, where that is asked for."""
    kept = list(candidates)
    if "penalty" not in reading.cues or not kept:
        return kept
    best = kept[0]
    if best.hit.clause.kind != "条" or _MARK in best.text:
        return kept
    found = list(_penalties(best))[:_MAX_PENALTIES]
    known = {(candidate.hit.clause.clause_id, candidate.start) for candidate in found}
    rest = [c for c in kept[1:] if (c.hit.clause.clause_id, c.start) not in known]
    return [best, *found, *rest]


def _penalties(best: Candidate) -> Iterator[Candidate]:
    """Sentences that name the article, or the item of it, as what was violated."""
    policy = best.hit.policy
    wanted = _ids(best, policy)
    finder = ReferenceFinder([policy])
    for clause in policy.clauses:
        if clause.kind != "条" or _MARK not in clause.text or clause is best.hit.clause:
            continue
        for reference in finder.references_of(clause):
            if wanted.isdisjoint(reference.targets):
                continue
            for sentence in split_sentences(clause.text):
                if sentence.start <= reference.start < sentence.end:
                    hit = Hit(best.hit.rank, best.hit.score, clause, policy)
                    start = behind_number(clause, sentence.start)
                    found = replace(best, hit=hit, start=start, end=sentence.end)
                    yield replace(found, score=best.score - _BEHIND)


def _ids(best: Candidate, policy: Policy) -> set[str]:
    """The article, and those of its parts that hold the sentence."""
    clause = best.hit.clause
    parents = {clause.clause_id}
    offset = clause.text.find(best.text)
    for part in policy.clauses:
        if part.parent_id in parents and _holds(part, clause, best, offset):
            parents.add(part.clause_id)
    return parents


def _holds(part: Clause, whole: Clause, best: Candidate, offset: int) -> bool:
    at = whole.text.find(part.text)
    return 0 <= at <= offset and offset + len(best.text) <= at + len(part.text)
