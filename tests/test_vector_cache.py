"""Vectors that were made once: found again by model and text, within a limit, whatever happened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import StorageFailed
from index.schema import FloatMatrix
from index.vector_cache import VectorCache

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=9)  # lone surrogates, too


def rows(count: int, dimensions: int = 8, *, seed: int = 1) -> FloatMatrix:
    return np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)


def opened(path: Path, *, model: str = "m", max_bytes: int = 2**30) -> VectorCache:
    return VectorCache(path / "embeddings.sqlite3", fingerprint=model, max_bytes=max_bytes)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(ANY_TEXT, unique=True, max_size=12), others=st.lists(ANY_TEXT, max_size=5))
def test_what_was_put_is_found_by_text_and_model(
    texts: list[str], others: list[str], tmp_path: Path
) -> None:
    (tmp_path / "embeddings.sqlite3").unlink(missing_ok=True)
    vectors = rows(len(texts))
    with closing(opened(tmp_path)) as cache:
        cache.put(texts, vectors)
    with closing(opened(tmp_path)) as cache, closing(opened(tmp_path, model="other")) as other:
        found = cache.get([*texts, *others])
        assert found.keys() == cache.known([*texts, *others]) == set(texts)
        assert all(np.array_equal(found[text], vectors[row]) for row, text in enumerate(texts))
        assert other.get(texts) == {}


def test_more_than_a_statement_holds(tmp_path: Path) -> None:
    texts = [str(number) for number in range(1300)]
    with closing(opened(tmp_path)) as cache:
        cache.put(texts, rows(1300))
        assert len(cache.get(texts)) == 1300


def test_what_another_connection_sees_is_there_to_stay(tmp_path: Path) -> None:
    cache = opened(tmp_path)
    cache.put(["a"], rows(1))
    # As after a kill: nothing was closed.
    with closing(opened(tmp_path)) as other:
        assert other.known(["a"]) == {"a"}
    cache.close()
    cache.close()


def test_what_is_too_much_goes_and_what_is_in_use_goes_last(tmp_path: Path) -> None:
    texts = [str(number) for number in range(2000)]
    limit = 400_000
    with closing(opened(tmp_path, max_bytes=limit)) as cache:
        cache.put(texts, rows(2000, 100))
        cache.trim(used=texts[:300])
        left = cache.known(texts)
        assert set(texts[:300]) <= left
        assert 300 < len(left) < 1100
        cache.trim(used=[])
        assert cache.known(texts) == left  # within the limit nothing goes
        more = [f"new {number}" for number in range(500)]
        cache.put(more, rows(500, 100))
        cache.trim(used=more)
        assert set(more) <= cache.known(more)


def test_a_limit_of_nothing_keeps_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    with closing(opened(tmp_path, max_bytes=0)) as cache:
        cache.put(["a", "b"], rows(2))
        cache.trim(used=["a"])
        assert cache.known(["a", "b"]) == set()
        cache.put(["a"], rows(1))
        assert cache.known(["a"]) == {"a"}


def test_what_is_no_database_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "embeddings.sqlite3").write_bytes(b"not a database" * 99)
    with closing(opened(tmp_path)) as cache:
        assert cache.get(["a"]) == {}
        cache.put(["a"], rows(1))
        assert cache.known(["a"]) == {"a"}


def test_a_folder_that_is_gone_is_one_line(tmp_path: Path) -> None:
    cache = opened(tmp_path / "gone")
    with pytest.raises(StorageFailed, match=r"embeddings\.sqlite3: unable to open") as caught:
        cache.put(["a"], rows(1))
    assert "\n" not in str(caught.value)
    cache.trim(used=["a"])  # left to the next build


def test_a_database_that_somebody_holds_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr("sqlite3.connect", lambda path: connect(path, timeout=0.01))
    with closing(opened(tmp_path)) as cache, closing(connect(tmp_path / "embeddings.sqlite3")) as c:
        cache.put(["a"], rows(1))
        c.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageFailed, match="locked; remove it, then build again"):
            cache.put(["b"], rows(1))
