"""Chunking: nothing is left out, sentences stay whole, and ids depend on content alone."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from index.chunking import (
    MAX_SHARED_CHARS,
    MAX_WHOLE_CHARS,
    WINDOW_CHARS,
    chunk_clause,
    chunk_policies,
    windows,
)
from tests.factories import make_clause, make_policy

TITLE = "推动高质量发展实施方案"
PIECES = st.sampled_from(
    [
        "到2025年，",
        "医护比达到1：2；",
        "做好“一院多区”。",
        "由市卫健局负责！”",
        "很长" * 90,
        "为什么？",
        "\n",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=30), max_size=60).map("".join)


def cover_in_order(text: str, found: list[str]) -> bool:
    """Whether the windows can lie on the text one after another without a gap, from end to end."""
    places = {(0, len(found[0]))} if text.startswith(found[0]) else set()
    for window in found[1:]:
        places = {
            (start, start + len(window))
            for before, end in places
            for start in range(before + 1, end + 1)
            if text.startswith(window, start)
        }
    return any(end == len(text) for _, end in places)


@given(TEXTS)
def test_windows_cover_the_clause_in_order(text: str) -> None:
    assert cover_in_order(text, windows(text))


@given(TEXTS)
def test_no_window_is_much_longer_than_the_limit(text: str) -> None:
    limit = max(MAX_WHOLE_CHARS, WINDOW_CHARS + MAX_SHARED_CHARS)
    assert all(len(window) <= limit for window in windows(text))


def test_a_short_clause_is_one_chunk() -> None:
    text = "增加护士配备。" * 42
    assert len(text) <= MAX_WHOLE_CHARS
    assert windows(text) == [text]


def test_windows_are_whole_sentences_and_share_one() -> None:
    sentences = [f"第{number}项任务由有关部门按照职责分工负责落实到位。" for number in range(30)]
    found = windows("".join(sentences))
    assert len(found) > 2
    assert all(window.endswith("。") and window.startswith("第") for window in found)
    for before, after in itertools.pairwise(found):
        shared = next(sentence for sentence in sentences if after.startswith(sentence))
        assert before.endswith(shared)


def test_quotation_marks_stay_with_their_sentence() -> None:
    sentence = "他说：“" + "很好，" * 30 + "真好。”"
    found = windows(sentence * 5)
    assert len(found) > 1
    assert all(window.startswith("他说") and window.endswith("”") for window in found)


def test_a_sentence_without_end_is_cut_at_commas() -> None:
    found = windows("某某单位，" * 200)
    assert len(found) > 3
    assert all(window.endswith("，") for window in found)


def test_a_chunk_says_title_headings_and_words() -> None:
    clause = make_clause("增加护士配备。", path=("二、重点任务", "（四）完善机制"))
    (chunk,) = chunk_clause(clause, title=TITLE)
    assert chunk.text == f"{TITLE} 二、重点任务 （四）完善机制\n增加护士配备。"
    assert (chunk.clause_id, chunk.policy_id) == (clause.clause_id, clause.policy_id)


def test_a_heading_that_opens_the_text_is_not_said_twice() -> None:
    path = ("二、重点任务", "1.改革人事管理制度")
    (chunk,) = chunk_clause(make_clause("1.改革人事管理制度。增加护士。", path=path), title=TITLE)
    assert chunk.text == f"{TITLE} 二、重点任务\n1.改革人事管理制度。增加护士。"


def test_a_clause_that_is_only_its_heading_has_a_chunk() -> None:
    (chunk,) = chunk_clause(make_clause("二、重点任务", path=("二、重点任务",)), title=TITLE)
    assert chunk.text == f"{TITLE}\n二、重点任务"


def test_ids_change_with_text_title_and_clause_and_with_nothing_else() -> None:
    def ids(text: str = "甲。", title: str = TITLE, clause_id: str = "plan/1") -> str:
        return chunk_clause(make_clause(text, clause_id=clause_id), title=title)[0].chunk_id

    assert ids() == ids()
    assert len({ids(), ids(text="乙。"), ids(title="另一个"), ids(clause_id="plan/2")}) == 4
    assert len(ids()) == 32
    assert int(ids(), 16) >= 0


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_ids_are_unique_and_every_clause_has_one(texts: list[str]) -> None:
    policy = make_policy(texts)
    chunks = chunk_policies([policy])
    assert len({chunk.chunk_id for chunk in chunks}) == len(chunks)
    assert {chunk.clause_id for chunk in chunks} == {c.clause_id for c in policy.clauses}
