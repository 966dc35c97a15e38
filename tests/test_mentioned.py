"""Questions for the mention of a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.extractive import Candidate, rank_sentences
from assistant.mentioned import on_the_numbered, that_mention, word_to_mention
from index.folding import fold
from tests.made_hits import make_hits, make_reading, make_titled_policy


def sentences(*texts: str) -> list[Candidate]:
    policy = make_titled_policy("云栎", list(texts))
    return rank_sentences(make_reading(), make_hits(policy))


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("哪些文件提到口袋公园", "口袋公园"),
        ("云栎和石门都提到口袋公园了吗", "口袋公园"),
        ("各地方案里“两个清单”都写了吗", "两个清单"),
        ("口袋公园哪些地方提到了", "口袋公园"),
        ("口袋公园这个词哪些文件里出现过？", "口袋公园"),
        ("有哪些方案涉及夜间经济的", "夜间经济"),
    ],
)
def test_the_word_is_read(question: str, word: str) -> None:
    assert word_to_mention(question) == word


@pytest.mark.parametrize(
    "question",
    ["哪些地方对停车提了要求", "口袋公园建几个", "各地怎么规定遛狗时间", "哪里写了规定", ""],
)
def test_other_questions_ask_for_no_mention(question: str) -> None:
    assert word_to_mention(question) == ""


@given(st.text())
def test_the_word_stands_in_the_question(question: str) -> None:
    assert word_to_mention(question) in fold(question)


def test_only_sentences_with_the_word_are_left() -> None:
    found = that_mention(
        "哪些文件提到口袋公园", sentences("新建口袋公园9处。", "新建公园绿地。", "管好口袋公园。")
    )
    assert {candidate.text for candidate in found} == {"新建口袋公园9处。", "管好口袋公园。"}


def test_where_none_has_it_another_term_counts() -> None:
    found = that_mention("哪些文件提到安宁疗护", sentences("开展临终关怀。", "开展康复护理。"))
    assert [candidate.text for candidate in found] == ["开展临终关怀。"]


def test_no_mention_is_asked_for_or_none_is_there() -> None:
    assert that_mention("口袋公园建几个", sentences("新建口袋公园9处。")) == []
    assert that_mention("哪些文件提到口袋公园", sentences("新建绿道。")) == []


THIRD = "第三人民医院打造老年医学中心。"


def numbered(topic: str, *texts: str) -> list[str]:
    policy = make_titled_policy("西河", list(texts))
    hits = make_hits(policy, [float(len(texts) - n) for n in range(len(texts))])
    ranked = rank_sentences(make_reading(topic), hits)
    return [candidate.text for candidate in on_the_numbered(topic, ranked)]


def test_of_a_numbered_hospital_only_what_names_it_is_told() -> None:
    other = "第二人民医院建设急救中心。"
    assert numbered("第三人民医院建什么", other, "医院要发展。", THIRD) == [THIRD]
    assert numbered("第四人民医院建什么", other, THIRD) == [other, THIRD]
    assert numbered("第二、第三人民医院各建什么", THIRD) == [THIRD]


@given(st.text() | st.text(st.sampled_from("第三二人民医院建 ")))
def test_never_is_nothing_left(topic: str) -> None:
    assert numbered(topic, THIRD) == [THIRD]
