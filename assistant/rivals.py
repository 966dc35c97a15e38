"""Documents that answer about equally well where none was named: their values side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from assistant.asked_values import gives_value
from assistant.comparison import Row, close_of_each, statement_by
from assistant.extractive import Candidate
from assistant.language import language
from assistant.names_beside import names_beside
from assistant.question import Reading
from assistant.same_matter import same_matter
from assistant.spoken import Cover, best_valued

MAX_AMBIGUOUS = 4  # values given side by side when no document was named
# How far behind the best sentence another document's may be: at all, with as many of the words that
# are asked for, and where it is of the same place.
_CLOSE_AMBIGUOUS = 1.8
_FAR_AMBIGUOUS = 3.0
_CLOSE_OF_ONE_PLACE = 1.0  # documents of one place are mostly on different matters
# Of a document on another matter: as near as that, where its place is named and where it is not,
# or with as many of the words asked for.
_AS_NEAR_OF_PLACE = 0.25
_AS_NEAR = 0.1
_MOST_WORDS = 0.35  # that both hold
_AS_MANY = 0.9


def rivals(reading: Reading, candidates: Sequence[Candidate], cover: Cover) -> list[Candidate]:
    """Sentences of several documents that answer about equally well when none was named."""
    if len(reading.scope.policy_ids) == 1:
        return []
    if reading.scope.policy_ids:
        found = close_of_each(candidates, cover, reach=_CLOSE_OF_ONE_PLACE, far=_CLOSE_OF_ONE_PLACE)
    else:
        found = close_of_each(candidates, cover, reach=_CLOSE_AMBIGUOUS, far=_FAR_AMBIGUOUS)
    if len(found) < 2:
        return []
    best, *others = found.values()
    near = _AS_NEAR_OF_PLACE if reading.scope.policy_ids else _AS_NEAR
    close = [best, *(other for other in others if _may_answer(best, other, near, cover))]
    if len(close) < 2:
        return []
    gives = partial(gives_value, reading)
    valued = [best_valued(one, candidates, cover, gives) for one in close[:MAX_AMBIGUOUS]]
    told = _with_penalty(valued) if "penalty" in reading.cues else valued
    return [_announced(one, candidates) for one in told] if len(told) > 1 else []


def _with_penalty(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The sentences that say what it costs, where the best one does; else all."""
    given = language().forms["penalty_given"]
    told = [candidate for candidate in candidates if given.search(candidate.text)]
    return told if candidates[0] in told else list(candidates)


def _announced(one: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The best of the items that a sentence announces (…给予补贴：); it tells nothing itself."""
    if not one.text.rstrip().endswith(("：", ":")):
        return one
    below = (c for c in candidates if c.hit.clause is one.hit.clause and c.start >= one.end)
    return next(below, one)


def _may_answer(best: Candidate, other: Candidate, near: float, cover: Cover) -> bool:
    """Whether a sentence may be meant as well as the best one, by the matter of its document."""
    if best.score - other.score <= near:
        return True
    heard = cover(best.text)
    if heard >= _MOST_WORDS and cover(other.text) >= _AS_MANY * heard:
        return True
    return same_matter(best.hit.policy, other.hit.policy)


def rival_rows(candidates: Sequence[Candidate]) -> list[Row]:
    """Rows of sentences that answer about equally well."""
    names = names_beside([candidate.hit.policy for candidate in candidates])
    return [
        Row(candidate.hit.policy, (statement_by(candidate, names[candidate.hit.policy.policy_id]),))
        for candidate in candidates
    ]
