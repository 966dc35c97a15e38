"""A question as understood: kind, cues, scope and the words that are looked up."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import MAX_CHARACTERS, Reading, read_question, topic_words
from assistant.schema import Question
from assistant.scope import Shelf
from index.folding import fold

PIECES = st.lists(
    st.sampled_from(
        [
            *("安丘市", "聊城2026年的方案", "上海", "医护比", "薪酬制度", "床位", "要达到多少"),
            *("由谁负责", "什么时候印发", "依据是什么", "有哪些", "对比", "各地", "？", "，"),
        ]
    ),
    max_size=6,
).map("".join)


def read(shelf: Shelf, text: str, *history: str) -> Reading:
    return read_question(Question(text, "q", history), shelf)


@given(text=st.text() | PIECES, history=st.lists(st.text() | PIECES, max_size=2))
def test_any_question_is_read(shelf: Shelf, text: str, history: list[str]) -> None:
    reading = read(shelf, text, *history)
    assert reading.question.text == text
    assert reading.topic.strip() or not re.search(r"\w", reading.scope.rest)
    assert reading.several or len(reading.scope.names) < 2 or len(reading.scope.policy_ids) < 2


@given(st.text() | PIECES)
def test_a_topic_has_no_words_of_its_own(text: str) -> None:
    found = topic_words(text)
    assert set("".join(found.split())) <= set(text)
    assert bool(re.search(r"\w", found)) == bool(re.search(r"\w", text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((f"水库清淤{asks}", "unit") for asks in ("分给了哪几家", "谁挑头", "哪家打头、还有谁")),
        *((f"水库清淤{asks}", "unit") for asks in ("谁来兜底", "归谁管", "该谁管", "谁抓总")),
        *((f"水库清淤{asks}", "unit") for asks in ("摊给哪几家了", "谁主抓", "由谁拿主意")),
        ("水库清淤几时完工", "date"),
        ("办证去几号窗口", "number"),
        ("水库清淤分给哪几家医院", "number"),
    ],
)
def test_everyday_words_ask_for_units(shelf: Shelf, text: str, kind: str) -> None:
    assert read(shelf, text).kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("安丘市公立医院医护比要达到多少？", "number"),
        ("安丘市医共体建设由谁负责？", "unit"),
        ("医共体建设的牵头单位是哪几个局", "unit"),
        ("安丘的方案是什么时候印发的", "date"),
        ("安丘的方案依据的是哪些上级文件", "basis"),
        ("什么是“四化医院”", "definition"),
        ("五大中心包括哪些", "list"),
        ("医院能不能自主设立薪酬项目？", "yesno"),
        ("医护比", "fact"),
    ],
)
def test_what_is_asked_for(shelf: Shelf, text: str, kind: str) -> None:
    assert read(shelf, text).kind == kind
    assert read(shelf, f"请问，{text}").kind == kind


def test_width_and_script_change_nothing(shelf: Shelf) -> None:
    plain = read(shelf, "安丘市2024年的方案里医护比1:2由谁负责?")
    wide = read(shelf, "安丘市２０２４年的方案裏醫護比1：2由誰負責？")
    assert (wide.kind, wide.cues, wide.topic) == (plain.kind, plain.cues, plain.topic)
    assert wide.scope == plain.scope


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("对比安丘和聊城的床位要求", True),
        ("哪些地方提到总会计师", True),
        ("安丘市和丽江市的薪酬制度", True),
        ("安丘市的薪酬制度", False),
        ("薪酬制度怎么改", False),
    ],
)
def test_whether_several_documents_are_asked_for(shelf: Shelf, text: str, *, several: bool) -> None:
    assert read(shelf, text).several == several


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("安丘的方案是什么时候印发的", "印发"),
        ("安丘的方案发给了哪些单位", "主送"),
        ("安丘的方案文号是多少", "文号"),
        ("安丘的方案依据什么制定", "前言"),
    ],
)
def test_a_question_prefers_the_lines_that_frame_a_document(
    shelf: Shelf, text: str, kind: str
) -> None:
    assert kind in read(shelf, text).preferred_kinds
    assert read(shelf, "安丘市公立医院医护比要达到多少").preferred_kinds == frozenset()


def test_the_topic_is_without_place_and_without_asking_words(shelf: Shelf) -> None:
    topic = read(shelf, "请问安丘市公立医院医护比要达到多少？").topic
    assert "医护比" in topic
    assert not any(word in topic for word in ("安丘", "请问", "多少"))


def test_a_question_that_only_asks_keeps_its_words(shelf: Shelf) -> None:
    assert re.search(r"\w", read(shelf, "什么规定？").topic)


def test_what_was_too_long_to_be_answered_leaves_no_topic(shelf: Shelf) -> None:
    long = "安丘市" * MAX_CHARACTERS
    started = time.thread_time()  # of this thread alone: neighbours do not count
    reading = read(shelf, "由谁负责？", long)
    assert reading.standalone == "由谁负责？"
    assert time.thread_time() - started < 5
    kept = read(shelf, "由谁负责？", "安丘市医护比", long)
    assert fold("安丘市") in kept.standalone


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("安丘与吉林市在绿地覆盖率目标上有什么不同", "绿地覆盖率"),
        ("安丘、吉林市两地垃圾清运改革有何异同", "垃圾清运改革"),
        ("对比安丘和吉林市的路灯亮灯率", "路灯亮灯率"),
        ("安丘和吉林市谁的路灯亮灯率高", "路灯亮灯率"),
        ("安丘和吉林市都提到路灯巡查了吗", "路灯巡查"),
        ("安丘、吉林市、丽江哪个提出了路灯巡查", "路灯巡查"),
    ],
)
def test_what_is_compared_is_told_from_how(shelf: Shelf, text: str, topic: str) -> None:
    assert read(shelf, text).topic == topic


@pytest.mark.parametrize(
    "text",
    [
        "哪几份材料写了路灯巡查",
        "哪些办法里规定了路灯巡查",
        "手头这几份文件里路灯多久巡查，各家都列一下",
    ],
)
def test_documents_at_hand_are_all_asked(shelf: Shelf, text: str) -> None:
    assert read(shelf, text).several


def test_papers_to_bring_are_no_documents(shelf: Shelf) -> None:
    assert not read(shelf, "领取路灯养护补贴要交哪些材料").several
