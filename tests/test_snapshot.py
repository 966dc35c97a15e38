"""Opening an index: one that cannot be used says why, and what to do, before it answers wrongly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import IndexDamaged, IndexingError, IndexMismatch, IndexMissing
from index.making import difference, making
from index.search import HybridIndex
from index.words import Words
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


@pytest.mark.parametrize(
    ("key", "other", "message"),
    [
        ("program", "0.0.1", r"with wenzheng 0\.0\.1, this program has \d.*run `wenzheng build`"),
        ("max_chars", 9, r"with pieces of at most 9, this program has \d+; run `wenzheng build`"),
        ("embedded", "00", r"with pieces of the form 00, this program has \w{8}; run `wenz"),
        ("words", "jieba 0", r"with words cut by jieba 0, this program has jieba \d.*run `wenz"),
    ],
)
def test_other_settings_are_named(
    builder: Builder, key: str, other: str | int, message: str
) -> None:
    builder.make(OLD)
    manifest = builder.data_dir / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["settings"][key] = other
    manifest.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(IndexMismatch, match=message):
        builder.open()
    report = builder.make(OLD)
    assert (report.embedded, report.reused) == (0, report.chunks)
    assert builder.answers()


def test_words_that_are_cut_otherwise_are_other_settings(
    words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = making(words)
    assert making(words) == before
    assert difference(before, before) is None
    monkeypatch.setattr(words, "cut_folded", str.split)
    assert difference(before, making(words)) is not None


def test_another_format_is_named(builder: Builder) -> None:
    builder.make(OLD)
    manifest = builder.data_dir / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8")) | {"schema_version": 99}
    manifest.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(IndexMismatch, match=r"format 99, this program 1; .* newer version"):
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
