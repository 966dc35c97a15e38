"""Vectors in two bits a number: what is counted is the dot product of the levels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.schema import FloatMatrix
from index.vector_codes import BITS, STEP, Codes


def made(count: int, dimensions: int, seed: int = 0) -> FloatMatrix:
    rows = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return rows * np.linspace(0.1, 2, dimensions, dtype=np.float32) + np.float32(0.3)


def codes_of(matrix: FloatMatrix, *, pieces: int = 1) -> Codes:
    return Codes.of(matrix, np.array_split(matrix, pieces), count=len(matrix))


def levels(values: FloatMatrix) -> FloatMatrix:
    """The middle of the step that each value lies in."""
    half = 2 ** (BITS - 1)
    middles: FloatMatrix = np.clip(np.floor(values / np.float32(STEP)), -half, half - 1) + 0.5
    return middles


@given(
    count=st.integers(1, 90),
    dimensions=st.sampled_from([1, 7, 63, 64, 65, 384]),
    limit=st.integers(1, 90),
    seed=st.integers(0, 9),
)
def test_the_likeliest_are_those_whose_levels_fit_best(
    count: int, dimensions: int, limit: int, seed: int
) -> None:
    matrix = made(count, dimensions, seed)
    asked = matrix[seed % count]
    found = codes_of(matrix).likeliest(asked, [(0, count)], limit=limit)
    mean, spread = matrix.mean(axis=0), np.maximum(matrix.std(axis=0), 1e-12)
    weighed = asked * spread
    scale = max(float(np.sqrt(np.mean(weighed**2))), 1e-12)
    fit = levels((matrix - mean) / spread) @ levels(weighed / scale)
    assert len(found) == min(limit, count)
    assert found.tolist() == sorted(set(found.tolist()))
    left_out = np.setdiff1d(np.arange(count), found)
    assert not len(left_out) or fit[found].min() >= fit[left_out].max()


@given(pieces=st.integers(1, 6))
def test_codes_are_the_same_however_the_rows_come(pieces: int) -> None:
    matrix = made(50, 70)
    one, other = codes_of(matrix), codes_of(matrix, pieces=pieces)
    assert np.array_equal(one.planes, other.planes)
    assert np.array_equal(one.sums, other.sums)


def test_only_rows_within_the_spans_are_found() -> None:
    codes = codes_of(made(40_000, 8))
    spans = [(3, 9), (20_000, 39_000)]
    found = codes.likeliest(made(1, 8)[0], spans, limit=500)
    assert len(found) == 500
    assert all(any(start <= row < end for start, end in spans) for row in found.tolist())


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_rows_that_are_all_the_same_are_no_trouble(value: float) -> None:
    matrix = np.full((9, 5), value, dtype=np.float32)
    assert len(codes_of(matrix).likeliest(matrix[0], [(0, 9)], limit=3)) == 3
