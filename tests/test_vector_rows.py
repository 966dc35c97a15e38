"""Vectors in a file, row by row: what comes back, and that comparing all finds the nearest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import IndexDamaged, StorageFailed
from index.schema import FloatMatrix, Scope
from index.vector_rows import MAX_COMPARED, nearest_rows, read_rows, write_rows
from index.words import Words
from tests.building import NEW, QUESTIONS, Builder
from tests.factories import make_policy


def made(count: int, dimensions: int = 8) -> FloatMatrix:
    vectors = np.random.default_rng(count).normal(size=(count, dimensions)).astype(np.float32)
    unit: FloatMatrix = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(0, 9), max_size=5))
def test_rows_come_back_as_they_were_written(sizes: list[int], tmp_path: Path) -> None:
    path, matrix = tmp_path / "vectors.npy", made(sum(sizes))
    steps = np.split(matrix, np.cumsum(sizes))
    write_rows(path, steps, shape=matrix.shape)
    found = read_rows(path, count=len(matrix))
    assert found is not None
    assert np.array_equal(found.matrix, matrix)
    with pytest.raises(IndexDamaged, match=r"vectors\.npy .*; run `wenzheng build`"):
        read_rows(path, count=len(matrix) + 1)


def test_no_file_is_no_rows(tmp_path: Path) -> None:
    assert read_rows(tmp_path / "vectors.npy", count=3) is None


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"not numbers" * 99])
def test_a_file_that_is_none_is_damaged(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "vectors.npy"
    path.write_bytes(content)
    with pytest.raises(IndexDamaged, match="run `wenzheng build`"):
        read_rows(path, count=1)


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match=r"gone/vectors\.npy: No such file"):
        write_rows(tmp_path / "gone" / "vectors.npy", [made(1)], shape=(1, 8))


@given(
    spans=st.lists(st.tuples(st.integers(0, 29), st.integers(1, 9)), min_size=1, max_size=3),
    limit=st.integers(1, 40),
)
def test_the_nearest_within_the_spans_are_found(spans: list[tuple[int, int]], limit: int) -> None:
    matrix = made(40)
    wanted = [(start, start + length) for start, length in spans]
    inside = [row for start, end in wanted for row in range(start, end)]
    rows, cosines = nearest_rows(matrix, matrix[7], spans=wanted, limit=limit)
    all_cosines = matrix @ matrix[7]
    assert len(rows) == min(limit, len(inside))
    assert set(rows.tolist()) <= set(inside)
    assert cosines == pytest.approx(all_cosines[rows], abs=1e-6)
    best = sorted((all_cosines[row] for row in inside), reverse=True)[: len(rows)]
    assert sorted(cosines, reverse=True) == pytest.approx(best, abs=1e-6)


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


@pytest.mark.parametrize("dimensions", [8, 100])
def test_where_there_are_many_the_likeliest_are_compared(
    dimensions: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.vector_rows.MAX_COMPARED", 100)
    monkeypatch.setattr("index.vector_rows.LIKELIEST", 400)
    monkeypatch.setattr("index.vector_rows._ROWS_AT_ONCE", 700)
    matrix = made(2000, dimensions)
    write_rows(tmp_path / "vectors.npy", [matrix], shape=matrix.shape)
    found = read_rows(tmp_path / "vectors.npy", count=2000)
    assert found is not None
    assert found.codes is not None
    for spans in ([(0, 2000)], [(30, 900), (1000, 1800)], [(5, 60), (1900, 1950)]):
        for asked in made(20, dimensions):
            rows, cosines = found.nearest(asked, spans=spans, limit=10)
            best, best_cosines = nearest_rows(matrix, asked, spans=spans, limit=10)
            assert set(rows.tolist()) == set(best.tolist())
            assert sorted(cosines) == pytest.approx(sorted(best_cosines), abs=1e-6)


def test_a_small_file_needs_no_codes(tmp_path: Path) -> None:
    matrix = made(30)
    write_rows(tmp_path / "vectors.npy", [matrix], shape=matrix.shape)
    found = read_rows(tmp_path / "vectors.npy", count=30)
    assert found is not None
    assert found.codes is None


def test_an_index_with_codes_answers_as_one_without(
    tmp_path: Path, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = Builder(tmp_path, words)
    more = [make_policy([f"第{row}项由卫生健康委负责。"], policy_id=f"p{row}") for row in range(9)]
    builder.make([*NEW, *more])
    scopes = [Scope(), Scope(frozenset({"jilin"})), Scope(frozenset({"p3", "anqiu", "none"}))]
    found = []
    for most in (MAX_COMPARED, 0):
        monkeypatch.setattr("index.vector_rows.MAX_COMPARED", most)
        opened = builder.open()
        found.append(
            [
                {hit.clause.clause_id: pytest.approx(hit.score, abs=1e-3) for hit in hits}
                for question in QUESTIONS
                for hits in [opened.search(question, where=scope) for scope in scopes]
            ]
        )
        assert opened.search(QUESTIONS[0], where=Scope(frozenset({"none"}))) == []
    assert found[0] == found[1]
