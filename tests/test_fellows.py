"""A word that takes the place of its fellow in an earlier question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.fellows import exchanged, named_alone

WORDS = st.text(
    st.sampled_from("住院门诊二级三级医院市财政局教育平时周末的多少报销比例"), max_size=20
)


@pytest.mark.parametrize(
    ("asked", "word", "behind"),
    [
        ("那住院的呢", "住院", ""),
        ("二级医院呢？", "二级医院", ""),
        ("要是乡下呢？", "乡下", ""),
        ("换成市教育局呢", "市教育局", ""),
        ("周末呢，能到几点？", "周末", "能到几点？"),
        ("由谁负责？", "", ""),
        ("什么时候完成", "", ""),
    ],
)
def test_a_thing_that_is_only_named(asked: str, word: str, behind: str) -> None:
    assert named_alone(asked) == (word, behind)


@pytest.mark.parametrize(
    ("word", "topic", "found"),
    [
        ("住院", "门诊报销比例是多少", "住院报销比例是多少"),
        ("二级医院", "三级医院平均药费", "二级医院平均药费"),
        ("中医院", "云河县人民医院发展目标", "云河县中医院发展目标"),
        ("教育局", "财政局承担哪些任务", "教育局承担哪些任务"),
        ("周末", "公园平时几点关门", "公园周末几点关门"),
        ("运营补助", "一个托位的建设补助多少", "一个托位的运营补助多少"),
        ("第三档", "第一档缴费多少", "第三档缴费多少"),
    ],
)
def test_a_fellow_is_exchanged(word: str, topic: str, found: str) -> None:
    assert exchanged(word, topic) == found


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("护士", "每千人口床位数"),
        ("", "门诊报销比例"),
        ("门诊", "门诊报销比例"),
        ("绿地", "住院费"),
    ],
)
def test_what_has_no_fellow_is_left(word: str, topic: str) -> None:
    assert exchanged(word, topic) == ""


@given(word=st.text() | WORDS, topic=st.text() | WORDS)
def test_what_is_exchanged_holds_the_word(word: str, topic: str) -> None:
    found = exchanged(word, topic)
    assert not found or word in found


@given(question=st.text() | WORDS)
def test_what_is_named_stands_in_the_question(question: str) -> None:
    word, behind = named_alone(question)
    assert word in question
    assert behind in question
