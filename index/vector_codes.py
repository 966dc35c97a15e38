"""Every vector in two bits a number, so that one question can be compared with a million; pure.

A number is kept as one of four levels around the mean of its column, and so is one of a question.
The dot product of levels is a sum over single bits, which processors count 64 at a time. It is only
near the true one: it says which rows are worth comparing in full (docs/decisions/0013).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.schema import FloatMatrix, FloatVector, IntVector

Span = tuple[int, int]
"""The first row and the one behind the last."""

# Two bits, and the width of equal steps that then loses least of normal values, in standard
# deviations (Max 1960). A third bit of the question would miss fewer, and cost as much again.
BITS, STEP = 2, 0.996

_WORD_BITS = 64
_ROWS_AT_ONCE = 16_384  # what is counted of so many rows stays in the cache of a processor
# Bits of a row and of a question by the power of two that they have together.
_PAIRS = (((0, 0),), ((0, 1), (1, 0)), ((1, 1),))
_NO_SPREAD = 1e-12  # of a column that is everywhere the same

Planes = NDArray[np.uint64]
"""Bit ``b`` of every level, lowest first: (bits, words, rows)."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The levels of all rows, and what they are levels of."""

    mean: FloatVector  # (dimensions,)
    spread: FloatVector  # (dimensions,)
    planes: Planes
    sums: NDArray[np.int32]  # (rows,): of the levels of a row

    @classmethod
    def of(cls, sample: FloatMatrix, steps: Iterable[FloatMatrix], *, count: int) -> Self:
        """The codes of so many rows.

        Args:
            sample: some of the rows, from everywhere among them.
            steps: all rows, step by step.
            count: how many there are.
        """
        mean, spread = sample.mean(axis=0), np.maximum(sample.std(axis=0), _NO_SPREAD)
        planes = np.zeros((BITS, _words(len(mean)), count), dtype=np.uint64)
        sums = np.zeros(count, dtype=np.int32)
        start = 0
        for rows in steps:
            end = start + len(rows)
            levels = _levels((rows - mean) / spread)
            planes[:, :, start:end] = _planes(levels)
            sums[start:end] = levels.sum(axis=1, dtype=np.int32)
            start = end
        return cls(mean, spread, planes, sums)

    def likeliest(self, vector: FloatVector, spans: Sequence[Span], *, limit: int) -> IntVector:
        """Rows within the spans that are probably nearest to a vector, in ascending order."""
        # The mean of the rows adds the same to every dot product.
        weighed = vector * self.spread
        scale = max(float(np.sqrt(np.mean(np.square(weighed)))), _NO_SPREAD)
        query = _planes(_levels(weighed[None] / scale))
        rows = np.concatenate([np.arange(start, end) for start, end in spans])
        scores = np.concatenate([self._scores(query, start, end) for start, end in spans])
        if limit < len(rows):
            rows = rows[np.argpartition(scores, len(scores) - limit)[-limit:]]
        return np.sort(rows)

    def _scores(self, query: Planes, start: int, end: int) -> NDArray[np.int32]:
        """Twice the dot products of the levels, less what is the same for all: (end - start,)."""
        # Levels count from 0; those of the query are meant around the middle of theirs.
        scores: NDArray[np.int32] = -(2**BITS - 1) * self.sums[start:end]
        for first in range(start, end, _ROWS_AT_ONCE):
            last = min(end, first + _ROWS_AT_ONCE)
            counted = _counted(self.planes[:, :, first:last], query)
            scores[first - start : last - start] += 2 * counted
        return scores


def _counted(planes: Planes, query: Planes) -> NDArray[np.int32]:
    """The dot products of levels that count from 0: (rows,)."""
    _, words, count = planes.shape
    common, bits = np.empty(count, dtype=np.uint64), np.empty(count, dtype=np.uint8)
    total = np.zeros(count, dtype=np.int32)
    for power, pairs in enumerate(_PAIRS):
        counted = np.zeros(count, dtype=np.uint16)
        for row_bit, query_bit in pairs:
            for word in range(words):
                np.bitwise_and(planes[row_bit, word], query[query_bit, word, 0], out=common)
                counted += np.bitwise_count(common, out=bits)
        total += np.left_shift(counted, power, dtype=np.int32)
    return total


def _levels(values: FloatMatrix) -> NDArray[np.uint8]:
    """Normal values as numbers of steps, the middle of which lies at 0."""
    half = 2 ** (BITS - 1)
    levels = np.clip(np.floor(values / np.float32(STEP)), -half, half - 1) + half
    whole: NDArray[np.uint8] = levels.astype(np.uint8)
    return whole


def _planes(levels: NDArray[np.uint8]) -> Planes:
    """The bits of levels, row by row: (bits, words, rows)."""
    count, dimensions = levels.shape
    padded = np.zeros((BITS, count, _words(dimensions) * _WORD_BITS), dtype=np.uint8)
    for bit in range(BITS):
        padded[bit, :, :dimensions] = (levels >> np.uint8(bit)) & np.uint8(1)
    packed = np.packbits(padded, axis=2).view(np.uint64)
    planes: Planes = np.ascontiguousarray(packed.transpose(0, 2, 1))
    return planes


def _words(dimensions: int) -> int:
    return -(-dimensions // _WORD_BITS)
