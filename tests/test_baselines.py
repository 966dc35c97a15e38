"""The baselines find what they should, answer in the form of the contract, and never refuse."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import baselines
from bench.baselines import (
    ANSWER_PIECES,
    CHUNK_CHARACTERS,
    Baseline,
    Bm25Finder,
    DenseFinder,
    Finder,
    TutorialFinder,
    clause_pieces,
)
from corpus.schema import Document
from eval.schema import GoldRecord
from eval.scoring import Scorer
from tests.factories import PairEmbedder, make_document, make_policy
from tests.sample_gold import CORPUS, COUNTY, POLICIES, RECORDS, write_gold
from ui.cli import main

DOCUMENTS = [make_document(policy) for policy in POLICIES]
QUESTION = GoldRecord("q", "fact", "薪酬制度改革由谁负责", True)


@pytest.fixture(
    params=[
        lambda: TutorialFinder(DOCUMENTS, PairEmbedder()),
        lambda: Bm25Finder(POLICIES),
        lambda: DenseFinder(POLICIES, PairEmbedder()),
    ],
    ids=["tutorial", "bm25", "dense"],
)
def finder(request: pytest.FixtureRequest) -> Finder:
    made: Finder = request.param()
    return made


def test_the_nearest_piece_comes_first(finder: Finder) -> None:
    found = finder.find(QUESTION.question, 10)
    scores = [score for _, score in found]
    assert found[0][0]["source"] == COUNTY.source
    assert "薪酬制度改革" in found[0][0]["clause_text"]
    assert scores == sorted(scores, reverse=True)
    assert len({piece["clause_id"] for piece, _ in found}) == len(found)
    assert finder.find(QUESTION.question, 1) == found[:1]


def test_an_answer_is_the_first_pieces_and_cites_them(finder: Finder) -> None:
    system = Baseline("b", finder)
    answer, hits, seconds = system.answer(QUESTION)
    assert hits is not None
    first = hits[:ANSWER_PIECES]
    assert answer["text"] == "\n".join(hit["clause_text"] for hit in first)
    cited = [citation["clause_id"] for citation in answer["citations"]]
    assert cited == [hit["clause_id"] for hit in first]
    assert (answer["id"], answer["status"]) == ("q", "answered")
    assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
    assert 0 < answer["confidence"] < 1
    assert answer["seconds"] == {"total": seconds}


def test_answers_can_be_scored(finder: Finder) -> None:
    scorer, system = Scorer(CORPUS), Baseline("b", finder)
    for record in RECORDS:
        answer, hits, seconds = system.answer(record)
        measures = scorer.score(record, answer=answer, hits=hits, seconds=seconds)
        assert measures["answered"] == 1
        assert ("hit@1" in measures) == record.answerable
        assert measures.get("refusal_recall", 0) == 0


def test_earlier_questions_go_in_front(finder: Finder) -> None:
    record = GoldRecord("q", "followup", "由谁负责", True, history=("薪酬制度改革怎么做",))
    hits = Baseline("b", finder).answer(record)[1]
    assert hits is not None
    assert hits[0]["source"] == COUNTY.source


def test_bm25_leaves_out_what_has_no_word_of_the_question() -> None:
    assert Bm25Finder(POLICIES).find("zzz", 10) == []


def test_a_baseline_that_finds_nothing_says_nothing() -> None:
    answer, hits, _ = Baseline("b", Bm25Finder(POLICIES)).answer(
        GoldRecord("q", "fact", "zzz", True)
    )
    assert (answer["text"], answer["citations"], hits) == ("", [], [])


def test_clauses_without_text_are_no_pieces() -> None:
    assert [piece["clause_id"] for piece in clause_pieces([make_policy(["甲", " "])])] == ["plan/1"]


@settings(max_examples=25)
@given(st.lists(st.text("甲乙。\n 丙", max_size=900), min_size=1, max_size=3))
def test_chunks_are_slices_of_the_file_and_fit(parts: list[str]) -> None:
    text = "\n\n".join(parts) + "丁"
    document = Document("a.txt", text, "0", "txt")
    finder = TutorialFinder([document], PairEmbedder())
    found = [piece for piece, _ in finder.find("甲", 10_000)]
    assert all(len(piece["clause_text"]) <= CHUNK_CHARACTERS for piece in found)
    assert all(text[piece["start"] : piece["end"]] == piece["clause_text"] for piece in found)
    covered = set().union(*(range(piece["start"], piece["end"]) for piece in found))
    assert all(text[place].isspace() for place in set(range(len(text))) - covered)


@pytest.mark.slow
def test_the_table_is_one_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for policy, document in zip(POLICIES, DOCUMENTS, strict=True):
        (texts / document.name).write_text(f"{policy.title.value}\n{document.text}", "utf-8")
    assert main(["--data", str(tmp_path / "data"), "build", str(texts)]) == 0
    gold = write_gold(tmp_path / "gold")
    monkeypatch.setattr(baselines, "shipped_gold", lambda: [gold])
    monkeypatch.setenv("WENZHENG_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "argv", ["baselines.py", "--out", str(tmp_path / "runs")])
    capsys.readouterr()
    baselines.main()
    printed = capsys.readouterr().out
    for name in ("wenzheng", "langchain-tutorial", "bm25-alone", "dense-alone"):
        assert f"\n{name} " in printed
