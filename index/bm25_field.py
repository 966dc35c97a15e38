"""One BM25 index over the tokens of clauses or sentences; the only module that knows bm25s."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from index.schema import BoolVector, FloatVector, IntVector

# Lucene's k1; b below its .75, with which the few words of a letterhead overtake the clause that
# answers.
BM25 = {"method": "lucene", "k1": 1.2, "b": 0.5}

Postings = tuple[IntVector, FloatVector]
"""Rows in ascending order, and what each of them scores."""

# Of so many rows one is looked up in the time of a pass over all.
_FEW = 64

_NONE: Postings = (np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32))


class Field:
    """One BM25 index; without any token there is nothing that bm25s could average."""

    def __init__(self, index: Any, *, count: int) -> None:  # noqa: ANN401 — bm25s has no types
        self._index = index
        self.count = count
        self._columns: Mapping[str, int] = {} if index is None else index.vocab_dict
        if index is not None:
            self._starts: list[int] = index.scores["indptr"].tolist()
            self._rows, self._worth = _in_order(index.scores)

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
        return self._columns

    def scores(self, tokens: Sequence[str]) -> FloatVector:
        """BM25 of every row: float32, (count,)."""
        scores = np.zeros(self.count, dtype=np.float32)
        for token in tokens:
            if token in self._columns:
                np.add.at(scores, *self._postings(token))
        return scores

    def rows_with(self, token: str) -> IntVector:
        """Rows that hold a token, in ascending order."""
        return self._postings(token)[0].astype(np.intp)

    def rows_with_all(self, tokens: Sequence[str]) -> Postings:
        """Rows that hold every one of the tokens, in ascending order, and their BM25."""
        if not tokens or not all(token in self._columns for token in tokens):
            return _NONE
        first, *others = sorted(tokens, key=self._frequency)
        rows, scores = self._postings(first)
        for token in others:
            held, worth = self._shared(rows, token)
            rows, scores = rows[held], scores[held] + worth
        return rows, scores

    def _shared(self, rows: IntVector, token: str) -> tuple[BoolVector, FloatVector]:
        """Which of the rows, given in ascending order, hold a token; what it scores in those."""
        found, worth = self._postings(token)
        held: BoolVector
        if len(rows) * _FEW > self.count:  # looking each of them up would take longer than a pass
            everywhere = np.zeros(self.count, dtype=np.float32)
            everywhere[found] = worth
            gained = everywhere[rows]
            held = gained > 0
            return held, gained[held]
        places = found.searchsorted(rows)
        places[places == len(found)] = 0
        held = found[places] == rows
        return held, worth[places[held]]

    def _frequency(self, token: str) -> int:
        column = self._columns[token]
        return self._starts[column + 1] - self._starts[column]

    def _postings(self, token: str) -> Postings:
        column = self._columns.get(token)
        if column is None:
            return _NONE
        start, end = self._starts[column], self._starts[column + 1]
        return self._rows[start:end], self._worth[start:end]


def _in_order(scores: Mapping[str, Any]) -> Postings:
    """Rows and scores, column by column, the rows of each in ascending order."""
    rows, worth, starts = scores["indices"], scores["data"], scores["indptr"]
    is_rising = rows[1:] > rows[:-1]
    edges = starts[(starts > 0) & (starts < len(rows))]
    is_rising[edges - 1] = True  # where one column ends and the next begins
    if is_rising.all():  # as bm25s keeps them, though it does not say so
        return rows, worth
    columns = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    order = np.lexsort((rows, columns))
    return rows[order], worth[order]
