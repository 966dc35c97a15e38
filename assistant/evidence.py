"""How well the best sentences cover a question; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.extractive import Candidate
from index.folding import fold
from index.glossary import synonyms
from index.lexical import LexicalIndex

_OTHER_TERM = 0.75  # what another term counts beside the one that was asked


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well the best sentences cover the question.

    ``coverage`` is the share of the weight (idf) of the question's words that the best clause
    holds, 0 to 1; ``similarity`` the cosine of the best passage; ``elsewhere`` the share of the
    words that other documents use, but none of those that the question names.
    """

    coverage: float
    similarity: float
    elsewhere: float


def coverage(topic: str, lexical: LexicalIndex) -> Callable[[str], float]:
    """A function that tells the share of the topic's words, by weight, that a text holds."""
    weights = {word: lexical.idf(word) for word in set(lexical.words(topic))}
    total = sum(weights.values())

    def cover(text: str) -> float:
        held = weights.keys() & set(lexical.words(text))
        return sum(weights[word] for word in held) / total if total else 0.0

    return cover


def in_other_terms(
    topic: str, lexical: LexicalIndex, cover: Callable[[str], float]
) -> Callable[[str], float]:
    """Like ``cover``, where another term for one of the topic's (红包, 收受财物) stands for it."""
    folded = fold(topic)
    weights = {word: lexical.idf(word) for word in set(lexical.words(topic))}
    total = sum(weights.values())
    terms = {
        term: (others, sum(weights.get(word, 0.0) for word in set(lexical.words(term))) / total)
        for term, others in synonyms().items()
        if total and len(term) > 1 and term in folded
    }

    def covered(text: str) -> float:
        said = fold(text)
        told = (
            share
            for term, (others, share) in terms.items()
            if term not in said and any(other in said for other in others)
        )
        return min(1.0, cover(text) + _OTHER_TERM * sum(told))

    return covered


def evidence_of(
    candidates: Sequence[Candidate], cover: Callable[[str], float], strangers: Sequence[str]
) -> Evidence:
    """Measure the cover of the question's topic by the best clauses.

    Args:
        candidates: sentences found, best first.
        cover: the share of the question's words, by weight, that a text holds.
        strangers: words of the question that only documents out of its scope use.
    """
    hits = {c.hit.clause.clause_id: c.hit for c in candidates[:5]}.values()
    best = max(
        (cover(" ".join((h.policy.title.value, *h.clause.path, h.clause.text))) for h in hits),
        default=0.0,
    )
    similarity = max((p.similarity for h in hits for p in h.passages), default=0.0)
    elsewhere = cover(" ".join(strangers)) if len(strangers) > 1 else 0.0
    return Evidence(best, similarity, elsewhere)
