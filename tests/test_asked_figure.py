"""是 or 否 where a question asks whether a figure is the one that is set."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asked_figure import compared
from assistant.extractive import compose, rank_sentences
from corpus.targets import targets_of
from tests.made_hits import make_hits, make_reading, make_titled_policy


def answer(question: str, text: str) -> list[str]:
    """The statements on a question about the one clause of a document."""
    policy = make_titled_policy("甲", [text])
    clauses = tuple(replace(c, targets=targets_of(c.text)) for c in policy.clauses)
    candidates = rank_sentences(
        make_reading(question), make_hits(replace(policy, clauses=clauses), [5.0] * 9)
    )
    reading = make_reading(question)
    return [draft.text for draft in compared(reading, candidates, compose(reading, candidates))]


RATIO = "逐步使公立医院医护比总体达到1：2左右。"
FLOOR = "到2025年，县域就诊率达到90%以上。"
CEILING = "药占比不超过30%。"


@pytest.mark.parametrize(
    ("question", "text", "word"),
    [
        ("医护比要求1:2吗？", RATIO, "是"),
        ("医护比是不是1比2", RATIO, "是"),
        ("医护比要求1：3吗", RATIO, "否"),
        ("县域就诊率要达到90%吗", FLOOR, "是"),
        ("县域就诊率不低于90%对吗", FLOOR, "是"),
        ("县域就诊率不得超过90%吗", FLOOR, "否"),
        ("县域就诊率要达到95%吗", FLOOR, "否"),
        ("2025年县域就诊率是不是90%", FLOOR, "是"),
        ("药占比不能低于30%吗", CEILING, "否"),
        ("药占比不得超过30%吗", CEILING, "是"),
    ],
)
def test_the_figure_that_is_set_decides(question: str, text: str, word: str) -> None:
    assert answer(question, text)[0] == f"{word}：{text}"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("医护比要求多少", RATIO),  # asks for the figure, names none
        ("床护比要求1:0.6，是吗？医护比1:2吗", RATIO),  # several figures
        ("床位使用率要达到90张吗", FLOOR),  # of another kind
        ("药占比要降到30%吗", FLOOR),  # of another indicator
        ("2030年县域就诊率要达到90%吗", FLOOR),  # of another year
        ("每年新增4个专科吗", "每年新增专科3-5个。"),  # within a range
    ],
)
def test_what_cannot_be_compared_is_left_to_the_sentence(question: str, text: str) -> None:
    assert all(not said.startswith(("是：", "否：")) for said in answer(question, text))


@given(asked=st.integers(1, 99), given_=st.integers(1, 99))
def test_only_the_same_figure_is_agreed_to(asked: int, given_: int) -> None:
    first = answer(f"县域就诊率要达到{asked}%吗", f"县域就诊率达到{given_}%。")[0]
    assert first.startswith("是：" if asked == given_ else "否：")
