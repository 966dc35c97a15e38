"""The build: incremental, one at a time, and as good on top of another as from nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

import index.filling
from index.errors import CorpusAmbiguous, EmbeddingFailed, IndexBusy, StorageFailed
from index.lock import build_lock
from index.schema import FloatMatrix
from index.store import DataFolder
from index.vector_store import VectorStore
from index.words import Words
from tests.building import NEW, OLD, Answers, Builder, expected_answers
from tests.chroma_server import chroma_server
from tests.factories import PairEmbedder, make_policy


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, words: Words) -> tuple[Answers, Answers]:
    return expected_answers(tmp_path_factory.mktemp("expected"), words)


@pytest.fixture
def builder(tmp_path: Path, words: Words) -> Builder:
    return Builder(tmp_path, words)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture
def beside_server(tmp_path: Path, words: Words, url: str) -> Builder:
    return Builder(tmp_path, words, url)


def test_a_report_counts_what_was_done(builder: Builder) -> None:
    first = builder.make(OLD)
    assert (first.policies, first.clauses, first.chunks) == (1, 2, 2)
    assert (first.embedded, first.reused, first.deleted) == (2, 0, 0)
    assert first.chunks_per_second > 0
    second = builder.make(NEW)
    assert (second.policies, second.clauses, second.chunks) == (2, 4, 4)
    assert (second.embedded, second.reused, second.deleted) == (3, 1, 1)


def test_unchanged_chunks_are_neither_embedded_nor_written(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder.make(NEW)
    monkeypatch.delattr(VectorStore, "add")
    embedder = PairEmbedder()
    report = builder.make(NEW, embedder=embedder)
    assert embedder.embedded == []
    assert (report.embedded, report.reused, report.deleted) == (0, 4, 0)
    assert report.chunks_per_second == 0


def test_a_build_on_top_answers_as_one_from_nothing(
    builder: Builder,
    expected: tuple[Answers, Answers],
) -> None:
    for policies, wanted in ((OLD, expected[0]), (NEW, expected[1]), (OLD, expected[0])):
        builder.make(policies)
        assert builder.answers() == wanted


def test_nothing_but_the_live_generation_and_the_one_before_is_kept(
    builder: Builder, tmp_path: Path
) -> None:
    (tmp_path / "generations" / "left-by-a-kill").mkdir(parents=True)
    reports = [builder.make(policies) for policies in (OLD, NEW, OLD)]
    kept = {path.name for path in (tmp_path / "generations").iterdir()}
    assert kept == {report.generation for report in reports[1:]}


def test_dead_vectors_do_not_pile_up(
    builder: Builder,
    tmp_path: Path,
    expected: tuple[Answers, Answers],
) -> None:
    tombstones = []
    for policies in (OLD, NEW) * 3:
        builder.make(policies)
        manifest, _ = DataFolder(tmp_path).read_manifest()
        tombstones.append(manifest.counts["tombstones"])
        assert tombstones[-1] <= manifest.counts["chunks"]
    assert 0 in tombstones[2:]  # made anew at least once
    assert builder.answers() == expected[1]


def test_progress_counts_what_is_embedded(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.filling, "CHUNKS_PER_STEP", 2)
    seen: list[tuple[int, int]] = []
    builder.make(OLD)
    builder.make(NEW, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 3), (2, 3), (3, 3)]


def test_an_index_of_nothing_answers_nothing(builder: Builder) -> None:
    assert builder.make([]).chunks == 0
    assert builder.answers() == [[], [], []]


def test_a_cache_that_is_broken_costs_only_time(builder: Builder, tmp_path: Path) -> None:
    cache = tmp_path / "embeddings.sqlite3"
    cache.write_bytes(b"not a database" * 99)
    assert builder.make(OLD).embedded == 2
    content = bytearray(cache.read_bytes())
    content[4096:] = b"?" * len(content[4096:])
    cache.write_bytes(content)
    assert builder.make(NEW).embedded == 3
    assert builder.make(OLD).embedded == 1  # of the old words nothing was left


@pytest.mark.parametrize("name", ["data_level0.bin", "chroma.sqlite3"])
def test_damaged_vectors_are_made_again(
    name: str,
    builder: Builder,
    tmp_path: Path,
    expected: tuple[Answers, Answers],
) -> None:
    builder.make(NEW)
    (damaged,) = tmp_path.rglob(name)
    damaged.write_bytes(b"?" * 100)
    (tmp_path / "embeddings.sqlite3").unlink()
    assert builder.make(NEW).embedded == 4
    assert builder.answers() == expected[1]


def test_another_model_embeds_everything_again(builder: Builder) -> None:
    builder.make(NEW)
    assert builder.make(NEW, embedder=PairEmbedder(model="other")).embedded == 4
    assert builder.make(NEW).embedded == 0  # and back costs nothing


def test_a_clause_that_moved_is_not_embedded_again(builder: Builder) -> None:
    builder.make(NEW)
    moved = [make_policy([clause.text for clause in p.clauses], policy_id="moved") for p in NEW[1:]]
    assert builder.make(moved).embedded == 0
    assert builder.make([]).chunks == 0
    assert builder.make(NEW).embedded == 0


def test_words_that_stand_twice_are_embedded_once(builder: Builder) -> None:
    twice = [make_policy(["薪酬制度改革。"], policy_id=name) for name in ("a", "b")]
    embedder = PairEmbedder()
    report = builder.make(twice, embedder=embedder)
    assert (report.chunks, report.embedded, report.reused) == (2, 1, 1)
    assert len(embedder.embedded) == 1


def test_a_model_that_gives_no_numbers_leaves_the_old_index(
    builder: Builder,
    expected: tuple[Answers, Answers],
) -> None:
    class Broken(PairEmbedder):
        def embed_passages(self, texts: list[str]) -> FloatMatrix:
            vectors: FloatMatrix = super().embed_passages(texts) * float("nan")
            return vectors

    builder.make(OLD)
    with pytest.raises(EmbeddingFailed, match="choose another embedding model"):
        builder.make(NEW, embedder=Broken())
    assert builder.answers() == expected[0]


def test_a_second_build_is_told_who_is_building(builder: Builder, tmp_path: Path) -> None:
    with build_lock(tmp_path), pytest.raises(IndexBusy, match=r"by process \d+; wait"):
        builder.make(OLD)
    builder.make(OLD)


def test_names_must_stand_for_one_thing(builder: Builder) -> None:
    with pytest.raises(CorpusAmbiguous, match=r"2 documents are called 'anqiu\.txt'"):
        builder.make([*OLD, *OLD])


def test_a_folder_that_cannot_be_written_is_one_line(words: Words, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageFailed, match="file: File exists"):
        Builder(tmp_path / "file", words).make(OLD)


@pytest.mark.slow
def test_vectors_on_a_server_are_updated_and_tidied(
    beside_server: Builder, tmp_path: Path, expected: tuple[Answers, Answers]
) -> None:
    beside_server.make(OLD)
    assert beside_server.answers() == expected[0]
    report = beside_server.make(NEW)
    assert (report.embedded, report.reused, report.deleted) == (3, 1, 1)
    assert beside_server.answers() == expected[1]
    beside_server.make(NEW, embedder=PairEmbedder(model="other"))
    (tmp_path / "embeddings.sqlite3").unlink()
    assert beside_server.make(NEW).embedded == 4  # the first model's collection is gone


@pytest.mark.slow
def test_two_deployments_on_one_server_leave_each_other_alone(
    beside_server: Builder, tmp_path: Path, expected: tuple[Answers, Answers]
) -> None:
    other = dataclasses.replace(beside_server, data_dir=tmp_path / "other")
    beside_server.make(NEW)
    other.make(OLD)
    assert beside_server.answers() == expected[1]
    assert other.answers() == expected[0]
