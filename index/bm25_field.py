"""One BM25 index over the tokens of clauses or sentences; the only module that knows bm25s."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from index.schema import FloatVector, IntVector

# Lucene's k1; b below its .75, with which the few words of a letterhead overtake the clause that
# answers.
BM25 = {"method": "lucene", "k1": 1.2, "b": 0.5}

Postings = tuple[IntVector, FloatVector]
"""Rows in ascending order, and what each of them scores."""


class Field:
    """One BM25 index; without any token there is nothing that bm25s could average."""

    def __init__(self, index: Any, *, count: int) -> None:  # noqa: ANN401 — bm25s has no types
        self._index = index
        self.count = count

    @classmethod
    def build(cls, tokens: Sequence[list[str]]) -> Field:
        """Index the tokens of every row."""
        if not any(tokens):
            return cls(None, count=len(tokens))
        logging.getLogger("bm25s").setLevel(logging.WARNING)  # DEBUG on import
        index = bm25s.BM25(**BM25, backend="numpy")
        index.index(list(tokens), create_empty_token=False, show_progress=False)
        return cls(index, count=len(tokens))

    def save(self, folder: Path) -> None:
        """Write the index to a folder of its own."""
        folder.mkdir(parents=True)
        if self._index is not None:
            self._index.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, *, count: int) -> Field:
        """Read what `save` wrote.

        Raises:
            ValueError: it has another number of rows.
        """
        if not any(folder.iterdir()):
            return cls(None, count=count)
        index = bm25s.BM25.load(folder, load_corpus=False, show_progress=False)
        if index.scores["num_docs"] != count:
            raise ValueError(f"{index.scores['num_docs']} rows instead of {count}")
        return cls(index, count=count)

    @property
    def tokens(self) -> Mapping[str, int]:
        """Every token that a row holds, with the number by which it is kept."""
        found: Mapping[str, int] = {} if self._index is None else self._index.vocab_dict
        return found

    def scores(self, tokens: Sequence[str]) -> FloatVector:
        """BM25 of every row: float32, (count,)."""
        known = [] if self._index is None else self._index.get_tokens_ids(list(tokens))
        if not known:
            return np.zeros(self.count, dtype=np.float32)
        found: FloatVector = self._index.get_scores_from_ids(known)
        return found

    def scores_at(self, rows: IntVector, tokens: Sequence[str]) -> FloatVector:
        """BM25 of some rows, given in ascending order: float32, (len(rows),)."""
        scores = np.zeros(len(rows), dtype=np.float32)
        for token in tokens:
            found, worth = _in_order(*self._postings(token))
            places = np.searchsorted(found, rows)
            held = places < len(found)
            held[held] = found[places[held]] == rows[held]
            scores[held] += worth[places[held]]
        return scores

    def rows_with(self, token: str) -> IntVector:
        """Rows that hold a token, in no order."""
        return self._postings(token)[0]

    def rows_with_all(self, tokens: Sequence[str]) -> Postings:
        """Rows that hold every one of the tokens, and their BM25."""
        known = self.tokens
        if not tokens or not all(token in known for token in tokens):
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
        columns = sorted((self._postings(token) for token in tokens), key=lambda c: len(c[0]))
        rows, scores = _in_order(*columns[0])
        for column in columns[1:]:
            more, worth = _in_order(*column)
            # The shorter is looked up in the longer, which may hold every second row of the corpus.
            places = np.searchsorted(more, rows)
            held = places < len(more)
            held[held] = more[places[held]] == rows[held]
            rows, scores = rows[held], scores[held] + worth[places[held]]
        return rows, scores

    def _postings(self, token: str) -> Postings:
        row = self.tokens.get(token)
        if row is None:
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
        scores = self._index.scores
        start, end = scores["indptr"][row : row + 2]
        return np.asarray(scores["indices"][start:end], dtype=np.intp), scores["data"][start:end]


def _in_order(rows: IntVector, scores: FloatVector) -> Postings:
    if (rows[1:] > rows[:-1]).all():  # as bm25s keeps them, though it does not say so
        return rows, scores
    order = np.argsort(rows)
    return rows[order], scores[order]
