"""Chunking: sentences under their heading, nothing left out, ids that depend on content alone."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from corpus.schema import Clause
from index.chunking import MAX_CHARS, chunk_clause, chunk_policies, searched_clauses
from tests.factories import make_clause, make_policy

PIECES = st.sampled_from(
    [
        "到2025年，",
        "医护比达到1：2；",
        "做好“一院多区”。",
        "卫健局负责！”",
        "很长" * 90,
        "为何？",
        "\n",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=30), max_size=60).map("".join)


def chunk_ids(clause: Clause) -> list[str]:
    return [chunk.chunk_id for chunk in chunk_clause(clause)]


@given(TEXTS)
def test_the_sentences_hold_all_words_in_order(text: str) -> None:
    chunks = chunk_clause(make_clause(text))
    ends = [0, *(chunk.end for chunk in chunks)]
    starts = [*(chunk.start for chunk in chunks), len(text)]
    gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    assert all(start >= end for end, start in zip(ends, starts, strict=True))
    assert "".join(gaps).strip() == ""


@given(TEXTS)
def test_what_is_embedded_is_the_heading_and_the_slice(text: str) -> None:
    clause = make_clause(text, path=("二、重点任务", "（四）完善机制"))
    for chunk in chunk_clause(clause):
        assert chunk.text == f"（四）完善机制 {text[chunk.start : chunk.end]}"
        assert 0 < chunk.end - chunk.start <= MAX_CHARS
        assert (chunk.clause_id, chunk.policy_id) == (clause.clause_id, clause.policy_id)


@given(TEXTS)
def test_ids_are_unique_within_a_clause_and_repeatable(text: str) -> None:
    ids = chunk_ids(make_clause(text))
    assert len(set(ids)) == len(ids)
    assert ids == chunk_ids(make_clause(text))


def test_a_clause_is_cut_at_its_sentences() -> None:
    text = "增加护士配备。医护比达到1：2；由市卫健局负责。"
    found = [text[chunk.start : chunk.end] for chunk in chunk_clause(make_clause(text))]
    assert found == ["增加护士配备。", "医护比达到1：2；", "由市卫健局负责。"]


def test_a_clause_that_is_only_its_heading_has_a_chunk() -> None:
    clause = make_clause("二、重点任务", path=("二、重点任务",))
    assert len(chunk_clause(clause)) == 1


def test_ids_change_with_text_heading_place_and_clause() -> None:
    plain = make_clause("甲。", path=("一",))
    changed = [
        plain,
        make_clause("乙。", path=("一",)),
        make_clause("甲。", path=("二",)),
        make_clause(" 甲。", path=("一",)),
        make_clause("甲。", path=("一",), clause_id="plan/2"),
    ]
    ids = {chunk_id for clause in changed for chunk_id in chunk_ids(clause)}
    assert len(ids) == 5
    assert {len(chunk_id) for chunk_id in ids} == {32}


def test_paragraphs_and_items_are_searched_within_their_article() -> None:
    article = dataclasses.replace(
        make_clause("第一条 甲。乙。", clause_id="law/1", policy_id="law"), end=20
    )
    paragraph = dataclasses.replace(
        make_clause("乙。", clause_id="law/1.2", policy_id="law"),
        parent_id="law/1",
        start=8,
        end=20,
    )
    outside = dataclasses.replace(paragraph, clause_id="law/2", start=30, end=40)
    wordless = dataclasses.replace(article, clause_id="law/3", text="")
    policy = dataclasses.replace(
        make_policy([], policy_id="law"), clauses=(article, paragraph, outside, wordless)
    )
    assert [clause.clause_id for clause in searched_clauses(policy)] == ["law/1", "law/2"]
    assert {chunk.clause_id for chunk in chunk_policies([policy])} == {"law/1", "law/2"}


@given(st.lists(TEXTS, max_size=5))
def test_every_clause_with_words_has_a_chunk(texts: list[str]) -> None:
    policy = make_policy(texts)
    found = {chunk.clause_id for chunk in chunk_policies([policy])}
    assert found == {clause.clause_id for clause in policy.clauses if clause.text.strip()}
