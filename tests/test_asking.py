"""The part of a question that asks, and the framing around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asking import asides_of, asking_part, asks, pieces_of, without_framing

TEXTS = st.text() | st.text(st.sampled_from("路灯谁修，我们是新来的？写稿用：多久。清河"))


@given(question=TEXTS)
def test_the_pieces_of_a_question_are_the_question(question: str) -> None:
    assert "".join(pieces_of(question)) == question


@given(question=TEXTS)
def test_a_question_never_loses_the_part_that_asks(question: str) -> None:
    kept = without_framing(question, [])
    assert [p for p in pieces_of(kept) if asks(p)] == [p for p in pieces_of(question) if asks(p)]
    assert asking_part(question).strip() or not question.strip()


@given(question=TEXTS)
def test_a_place_that_is_named_is_kept(question: str) -> None:
    kept = without_framing(question, ["清河"])
    assert kept.count("清河") == question.count("清河")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("给领导写讲话稿用：清河的路灯由谁来维护？", "清河的路灯由谁来维护？"),
        ("我是新来的，想问一下，清河的路灯几天修好？", "清河的路灯几天修好？"),
        ("清河的路灯由谁维护？写稿子要用", "清河的路灯由谁维护？"),
        ("领导问，路灯坏了多久修好？", "路灯坏了多久修好？"),
        ("清河的路灯几天修好？我们做个对照表", "清河的路灯几天修好？"),
    ],
)
def test_why_and_for_whom_is_left_out(question: str, asked: str) -> None:
    assert without_framing(question, ["清河"]) == asked


@pytest.mark.parametrize(
    "question",
    [
        "路灯管理要求：熄灭后几天修好",
        "家里老人用水困难，能减免水费吗",
        "单位没有给职工办理登记，会怎么处理",
        "写稿用：谁",
    ],
)
def test_what_a_question_is_about_is_kept(question: str) -> None:
    assert without_framing(question, []) == question


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("绿化队想接消防栓，没跟谁打招呼，允许不？", "允许不？"),
        ("昨晚路灯熄了，到底由谁来修", "到底由谁来修"),
        ("路灯熄了几天修好？由谁负责？", "路灯熄了几天修好？由谁负责？"),
        ("路灯维护", "路灯维护"),
    ],
)
def test_the_part_that_asks(question: str, part: str) -> None:
    assert asking_part(question) == part


@pytest.mark.parametrize(
    ("question", "asides"),
    [
        ("医护比的目标是多少？由谁负责？什么时候完成？", ("由谁负责？", "什么时候完成？")),
        ("薪酬改革有什么要求？哪个部门负责？", ("哪个部门负责？",)),
        ("由谁负责？什么时候完成？", ()),  # names nothing
        ("医护比是多少？床医比是多少？", ()),  # two things
        ("医护比由谁负责", ()),
    ],
)
def test_pieces_that_ask_more_of_what_was_named(question: str, asides: tuple[str, ...]) -> None:
    assert asides_of(question) == asides
