"""Rows that a question names by the cell that says what they are about."""

from __future__ import annotations

import pytest

from assistant.named_rows import name_of, named_rows, rows_named_in_full, rows_of_sort

LEVELS = [
    ("1", "助理工程师（初级）", "200"),
    ("2", "工程师（中级）", "400"),
    ("3", "高级工程师（副高级）", "600"),
]
WORKS = [
    ("1", "东岭水厂改造", "甲类", "870"),
    ("2", "西河泵站新建", "乙类", "430"),
    ("3", "南桥管网延伸", "甲类", "120"),
]
TOWNS = [("白沙镇", "12"), ("青石镇", "9"), ("云水乡", "7")]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("工程师每月补多少", (1,)),
        ("高级工程师每月补多少", (2,)),
        ("工程师和高级工程师各补多少", (1, 2)),
        ("技术员每月补多少", ()),
    ],
)
def test_a_longer_name_does_not_say_the_shorter(question: str, places: tuple[int, ...]) -> None:
    assert rows_named_in_full(question, LEVELS) == places


def test_a_name_of_which_most_is_said_means_its_row() -> None:
    assert rows_named_in_full("东岭水厂要投多少钱", WORKS) == ()
    assert named_rows("东岭水厂要投多少钱", WORKS) == (0,)
    assert named_rows("水厂要投多少钱", WORKS) == ()


def test_all_rows_named_are_none_chosen() -> None:
    assert rows_named_in_full("白沙镇、青石镇和云水乡各几个村", TOWNS) == ()
    assert rows_named_in_full("白沙镇、云水乡各几个村", TOWNS) == (0, 2)


def test_another_term_for_a_name_names_it() -> None:
    assert rows_named_in_full("岗位津贴多少", [("补贴", "3"), ("奖金", "5")]) == (0,)


def test_rows_of_a_sort_are_all_told() -> None:
    assert rows_of_sort("甲类工程有哪些", WORKS) == (0, 2)
    assert rows_of_sort("丙类工程有哪些", WORKS) == ()


def test_what_stands_in_brackets_is_no_part_of_a_name() -> None:
    assert name_of("工程师（中级）") == "工程师"


def test_a_table_of_figures_names_nothing() -> None:
    assert named_rows("多少", [("1", "2"), ("3", "4")]) == ()
