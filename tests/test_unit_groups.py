from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.schema import Clause
from corpus.unit_groups import lines_of_groups
from tests.outlining import address, clauses_of_text

HEAD = "东崖县园区污水治理方案\n一、主要工作\n（一）管网建设\n"
LINE = "（牵头单位：县住房城乡建设局；配合单位：县财政局、各园区管委会）\n"


def named(clauses: tuple[Clause, ...]) -> dict[str, list[str]]:
    return {address(c): [u.printed for u in c.units] for c in clauses if c.units}


@given(st.integers(2, 8), st.sampled_from(["1.", "（1）"]))
def test_a_line_behind_the_last_point_belongs_to_the_group(count: int, form: str) -> None:
    points = "".join(f"{form.replace('1', str(n))}新建管网{n}公里。\n" for n in range(1, count + 1))
    clauses = clauses_of_text(HEAD + points + LINE + "（二）日常维护\n1.每月巡查。\n")
    assert named(clauses) == {"1.1.d2": ["县住房城乡建设局", "县财政局", "各园区管委会"]}
    lines = lines_of_groups(clauses)
    assert {address(c) for c in clauses if c.clause_id in lines} == {
        "1.1",
        *(f"1.1.{n}" for n in range(1, count + 1)),
    }
    assert "".join(c.text for c in clauses if c.kind == "点" or c.kind == "子点").count("牵头") == 0


@pytest.mark.parametrize(
    ("points", "where"),
    [
        # Points before it have units of their own.
        ("1.新建管网。（责任单位：县水利局）\n2.更换阀门。\n" + LINE, ["1.1.1", "1.1.2"]),
        ("1.新建管网。\n责任单位：县水利局\n2.更换阀门。\n" + LINE, ["1.1.1", "1.1.2"]),
        # It is the only point, or more of them follow.
        ("1.新建管网。\n" + LINE, ["1.1.1"]),
        ("1.新建管网。\n2.更换阀门。\n" + LINE + "3.清理淤泥。\n", ["1.1.2"]),
    ],
)
def test_a_line_stays_with_its_point(points: str, where: list[str]) -> None:
    clauses = clauses_of_text(HEAD + points)
    assert list(named(clauses)) == where
    assert lines_of_groups(clauses) == {}


def test_items_of_a_part_share_the_line_that_closes_it() -> None:
    text = (
        "东崖县食堂管理意见\n一、采购\n（一）定点采购。三家比价。\n（二）索证索票。\n1.留存票据。\n2.按月归档。\n"
        "（三）留样备查。留样不少于四十八小时。\n责任单位：县教育局、县市场监管局\n二、监督\n（一）每月检查。\n"
    )
    clauses = clauses_of_text(text)
    assert named(clauses) == {"1.d2": ["县教育局", "县市场监管局"]}
    shared = lines_of_groups(clauses)
    given = [address(c) for c in clauses if c.clause_id in shared]
    assert given == ["1", "1.1", "1.2", "1.2.1", "1.2.2", "1.3"]
