"""What each way of searching says of clauses and sentences, weighed into one order; pure.

Scores of different kinds are made comparable by their best value within the scope, then added.
On questions that were not used to choose the weights this finds the clause first more often than
reciprocal rank fusion of the same lists (docs/decisions/0006): it keeps how far ahead a list's
first is, which ranks throw away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.schema import BoolVector, FloatVector, IntVector, Signals

# Chosen by hand on the dev half of the gold questions. `wenzheng eval ablate bench/systems.toml`
# shows what is lost without a part.
CLAUSE_WEIGHTS = {"words": 1.0, "bigrams": 1.0, "headings": 0.3}
SENTENCE_WEIGHTS = {"words": 1.0, "bigrams": 1.0}
MEANING_WEIGHT = 2.2
# A letterhead or a bare heading repeats the words of a question without answering it.
FRAME_PENALTY = 6.0
OPENING_PENALTY = 1.0  # notice and preamble repeat the title and what every such plan says
HEADING_PENALTY = 0.5
# What is asked for by its kind (the basis stands in the preamble, the date in the signature).
PREFERENCE = 1.5
FRAME_PREFERENCE = 4.5  # a line that frames the document has few words of its own to match

# Of a sentence within its clause: its own words count for more than those of the clause.
PASSAGE_WEIGHTS = {"clause": 0.5, "words": 1.0, "bigrams": 1.5, "meaning": 1.0}

# What the judge says of a sentence, against all that the words and vectors say.
JUDGE_WEIGHT = 4.0
JUDGE_PASSAGE_WEIGHT = 4.0

_NOWHERE = -1e6


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows of clauses, best first, with their scores; and the score of every sentence."""

    rows: IntVector
    scores: FloatVector
    passages: FloatVector  # (n_sentences,), comparable across clauses


def rank(signals: Signals, *, top_k: int) -> Ranking:
    """Weigh the signals of one question, for at most ``top_k`` clauses."""
    meaning = _unit_scale(signals.similarity)
    words, bigrams = signals.sentences["words"], signals.sentences["bigrams"]
    total = MEANING_WEIGHT * _best_of(signals, meaning)
    for name, weight in CLAUSE_WEIGHTS.items():
        total += weight * _share(signals.clauses[name], signals.in_scope)
    for name, weight in SENTENCE_WEIGHTS.items():
        best = _best_of(signals, signals.sentences[name])
        total += weight * _share(best, signals.in_scope)
    total -= FRAME_PENALTY * (signals.is_frame & ~signals.is_preferred)
    total -= OPENING_PENALTY * (signals.is_opening & ~signals.is_preferred)
    total -= HEADING_PENALTY * signals.is_heading
    total += np.where(signals.is_frame, FRAME_PREFERENCE, PREFERENCE) * signals.is_preferred
    matched = _best_of(signals, meaning + words + bigrams) + signals.clauses["words"] > 0
    total = np.where(signals.in_scope & matched, total, _NOWHERE).astype(np.float32)
    order = np.argsort(-total, kind="stable")[: max(top_k, 0)]
    rows = order[total[order] > _NOWHERE]
    candidates = np.isin(signals.owners, rows)
    passages = (
        PASSAGE_WEIGHTS["clause"] * total[signals.owners]
        + PASSAGE_WEIGHTS["words"] * _share(words, candidates)
        + PASSAGE_WEIGHTS["bigrams"] * _share(bigrams, candidates)
        + PASSAGE_WEIGHTS["meaning"] * meaning
    )
    return Ranking(rows, total[rows], passages.astype(np.float32))


def rank_judged(ranking: Ranking, owners: IntVector, judged: FloatVector) -> Ranking:
    """The order once the judge has spoken.

    Args:
        ranking: the order before.
        owners: the row of the clause of each sentence.
        judged: what the judge says of each sentence, 0 to 1; 0 where it was not asked.
    """
    best = np.zeros(int(owners.max(initial=-1)) + 1, dtype=np.float32)
    np.maximum.at(best, owners, judged)
    scores = ranking.scores + JUDGE_WEIGHT * best[ranking.rows]
    order = np.argsort(-scores, kind="stable")
    passages = ranking.passages + np.float32(JUDGE_PASSAGE_WEIGHT) * judged
    return Ranking(ranking.rows[order], scores[order].astype(np.float32), passages)


def _best_of(signals: Signals, values: FloatVector) -> FloatVector:
    """The best sentence of each clause: float32, (n_clauses,)."""
    best = np.zeros(len(signals.in_scope), dtype=np.float32)
    np.maximum.at(best, signals.owners, values)
    return best


def _share(values: FloatVector, inside: BoolVector) -> FloatVector:
    """Values as a share of the best inside; 0 outside and where nothing matches."""
    kept = np.where(inside, values, 0)
    best = kept.max(initial=0)
    return kept / best if best > 0 else kept


def _unit_scale(similarity: FloatVector) -> FloatVector:
    """Cosines of the nearest sentences spread over 0 to 1; 0 for all that are not among them.

    The cosines of one model lie in a band of their own, so only their order and distance tell.
    """
    found = similarity > 0
    if not found.any():
        return np.zeros_like(similarity)
    low, high = similarity[found].min(), similarity.max()
    return np.where(found, (similarity - low) / max(high - low, 1e-6), 0).astype(np.float32)
