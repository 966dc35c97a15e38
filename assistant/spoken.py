"""Whether a document speaks of what is asked over several; its nearest sentence may not; pure.

A search gives every document a best sentence. Beside others in a table it is worth printing only
where it has the words that are asked for, or comes near them in meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.extractive import Candidate

_OF_CLAUSE = 0.6  # what words elsewhere in the clause and its headings count beside its sentence's
# Below both, a sentence speaks of something else: the floors of questions that name a document.
_MIN_SHARE = 0.35
_MIN_SIMILARITY = 0.57
_OF_BEST = 0.4  # of the words that the best sentence has
_SOME = 0.25
_AS_WORDED = 0.9  # of the words that the best sentence has: as many
_OF_BEST_WORDED = 0.8  # likewise, where sentences in other words are alike
_AS_NEAR = 0.06  # as near in meaning as the nearest, where words do not decide
_DECISIVE = 0.4  # share of the words from which they do
_BETTER_WORDED = 0.15  # by so much more of the words a sentence beside the best one is better
_ON_IT = 0.4  # of the words that the best sentence of a document has, another has on it
_BESIDE = 3.0  # how far behind the best it may be

Cover = Callable[[str], float]
"""From a text to the share of the words asked for, by weight, that it holds."""


def that_speak(best: Mapping[str, Candidate], cover: Cover) -> dict[str, Candidate]:
    """Of the best sentence of each document those that speak of what is asked.

    Args:
        best: a sentence by the id of its policy.
        cover: the share of the words asked for that a text holds.
    """
    shares = {pid: _share(candidate, cover) for pid, candidate in best.items()}
    most = max(shares.values(), default=0.0)
    nearest = max((candidate.similarity for candidate in best.values()), default=0.0)
    return {
        pid: candidate
        for pid, candidate in best.items()
        if shares[pid] >= _MIN_SHARE
        or candidate.similarity >= _MIN_SIMILARITY
        or shares[pid] >= max(_SOME, _AS_WORDED * most)
        if shares[pid] >= _OF_BEST * most
        or (most < _DECISIVE and candidate.similarity >= nearest - _AS_NEAR)
    }


def alike_at_least(best: Mapping[str, Candidate], cover: Cover) -> dict[str, Candidate]:
    """Sentences of all documents compared, where each has some of the words and none has most.

    That all of them come so near speaks for them: a question in other words lies low everywhere.
    """
    shares = [_share(candidate, cover) for candidate in best.values()]
    near = [candidate.similarity >= _MIN_SIMILARITY - _AS_NEAR for candidate in best.values()]
    together = len(shares) > 1 and min(shares) >= _SOME and all(near)
    return dict(best) if together else {}


def kept_beside(
    found: Mapping[str, Candidate], alike: Mapping[str, Candidate], cover: Cover
) -> dict[str, Candidate]:
    """The sentences found that are in words of the question, or say the same as the best one.

    Args:
        found: a sentence by the id of its policy.
        alike: those that say the same; of one alone nothing follows for the others.
        cover: the share of the words asked for that a text holds.
    """
    if len(alike) < 2:
        return dict(found)
    most = max(cover(candidate.text) for candidate in found.values())
    worded = max(_SOME, _OF_BEST_WORDED * most)
    return {pid: c for pid, c in found.items() if pid in alike or cover(c.text) >= worded}


def best_worded(best: Candidate, candidates: Sequence[Candidate], cover: Cover) -> Candidate:
    """The best sentence of a clause, or one beside it that has far more of the words asked for."""
    beside = [
        other
        for other in candidates
        if other.hit.clause is best.hit.clause and other.is_substance
        if best.score - _BESIDE <= other.score <= best.score
    ]
    worded = max(beside, key=lambda other: cover(other.text), default=best)
    more = cover(worded.text) - cover(best.text)
    return worded if more >= _BETTER_WORDED else best


def best_naming(best: Candidate, candidates: Sequence[Candidate], cover: Cover) -> Candidate:
    """The best sentence of a document, or where it names nothing asked for, one that does.

    Of 都提到中医药了吗 the sentence that has the word answers, not one that is near in meaning.
    """
    if cover(best.text) >= _SOME:
        return best
    near = [
        other
        for other in candidates
        if other.hit.policy is best.hit.policy and other.is_substance
        if other.score >= best.score - _BESIDE and cover(other.text) >= _DECISIVE
    ]
    return near[0] if near else best


def best_valued(
    best: Candidate, candidates: Sequence[Candidate], cover: Cover, gives: Callable[[str], bool]
) -> Candidate:
    """The best sentence of a document, or where it gives no value asked for, one that does.

    Args:
        best: the sentence that answers best.
        candidates: sentences of all documents, best first.
        cover: the share of the words asked for that a text holds.
        gives: whether a text has a value of the kind that is asked for.
    """
    if gives(best.text):
        return best
    near = (
        other
        for other in candidates
        if other.hit.policy is best.hit.policy and other.is_substance and gives(other.text)
        if best.score - _BESIDE <= other.score and cover(other.text) >= _ON_IT * cover(best.text)
    )
    return next(near, best)


def that_go_on(best: Candidate, behind: Sequence[Candidate], cover: Cover) -> list[Candidate]:
    """Of sentences of the same document those on what is asked, or that go on with one that is.

    Args:
        best: the sentence that answers best.
        behind: the others, best first.
        cover: the share of the words asked for that a text holds.
    """
    heard = cover(best.text)
    floor = _ON_IT * max(heard, _SOME)
    near = best.similarity - (_AS_NEAR if heard < _DECISIVE else 0.0)
    kept = [best]
    for other in sorted(behind, key=lambda c: c.start):
        on_it = cover(other.text) >= floor or other.similarity >= near
        if on_it or any(_goes_on(one, other) for one in kept):
            kept.append(other)
    return [other for other in behind if other in kept]


def _goes_on(one: Candidate, other: Candidate) -> bool:
    """Whether a piece of a sentence stands right behind another (80分至89分的，留用50%；)."""
    text, start = one.hit.clause.text, other.start
    if one.hit.clause is not other.hit.clause or one.end > start:
        return False
    return not text[one.end : start].strip() and text[:start].rstrip()[-1:] in "；;：:"


def _share(candidate: Candidate, cover: Cover) -> float:
    clause = candidate.hit.clause
    around = cover(" ".join((*clause.path, clause.text)))
    return max(cover(candidate.text), _OF_CLAUSE * around)
