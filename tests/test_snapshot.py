"""Opening an index: one that cannot be used says why, and what to do, before it answers wrongly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import IndexDamaged, IndexingError, IndexMismatch, IndexMissing
from index.lexical import Words
from index.search import HybridIndex
from tests.building import OLD, Builder
from tests.factories import PairEmbedder


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


@pytest.fixture
def builder(tmp_path: Path, words: Words) -> Builder:
    return Builder(tmp_path, words)


def test_no_index_says_what_to_do(builder: Builder) -> None:
    with pytest.raises(IndexMissing, match=r"there is no index in .*; run `wenzheng build`"):
        builder.open()


def test_another_model_is_named_with_the_command_that_mends_it(builder: Builder) -> None:
    builder.make(OLD)
    with pytest.raises(IndexMismatch, match=r"test pairs.*test other; run `wenzheng build`"):
        HybridIndex.open(
            builder.data_dir, embedder=PairEmbedder(model="other"), words=builder.words
        )


def test_vectors_elsewhere_are_named(builder: Builder) -> None:
    builder.make(OLD)
    with pytest.raises(IndexMismatch, match="change the Chroma URL"):
        Builder(builder.data_dir, builder.words, "http://127.0.0.1:9").open()


def test_another_format_is_named(builder: Builder) -> None:
    builder.make(OLD)
    manifest = builder.data_dir / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8")) | {"schema_version": 99}
    manifest.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(IndexMismatch, match="has format 99, this program 1"):
        builder.open()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"schema_version": 1}'])
def test_a_manifest_that_is_none_is_damaged(builder: Builder, content: bytes) -> None:
    builder.make(OLD)
    (builder.data_dir / "manifest.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match="run `wenzheng build`"):
        builder.open()
    builder.make(OLD)
    assert builder.answers()


def test_every_file_that_is_damaged_or_missing_is_named(builder: Builder) -> None:
    report = builder.make(OLD)
    generation = builder.data_dir / "generations" / report.generation
    files = [path for path in generation.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] + b"?")
        with pytest.raises(IndexingError, match=r"wenzheng build|cannot open") as caught:
            builder.open()
        assert path.name in str(caught.value) or path.suffix == ".sqlite3"
        path.unlink()
        with pytest.raises(IndexDamaged, match="run `wenzheng build`"):
            builder.open()
        path.write_bytes(content)
    builder.open()
