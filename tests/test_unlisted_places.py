"""Names of places that nothing knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.marks import Marks
from assistant.unlisted_places import read_unlisted
from index.words import Words

CORPUS = "霁山县校车管理办法。石门镇设停靠点。"
WORDS = Words()


def unknown(question: str) -> list[str]:
    marks = Marks(question)
    read_unlisted(marks, CORPUS, WORDS.cut)
    return marks.unknown


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("汐海县校车一年补助多少钱？", "汐海县"),
        ("隔壁汐海县呢", "汐海县"),
        ("请问在东岭县怎么办", "东岭县"),
        ("青石镇夜市几点收摊", "青石镇"),
        ("鹭洲市的养犬管理费收多少", "鹭洲市"),
    ],
)
def test_a_name_that_nothing_knows_is_unknown(question: str, name: str) -> None:
    assert unknown(question) == [name]


@pytest.mark.parametrize(
    "question",
    [
        "贫困县有什么补助",
        "全县有多少校车",
        "我们镇上谁负责",
        "隔壁镇怎么收费",
        "霁山县校车补多少",
        "石门镇停在哪",
        "示范镇的标准",
        "听说县里有补贴",
        "开发区怎么收费",
        "新小区要建托育园吗",
        "农贸市场收多少",
        "",
    ],
)
def test_words_that_end_like_names_are_none(question: str) -> None:
    assert not unknown(question)


def test_beside_a_place_that_was_read_it_is_part_of_the_topic() -> None:
    marks = Marks("霁山县青石镇的校车")
    marks.take({"jishan"}, 0, 3)
    read_unlisted(marks, CORPUS, WORDS.cut)
    assert not marks.unknown


@given(st.text(alphabet="汐海青石县镇市乡，在我们的？", max_size=24))
def test_any_question_is_read(question: str) -> None:
    assert all(name in question for name in unknown(question))


def test_a_place_before_the_title_of_another_place() -> None:
    text = "汐海县校车管理办法规定几点发车"
    for placed, expected in ((frozenset({"a"}), ["汐海县"]), (frozenset(), [])):
        marks = Marks(text)
        marks.take({"a"}, 3, 9)
        read_unlisted(marks, CORPUS, WORDS.cut, placed=placed)
        assert marks.unknown == expected


def test_a_province_before_the_name_of_a_field() -> None:
    assert unknown("汐沛省卫生人才计划招多少人") == ["汐沛省"]
    assert unknown("听说省卫生健康委发了文") == []
