"""Other words for a term of the question, as BM25 adds them to what its own words say; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.bm25_field import Field, Postings
from index.schema import FloatVector


@dataclass(frozen=True, slots=True)
class TermFamily:
    """A term as the question has it, and other terms that may stand for it in a text.

    ``weight`` is what another term counts for beside the term itself.
    """

    term: str
    others: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class CutFamily:
    """A family cut into the tokens of one field."""

    own: Sequence[str]
    others: Sequence[Sequence[str]]
    weight: float


def add_families(scores: FloatVector, field: Field, families: Sequence[CutFamily]) -> FloatVector:
    """The scores of a field with those of the families added.

    A row counts for a family once, by its best term, however many of them it holds; a term counts
    where all of its tokens stand. What the question's own term scored already is not added again.
    """
    total = scores
    for family in families:
        rows, gain = _best(field, family.others)
        if len(rows):
            own = field.scores(family.own)[rows]
            total = scores.copy() if total is scores else total
            total[rows] += np.maximum(family.weight * gain - own, 0)
    return total


def _best(field: Field, terms: Sequence[Sequence[str]]) -> Postings:
    """Rows that hold one of the terms, each with the best that a term scores there."""
    found = [postings for postings in map(field.rows_with_all, terms) if len(postings[0])]
    if not found:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
    if len(found) == 1:
        return found[0]
    # Not by sorting: two terms may stand in every second row of a large corpus.
    best = np.zeros(field.count, dtype=np.float32)
    for rows, gains in found:
        best[rows] = np.maximum(best[rows], gains)
    distinct = np.flatnonzero(best > 0)
    return distinct, best[distinct]
