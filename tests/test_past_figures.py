"""Figures that were reached before are no targets, whether words or times say so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.past_figures import own_year, without_past
from corpus.policies import read_policies
from corpus.schema import Document, Fact
from corpus.targets import targets_of

_AHEAD = "到2025年，县域就诊率达到90%"


@pytest.mark.parametrize(
    "report",
    [
        "目前，全市医疗机构达到3200家",
        "截至目前，床位数达到6.8张",
        "“十三五”以来，全市新建医院12家",
        "近五年来，绿化覆盖率提高到42%",
        "过去三年，新增就业45万人",
        "去年地区生产总值增长5.5%",
        "全市已建成急救站12个",
        "参保率达到了95%",
    ],
)
def test_what_a_sentence_reports_is_no_target(report: str) -> None:
    assert targets_of(f"{report}。") == ()
    (target,) = targets_of(f"{report}，{_AHEAD}。")
    assert (target.indicator, target.value, target.deadline) == ("县域就诊率", "90", "2025年")
    assert len(targets_of(f"{report}。{_AHEAD}。")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "比去年提高3个百分点",
        "在目前基础上，就诊率提高到90%",
        "专家每年来院坐诊时间不少于20天",
        "青年来本市创业的，补助最高30万元",
        "去年收治患者不少于3000例",
    ],
)
def test_what_is_compared_with_or_asked_for_stays(text: str) -> None:
    assert len(targets_of(f"{text}。")) == 1


_PLAN = """云岭市人民政府关于印发云岭市卫生健康发展规划的通知

云政发〔{year}〕25号

各县（市、区）人民政府：

一、发展基础

2020年底，每千人口床位数达到6.4张。“十三五”期间，护士数由1.5人增加到2.9人。

二、发展目标

2025年底，每千人口床位数达到7.5张。“十四五”期间，护士数增加到3.8人。
"""


@pytest.mark.parametrize(("year", "values"), [(2021, ["7.5", "3.8"]), (2020, ["6.4", "2.9"])])
def test_a_time_before_the_document_is_past(year: int, values: list[str]) -> None:
    text = _PLAN.format(year=year)
    (policy,) = read_policies(Document("plan.txt", text, "0" * 64, "txt"))
    found = [target.value for clause in policy.clauses for target in clause.targets]
    assert [value for value in values if value in found] == values
    assert ("6.4" in found) == (year == 2020)


def test_the_year_of_a_document_is_the_first_that_it_names() -> None:
    assert own_year([None, Fact("2021–2025"), Fact("云政发〔2022〕25号")]) == 2021
    assert own_year([None]) == 0


@given(st.integers(2000, 2030), st.integers(0, 2030))
def test_only_targets_of_years_before_are_left_out(deadline: int, year: int) -> None:
    text = f"云岭市规划\n\n一、目标\n\n到{deadline}年，县域就诊率达到90%。\n"
    (policy,) = read_policies(Document("plan.txt", text, "0" * 64, "txt"))
    left = without_past(policy.clauses, year)
    assert [clause.text for clause in left] == [clause.text for clause in policy.clauses]
    assert sum(len(clause.targets) for clause in left) == int(deadline >= year)
