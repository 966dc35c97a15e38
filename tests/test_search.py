"""Searching: what is found, within which limits, and following an index that is rebuilt."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.library import read_library, shipped_documents
from index.build import build
from index.embedding import make_embedder
from index.errors import IndexingError, IndexMismatch
from index.schema import EmbeddingSettings, Scope
from index.search import HybridIndex
from index.words import Words
from tests.building import NEW, OLD, Answers, Builder, ask, expected_answers
from tests.factories import PairEmbedder, make_policy

ROOT = Path(__file__).parent.parent
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
CHINESE = st.text(st.sampled_from("医护比达到1：2薪酬制度改革门诊费用，的"), max_size=20)


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
def opened(tmp_path_factory: pytest.TempPathFactory, words: Words) -> HybridIndex:
    builder = Builder(tmp_path_factory.mktemp("opened"), words)
    builder.make(NEW)
    return builder.open()


def test_the_clause_that_says_it_comes_first(opened: HybridIndex) -> None:
    for question, clause_id in (
        ("医护比达到多少", "anqiu/1"),
        ("門診費用", "anqiu/2"),
        ("薪酬制度", "jilin/1"),
        ("Ｂ超互认", "jilin/2"),
    ):
        hits = opened.search(question)
        assert hits[0].clause.clause_id == clause_id
        assert hits[0].policy.policy_id == hits[0].clause.policy_id


@given(query=ANY_TEXT | CHINESE, top_k=st.integers(-1, 6))
def test_ranks_count_from_one_and_scores_fall(opened: HybridIndex, query: str, top_k: int) -> None:
    hits = opened.search(query, top_k=top_k)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.clause.clause_id for hit in hits}) == len(hits) <= max(top_k, 0)


@given(query=CHINESE, scope=st.frozensets(st.sampled_from(["anqiu", "jilin", "none"]), min_size=1))
def test_a_scope_is_never_left(opened: HybridIndex, query: str, scope: frozenset[str]) -> None:
    hits = opened.search(query, where=Scope(scope))
    assert {hit.clause.policy_id for hit in hits} <= scope


@given(query=CHINESE)
def test_passages_are_sentences_of_their_clause(opened: HybridIndex, query: str) -> None:
    for hit in opened.search(query):
        spans = [(passage.start, passage.end) for passage in hit.passages]
        assert spans == sorted(spans)
        assert all(hit.clause.text[start:end].strip() for start, end in spans)
        assert all(0 <= passage.similarity <= 1.0001 for passage in hit.passages)


def test_nothing_is_found_for_nothing(opened: HybridIndex) -> None:
    assert opened.search("") == opened.search(" \n　") == []


def test_what_is_meant_can_be_more_than_the_words(opened: HybridIndex) -> None:
    plain = opened.search("制度")[0]
    meant = opened.search("制度", meaning="薪酬制度改革")[0]
    assert meant.clause.clause_id == plain.clause.clause_id == "jilin/1"
    assert meant.passages[0].similarity > plain.passages[0].similarity


def test_everything_that_was_read_can_be_looked_up(opened: HybridIndex) -> None:
    assert list(opened.policies.values()) == NEW
    assert opened.clause("jilin/2") == NEW[1].clauses[1]
    assert opened.clause("jilin/3") is None
    assert opened.documents["jilin.txt"].text == "薪酬制度改革。\nB超检查互认。"
    assert opened.lexical.words("医护比") == ["医护", "比"]


def test_a_rebuild_is_followed(builder: Builder, expected: tuple[Answers, Answers]) -> None:
    builder.make(OLD)
    opened = builder.open()
    for policies, wanted in ((OLD, expected[0]), (NEW, expected[1]), (OLD, expected[0])):
        generation = builder.make(policies).generation
        assert ask(opened) == wanted
        assert opened.generation == generation
        assert list(opened.policies.values()) == policies


def test_a_rebuild_by_another_model_is_not_followed_in_silence(builder: Builder) -> None:
    builder.make(OLD)
    opened = builder.open()
    builder.make(OLD, embedder=PairEmbedder(model="other"))
    with pytest.raises(IndexMismatch, match="test other"):
        opened.search("医护比")
    builder.make(OLD)
    assert opened.search("医护比")


def test_threads_search_while_the_index_is_rebuilt(
    builder: Builder, expected: tuple[Answers, Answers]
) -> None:
    builder.make(OLD)
    opened = builder.open()
    wrong: list[Answers | IndexingError] = []
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            try:
                found = opened.search("薪酬制度")
            except IndexingError as error:
                wrong.append(error)
            else:
                names = [hit.clause.clause_id for hit in found]
                if names not in searched:
                    wrong.append([[(name, "", 0.0) for name in names]])

    searched = [[name for name, _, _ in answers[1]] for answers in expected]
    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for policies in (NEW, OLD) * 3:
        builder.make(policies)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


# Opens anew at every turn, as each `wenzheng ask` does.
READING_PROGRAM = """
import sys
from pathlib import Path
from index.words import Words
from tests.building import Builder, ask
builder = Builder(Path(sys.argv[1]), Words())
opened = builder.open()
print("ready", flush=True)
while True:
    assert builder.answers()[2][0][0] == ask(opened)[2][0][0] == "anqiu/2"
"""


@pytest.mark.slow
def test_other_processes_search_while_the_index_is_rebuilt(builder: Builder) -> None:
    builder.make(OLD)
    command = [sys.executable, "-c", READING_PROGRAM, str(builder.data_dir)]
    readers = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == b"ready\n"
    for policies in (NEW, OLD) * 4:
        builder.make(policies)
    for reader in readers:
        reader.kill()
        _, errors = reader.communicate()
        assert (reader.returncode, errors) == (-signal.SIGKILL, b"")


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(ANY_TEXT, max_size=4))
def test_any_text_can_be_indexed(builder: Builder, texts: list[str]) -> None:
    builder.make([make_policy(texts)])
    stored = builder.open().policies["plan"]
    assert [clause.text for clause in stored.clauses] == texts


@pytest.mark.slow
def test_the_bundled_model_finds_what_other_words_ask_for(tmp_path: Path, words: Words) -> None:
    library = read_library([shipped_documents() / "anqiu-2024-21.txt"])
    embedder = make_embedder(EmbeddingSettings())
    build(library.documents, library.policies, data_dir=tmp_path, embedder=embedder, words=words)
    opened = HybridIndex.open(tmp_path, embedder=embedder, words=words)
    found = [hit.clause.text for hit in opened.search("护士要配多少，和医生怎么个比例", top_k=3)]
    assert any("医护比总体达到1：2左右" in text for text in found)
