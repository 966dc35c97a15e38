"""可以 and 不可以 are said only where a sentence decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import DraftStatement
from assistant.verdict import ruled, verdict
from tests.made_hits import make_reading


def all_of_it(text: str) -> float:
    return 1.0 if text else 0.0


def nothing_of_it(text: str) -> float:
    return 0.0 * len(text)


WORDS = {"", "可以", "不可以", "需要", "不需要"}
SIGNS = st.text(st.sampled_from("电动车能不可以得应当免费吗要禁止但除外？。"))


@given(question=st.text() | SIGNS, sentence=st.text() | SIGNS)
def test_a_verdict_is_one_of_four_words_or_none(question: str, sentence: str) -> None:
    assert verdict(question, sentence, all_of_it) in WORDS
    assert verdict(question, sentence, nothing_of_it) == ""


@pytest.mark.parametrize(
    ("question", "sentence", "word"),
    [
        ("电动车能不能进电梯？", "禁止携带电动车进入电梯。", "不可以"),
        ("可以在楼道充电吗", "不得在楼道充电。", "不可以"),
        ("流动人口可不可以申请公租房", "流动人口可以申请公租房。", "可以"),
        ("登记要不要收费", "登记免收费用。", "不需要"),
        ("是否需要登记", "电动车应当登记。", "需要"),
    ],
)
def test_a_plain_rule_decides(question: str, sentence: str, word: str) -> None:
    assert verdict(question, sentence, all_of_it) == word


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("能不能兼任", "一般不得兼任。"),
        ("能不能兼任", "不得兼任，但经批准的除外。"),
        ("能不能兼任", "可以兼任一职，不得兼任两职。"),
        ("不登记可以吗", "电动车可以登记。"),
        ("没有登记能不能上路", "登记后可以上路。"),
        ("要罚多少", "不得在楼道充电。"),
        ("能不能充电", "加强充电管理。"),
        ("能不能要求下列材料", "不得要求下列材料："),
    ],
)
def test_all_else_is_left_to_the_sentence(question: str, sentence: str) -> None:
    assert verdict(question, sentence, all_of_it) == ""


def test_the_sentence_that_decides_comes_first() -> None:
    reading = make_reading("电动车能不能进电梯", kind="yesno")
    drafts = [DraftStatement("加强充电管理。", ()), DraftStatement("电动车不得进电梯。", ())]
    assert [draft.text for draft in ruled(reading, drafts, all_of_it)] == [
        "不可以：电动车不得进电梯。",
        "加强充电管理。",
    ]


def test_rules_that_differ_decide_nothing() -> None:
    reading = make_reading("能不能载人", kind="yesno")
    drafts = [DraftStatement("成年人可以载人。", ()), DraftStatement("未成年人不得载人。", ())]
    assert ruled(reading, drafts, all_of_it) == drafts
