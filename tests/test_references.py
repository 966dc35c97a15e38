from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.policies import read_policies
from corpus.references import ReferenceFinder, references_of
from corpus.schema import Clause, Document, Policy

STATUTE = """中华人民共和国图书法

第一章 总则

第一条 为了规范借阅，根据宪法，制定本法。

第二条 图书馆应当开放。

读者应当爱护图书。

第三条 有下列情形之一的，不予借阅：

（一）图书破损的；

（二）图书珍贵的；

（三）依照前项规定不宜外借的。

第四条 违反前条第二项规定的，依照本法第二条第二款、第三条处理。

对前款规定的决定不服的，依照第一条至第三条的规定申请复核。

第四条之一 本条所称读者，包括未成年人；前两条的规定适用于单位。

第五条 读者违反《中华人民共和国图书法》第三条第一项的，依照《刑法》第五条处理。
"""
PLAN = """云岭市图书馆建设方案

为贯彻落实《中华人民共和国图书法》和《云岭市文化规划》（云政发〔2020〕1号），制定本方案。

一、总体要求

按照《图书法》第二条第二款和本方案第二部分执行，以上条件和前款项目除外。

二、重点任务

（一）建设图书馆。
"""


def policies_from(**texts: str) -> list[Policy]:
    return [
        policy
        for name, text in texts.items()
        for policy in read_policies(Document(f"{name}.md", text, "", "md"))
    ]


@pytest.fixture(scope="module")
def policies() -> list[Policy]:
    return policies_from(law=STATUTE, plan=PLAN)


def find(policies: list[Policy], words: str, kind: str) -> Clause:
    return next(
        clause
        for policy in policies
        for clause in policy.clauses
        if words in clause.text and clause.kind == kind
    )


def led_to(policies: list[Policy], words: str, kind: str) -> dict[str, list[str]]:
    """Texts of the references of a clause with the labels that they lead to."""
    labels = {clause.clause_id: clause.label for policy in policies for clause in policy.clauses}
    clause = find(policies, words, kind)
    return {
        reference.text: [labels[target] for target in reference.targets]
        for reference in references_of(clause, policies)
    }


def test_references_inside_a_statute(policies: list[Policy]) -> None:
    assert led_to(policies, "违反前条第二项", "款") == {
        "前条第二项": ["第三条第（二）项"],
        "本法第二条第二款、第三条": ["第二条第二款", "第三条"],
    }


def test_a_range_and_the_paragraph_before(policies: list[Policy]) -> None:
    assert led_to(policies, "不服的", "款") == {
        "前款": ["第四条第一款"],
        "第一条至第三条": ["第一条", "第二条", "第三条"],
    }


def test_an_article_sees_where_in_it_a_reference_stands(policies: list[Policy]) -> None:
    assert led_to(policies, "不服的", "条")["前款"] == ["第四条第一款"]


def test_the_item_before_and_the_articles_before(policies: list[Policy]) -> None:
    assert led_to(policies, "不宜外借", "项") == {"前项": ["第三条第（二）项"]}
    assert led_to(policies, "本条所称读者", "款") == {
        "本条": ["第四条之一"],
        "前两条": ["第三条", "第四条"],
    }


def test_references_to_other_documents(policies: list[Policy]) -> None:
    clause = find(policies, "《刑法》", "款")
    own, other = references_of(clause, policies)
    assert own.kind == other.kind == "document"
    assert own.policy_id == "law"
    assert led_to(policies, "《刑法》", "款") == {
        "《中华人民共和国图书法》第三条第一项": ["第三条第（一）项"],
        "《刑法》第五条": [],
    }


def test_references_of_a_plan(policies: list[Policy]) -> None:
    assert led_to(policies, "以上条件", "部分") == {
        "《图书法》第二条第二款": ["第二条第二款"],
        "本方案第二部分": ["二"],
    }
    assert led_to(policies, "为贯彻落实", "前言")["《云岭市文化规划》（云政发〔2020〕1号）"] == []


def test_the_head_of_an_article_is_no_reference(policies: list[Policy]) -> None:
    assert led_to(policies, "图书馆应当开放", "条") == {}


@given(
    st.lists(st.sampled_from([*"第一二三条款项（）《》、至前本附件法1 \n"]), max_size=60).map(
        "".join
    )
)
def test_references_are_slices_and_lead_to_clauses(text: str) -> None:
    policies = policies_from(law=f"{STATUTE}\n第六条 {text}\n")
    known = {clause.clause_id for policy in policies for clause in policy.clauses}
    finder = ReferenceFinder(policies)
    for clause in policies[0].clauses:
        end = 0
        for reference in finder.references_of(clause):
            assert end <= reference.start < reference.end
            assert clause.text[reference.start : reference.end] == reference.text
            assert set(reference.targets) <= known
            end = reference.end
