"""A question that names a ratio and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.bare_figure import bare_figure
from assistant.findings import Finding, Material
from tests.made_hits import make_reading, make_titled_policy

NURSES = "逐步推动公立医院医护比达到1：2左右。"
BEDS = "床护比达到1:0.6。"


def told(topic: str, *texts: str, named: bool = True) -> Finding | None:
    policy = make_titled_policy("西河", list(texts))
    reading = make_reading(topic, policies=[policy] if named else [])
    return bare_figure(Material(reading, {policy.policy_id: policy}, list))


@pytest.mark.parametrize("topic", ["1:3?", "1：3", "1比3", "要 1:3"])
def test_a_ratio_that_is_not_set_is_put_right_by_the_one_that_is(topic: str) -> None:
    finding = told(topic, "增加护士。", NURSES)
    assert finding is not None
    assert [draft.text for draft in finding.drafts] == [NURSES]


def test_the_very_ratio_comes_alone() -> None:
    finding = told("1:2", NURSES, BEDS)
    assert finding is not None
    assert [draft.text for draft in finding.drafts] == [NURSES]


@pytest.mark.parametrize("topic", ["医护比1:3", "9:30", "1:3和1:4", "多少", "30%"])
def test_other_questions_are_looked_up(topic: str) -> None:
    assert told(topic, NURSES) is None


def test_without_a_place_or_a_ratio_in_it_nothing_is_told() -> None:
    assert told("1:3", NURSES, named=False) is None
    assert told("1:3", "每日8:30开门。") is None
    assert told("1:3", *[f"比例达到1:{n}。" for n in range(4, 12)]) is None


@given(st.text())
def test_any_topic_is_read_and_quoted_word_for_word(topic: str) -> None:
    finding = told(topic, NURSES)
    assert finding is None or [draft.text for draft in finding.drafts] == [NURSES]
