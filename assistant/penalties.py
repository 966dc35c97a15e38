"""From what a statute forbids to what it costs: the sentence that names the penalty; pure.

A statute says in one article what must not be done, and in another, 违反本条例第十八条第二项规定的,
what follows. A question about the penalty is in the words of the first; the reference leads on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from assistant.citations import Quote
from assistant.extractive import Candidate, behind_number
from assistant.question import Reading
from corpus.references import ReferenceFinder
from corpus.schema import Clause, Policy
from corpus.sentences import Sentence, split_sentences
from index.schema import Hit

_MAX_PENALTIES = 2
_BEHIND = 0.01  # of the sentence that forbids: near enough to be told with it
# What only adds to the penalty before it: 逾期不改正的，…; 情节严重的，….
_HEIGHTENS = re.compile(
    r"(?:逾期|拒不|情节|造成|构成犯罪|有违法所得|屡[教次]|再次|对(?:单位|个人|直接负责)|其中)"
)
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
    for quote in penalties_of(policy, _ids(best, policy)):
        if quote.clause is not best.hit.clause:
            hit = Hit(best.hit.rank, best.hit.score, quote.clause, policy)
            score = best.score - _BEHIND
            yield replace(best, hit=hit, start=quote.start, end=quote.end, score=score)


def penalties_of(policy: Policy, violated: AbstractSet[str]) -> Iterator[Quote]:
    """What it costs to violate clauses, by their ids: each sentence with what heightens it.

    Of an article that the sentence refers to as a whole, its parts are meant too.
    """
    finder = ReferenceFinder([policy])
    for clause in policy.clauses:
        if clause.kind != "条" or _MARK not in clause.text:
            continue
        sentences = split_sentences(clause.text)
        for reference in finder.references_of(clause):
            if violated.isdisjoint(reference.targets):
                continue
            for number, sentence in enumerate(sentences):
                if sentence.start <= reference.start < sentence.end:
                    start = behind_number(clause, sentence.start)
                    yield Quote(clause, start, _end_with_heightening(sentences[number:]))


def _end_with_heightening(sentences: Sequence[Sentence]) -> int:
    """Where the first sentence ends with those behind it that only say more of its penalty."""
    end = sentences[0].end
    for sentence in sentences[1:]:
        if _HEIGHTENS.match(sentence.text) is None:
            break
        end = sentence.end
    return end


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
