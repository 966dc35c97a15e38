"""Amounts of a question in the ranges that rules are graded by."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ranges import Amount, amounts_of, ranges_of


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("住院自己付了三万元", [(30_000, "元")]),
        ("买一台80万的彩超", [(1, "台"), (800_000, "元")]),
        ("罚5万块合不合规", [(50_000, "元")]),
        ("12岁的孩子", [(12, "岁")]),
        ("室温17度", [(17, "°c")]),
        ("停业三个月", [(3, "个月")]),
        ("2025年的方案第十条怎么说", []),
        ("9月底前有哪些任务", []),
        ("医护比要达到多少", []),
    ],
)
def test_amounts_with_what_they_count(question: str, expected: list[tuple[float, str]]) -> None:
    assert [tuple(amount) for amount in amounts_of(question)] == expected


def test_more_than_an_amount_lies_above_it() -> None:
    (amount,) = amounts_of("花了七万多")
    assert 70_000 < amount.value < 71_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在2万元以上5万元以下的，给予3000元", [(20_000, 50_000, "元")]),
        ("50万元（含）至200万元", [(500_000, 2_000_000, "元")]),
        ("20—50人", [(20, 50, "人")]),
        ("16℃以上18℃以下", [(16, 18, "°c")]),
        ("25周岁以上、60周岁以下", [(25, 60, "岁")]),
        ("1万元以下", [(-math.inf, 10_000, "元")]),
        ("200万元以上", [(2_000_000, math.inf, "元")]),
        ("不满十四周岁", [(-math.inf, 14, "岁")]),
        ("2025年至2027年", []),
        ("给予3000元", []),
    ],
)
def test_ranges_as_rules_write_them(text: str, expected: list[tuple[float, float, str]]) -> None:
    found = ranges_of(text)
    assert [each.unit for each in found] == [unit for *_, unit in expected]
    ends = [end for each in found for end in (each.low, each.high)]
    assert ends == pytest.approx([end for *both, _ in expected for end in both])


@pytest.mark.parametrize(
    ("including", "excluding"),
    [
        ("5万元以下", "不满5万元"),
        ("5万元以上", "超过5万元"),
        ("5万元（含）至10万元", "5万元（不含）至10万元"),
    ],
)
def test_the_end_belongs_to_a_range_as_the_civil_code_says(including: str, excluding: str) -> None:
    (with_end,), (without,) = ranges_of(including), ranges_of(excluding)
    assert with_end.holds(Amount(50_000, "元"))
    assert not without.holds(Amount(50_000, "元"))


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1, 200))
def test_a_range_holds_what_lies_between_its_ends(low: int, more: int, value: int) -> None:
    (found,) = ranges_of(f"{low}万元以上{low + more}万元以下的部分")
    assert found.holds(Amount(value * 10_000, "元")) is (low <= value <= low + more)
    assert not found.holds(Amount(value * 10_000, "人"))


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for found in ranges_of(text):
        assert found.low < found.high
    assert all(amount.value >= 0 for amount in amounts_of(text))


def test_more_and_less_than_an_amount_lie_beside_it() -> None:
    (over,), (under,) = amounts_of("超过8立方米怎么算"), amounts_of("不到8立方米怎么算")
    assert under.value < 8 < over.value


def test_a_price_of_one_is_no_amount() -> None:
    assert amounts_of("水多少钱一吨") == ()


def test_a_ton_of_water_is_a_cubic_metre() -> None:
    assert {a.unit for a in amounts_of("用了12吨水")} == {"吨", "立方米"}
    assert {a.unit for a in amounts_of("收了12吨粮")} == {"吨"}
