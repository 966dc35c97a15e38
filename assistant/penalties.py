"""From what a statute forbids to what it costs: the sentence that names the penalty; pure.

A statute says in one article what must not be done, and in another, 违反本条例第十八条第二项规定的,
what follows. A question about the penalty is in the words of the first; the reference leads on.
Who sees to it that an article is kept (由公安机关责令改正) stands there, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from assistant.asking import asks, pieces_of
from assistant.citations import Quote
from assistant.extractive import Candidate, behind_number
from assistant.language import language
from assistant.question import Reading
from corpus.schema import Clause, Policy
from corpus.violations import MARK, violations_of
from index.folding import fold
from index.schema import Hit

_MAX_PENALTIES = 2
_AHEAD = 1.8  # of the sentence that forbids: as far as the form of a penalty brings one
_BEHIND = -0.01  # near enough to be told with it
_MAX_BEHIND = 3.0  # the best sentence of all: how far that of another document is followed


def with_penalties(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, and before the best of each document what it costs, where that is asked.

    Where the rule itself is asked for too, what it costs comes behind it.
    """
    if not candidates:
        return []
    leads: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.score >= candidates[0].score - _MAX_BEHIND:
            leads.setdefault(candidate.hit.policy.policy_id, candidate)
    known = {(c.hit.clause.clause_id, c.start): c for c in candidates}
    ahead = _BEHIND if _asks_for_rule(reading) else _AHEAD
    told = [
        found
        for lead in leads.values()
        if _is_followed(reading, lead)
        for found in list(_penalties(lead, known, ahead))[:_MAX_PENALTIES]
    ]
    rest = [c for c in candidates if not any(_is_part(c, found) for found in told)]
    return sorted([*told, *rest], key=lambda c: -c.score) if told else rest


def _is_part(candidate: Candidate, whole: Candidate) -> bool:
    same = candidate.hit.clause is whole.hit.clause
    return same and whole.start <= candidate.start < whole.end


def _is_followed(reading: Reading, lead: Candidate) -> bool:
    """Whether a sentence is a rule of which it is asked what follows, or who acts on it."""
    if lead.hit.clause.kind != "条" or MARK in lead.text:
        return False
    if "penalty" in reading.cues:
        return True
    forms, asked = language().forms, fold(reading.asked or reading.standalone)
    acts = forms["unit_acts"].search(lead.text)
    return bool(reading.kind == "unit" and forms["asks_enforcer"].search(asked) and not acts)


def _asks_for_rule(reading: Reading) -> bool:
    """Whether part of a question asks for something else (多久做一次？不做罚多少？)."""
    if "penalty" not in reading.cues:
        return False
    costs = language().cues["penalty"]
    return any(
        asks(piece) and not costs.search(fold(piece))
        for piece in pieces_of(reading.typed or reading.question.text)
    )


def _penalties(
    lead: Candidate, known: dict[tuple[str, int], Candidate], ahead: float
) -> Iterator[Candidate]:
    """Sentences that name the article, or the item of it, as what was violated.

    Args:
        lead: a sentence of the article.
        known: the sentences that the search found, by clause and start.
        ahead: how far they come before it.
    """
    policy = lead.hit.policy
    for quote in penalties_of(policy, _ids(lead, policy)):
        if quote.clause is not lead.hit.clause:
            same = known.get((quote.clause.clause_id, quote.start))
            hit = same.hit if same else Hit(lead.hit.rank, lead.hit.score, quote.clause, policy)
            score = max(lead.score + ahead, same.score if same else 0.0)
            yield Candidate(hit, quote.start, quote.end, score)


def penalties_of(policy: Policy, violated: AbstractSet[str]) -> Iterator[Quote]:
    """What it costs to violate clauses, by their ids: each sentence with what heightens it.

    Of an article that the sentence refers to as a whole, its parts are meant too.
    """
    for violation in violations_of(policy):
        if not violated.isdisjoint(violation.violated):
            start = behind_number(violation.clause, violation.sentences[0].start)
            yield Quote(violation.clause, start, violation.sentences[-1].end)


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
