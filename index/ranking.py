"""What each way of searching says of clauses and sentences, weighed into one order; pure.

Scores of different kinds are made comparable by their best value within the scope, then added.
On questions that were not used to choose the weights this finds the clause first more often than
reciprocal rank fusion of the same lists (docs/decisions/0006): it keeps how far ahead a list's
first is, which ranks throw away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.schema import FloatVector, IntVector, Signals

# Chosen by hand on the dev half of the gold questions. `wenzheng eval ablate bench/systems.toml`
# shows what is lost without a part.
CLAUSE_WEIGHTS = {"words": 1.0, "bigrams": 1.0, "headings": 0.3}
SENTENCE_WEIGHTS = {"words": 1.0, "bigrams": 1.0}
MEANING_WEIGHT = 7.0
# A letterhead or a bare heading repeats the words of a question without answering it.
FRAME_PENALTY = 6.0
OPENING_PENALTY = 2.0  # notice and preamble repeat the title and what every such plan says
HEADING_PENALTY = 0.5
# What is asked for by its kind (the basis stands in the preamble, the date in the signature).
PREFERENCE = 1.5
FRAME_PREFERENCE = 4.5  # a line that frames the document has few words of its own to match

# Of a sentence within its clause: its own words count for more than those of the clause.
PASSAGE_WEIGHTS = {"clause": 0.5, "words": 0.5, "bigrams": 0.5, "meaning": 3.0}

_OUT = np.float32(1e6)  # far more than all weights together
_BLOCKS = 8  # in which the first are looked for, times as many as are wanted


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows of clauses, best first, with their scores; and the score of every sentence."""

    rows: IntVector
    scores: FloatVector
    passages: FloatVector  # (n_sentences,), comparable across these clauses; 0 for all others


def rank(signals: Signals, *, top_k: int) -> Ranking:
    """Weigh the signals of one question, for at most ``top_k`` clauses."""
    meaning = _unit_scale(signals.similarity)
    words, bigrams = signals.sentences["words"], signals.sentences["bigrams"]
    total = _best_of(signals, meaning)
    matched = (total > 0) | (signals.clauses["words"] > 0)
    total *= MEANING_WEIGHT
    for name, weight in CLAUSE_WEIGHTS.items():
        total += _weighed(signals.clauses[name], weight, signals.tops[name])
    for name, weight in SENTENCE_WEIGHTS.items():
        best = _best_of(signals, signals.sentences[name])
        matched |= best > 0
        total += _weighed(best, weight, signals.tops[f"sentence_{name}"])
    total += _kind_worth(signals)
    total -= _OUT * ~(signals.in_scope & matched)
    rows = _first(total, max(top_k, 0))
    rows = rows[total[rows] > -_OUT / 2]
    inside = sentences_of(signals.owners, rows)
    passages = np.zeros(len(signals.owners), dtype=np.float32)
    passages[inside] = (
        PASSAGE_WEIGHTS["clause"] * total[signals.owners[inside]]
        + _weighed(words[inside], PASSAGE_WEIGHTS["words"], signals.tops["sentence_words"])
        + _weighed(bigrams[inside], PASSAGE_WEIGHTS["bigrams"], signals.tops["sentence_bigrams"])
        + PASSAGE_WEIGHTS["meaning"] * meaning[inside]
    )
    return Ranking(rows, total[rows], passages)


def sentences_of(owners: IntVector, clauses: IntVector) -> IntVector:
    """Rows of the sentences of some clauses, clause by clause, each in reading order."""
    spans = zip(*spans_of(owners, clauses), strict=True)
    ranges = [np.arange(start, end) for start, end in spans]
    return np.concatenate(ranges) if ranges else np.zeros(0, dtype=np.intp)


def spans_of(owners: IntVector, clauses: IntVector) -> tuple[list[int], list[int]]:
    """Of some clauses the row of the first sentence, and the row behind the last."""
    starts: list[int] = np.searchsorted(owners, clauses, side="left").tolist()
    ends: list[int] = np.searchsorted(owners, clauses, side="right").tolist()
    return starts, ends


def _best_of(signals: Signals, values: FloatVector) -> FloatVector:
    """The best sentence of each clause, 0 at least: float32, (n_clauses,)."""
    best = np.zeros(len(signals.in_scope), dtype=np.float32)
    found = np.flatnonzero(values > 0)
    np.maximum.at(best, signals.owners[found], values[found])
    return best


def _weighed(values: FloatVector, weight: float, best: float) -> FloatVector:
    """Values as a share of the best, times their weight; 0 where nothing matches."""
    return values * np.float32(weight / best if best > 0 else 0)


def _kind_worth(signals: Signals) -> FloatVector:
    """What a clause is worth for its kind alone: float32, (n_clauses,)."""
    worth = np.float32(-HEADING_PENALTY) * signals.is_heading
    unasked = ~signals.is_preferred
    worth -= np.float32(FRAME_PENALTY) * (signals.is_frame & unasked)
    worth -= np.float32(OPENING_PENALTY) * (signals.is_opening & unasked)
    if signals.is_preferred.any():
        preference = np.where(signals.is_frame, FRAME_PREFERENCE, PREFERENCE)
        worth += (preference * signals.is_preferred).astype(np.float32)
    return worth


def _first(values: FloatVector, count: int) -> IntVector:
    """Rows of the largest values, largest first; of equals those that stand first."""
    if 0 < count < len(values):
        # The best of some blocks are so many values of all: none below the last of them is wanted.
        # Sorting all in two, as `partition` does, takes ten times as long where many are equal.
        block = max(1, len(values) // (_BLOCKS * count))
        tops = np.maximum.reduceat(values, np.arange(0, len(values), block))
        least = np.partition(tops, len(tops) - count)[len(tops) - count]
        candidates = np.flatnonzero(values >= least)
    else:
        candidates = np.arange(len(values) if count else 0)
    order = np.argsort(-values[candidates], kind="stable")[:count]
    found: IntVector = candidates[order]
    return found


def _unit_scale(similarity: FloatVector) -> FloatVector:
    """Cosines of the nearest sentences spread over 0 to 1; 0 for all that are not among them.

    The cosines of one model lie in a band of their own, so only their order and distance tell.
    """
    scaled = np.zeros_like(similarity)
    found = np.flatnonzero(similarity > 0)
    if len(found):
        near = similarity[found]
        low, high = near.min(), near.max()
        scaled[found] = (near - low) / max(high - low, 1e-6)
    return scaled
