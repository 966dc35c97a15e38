"""The usual parts of a plan by their names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.findings import Finding, Material
from assistant.usual_parts import usual_parts
from corpus.schema import Policy
from tests.factories import make_clause
from tests.made_hits import make_reading, make_titled_policy

HEADINGS = ["（一）加强组织领导", "（二）加大资金投入", "（三）做好宣传引导"]


def plan(name: str = "西河", part: str = "三、组织保障") -> Policy:
    policy = make_titled_policy(name, ["开展工作。"])
    head = replace(make_clause(part, clause_id=f"{name}/3"), label="三", path=(part,), kind="部分")
    below = [
        replace(
            make_clause(f"{heading}。各部门要落实责任。", clause_id=f"{name}/3.{n}"),
            parent_id=head.clause_id,
            label=f"三{heading[:3]}",
            path=(part, heading),
        )
        for n, heading in enumerate(HEADINGS)
    ]
    return replace(policy, clauses=(*policy.clauses, head, *below))


def found(
    question: str, *policies: Policy, kind: str = "list", named: bool = True
) -> Finding | None:
    reading = make_reading(question, kind=kind, policies=policies if named else [])
    reading = replace(reading, scope=replace(reading.scope, names=("西河",)))
    return usual_parts(Material(reading, {p.policy_id: p for p in policies}, list))


@pytest.mark.parametrize(
    "question",
    ["保障措施有哪些", "组织保障怎么写的", "组织实施有几条", "方案的组织领导", "有哪些工作要求"],
)
def test_a_part_is_found_by_any_of_its_names(question: str) -> None:
    finding = found(question, plan())
    assert finding is not None
    assert [draft.text.rstrip("。") for draft in finding.drafts] == HEADINGS
    assert "组织保障" in finding.lead
    assert "3" in finding.lead


def test_each_document_that_is_named_tells_its_own() -> None:
    finding = found("保障措施有哪些", plan(), plan("东河", "四、组织实施"))
    assert finding is not None
    assert len(finding.drafts) == 2 * len(HEADINGS)
    assert finding.lead.count("3") == 2


@pytest.mark.parametrize(
    "question",
    ["护士的保障措施", "保障措施由谁负责落实护士配备", "重点任务有哪些", "保障房有哪些", "有哪些"],
)
def test_other_questions_are_looked_up(question: str) -> None:
    assert found(question, plan()) is None


def test_it_is_for_documents_that_are_named_and_have_the_part() -> None:
    assert found("保障措施有哪些", plan(), named=False) is None
    assert found("保障措施有哪些", plan(part="三、资金来源")) is None
    assert found("保障措施由谁负责", plan(), kind="unit") is None


@given(st.text())
def test_any_question_is_read(question: str) -> None:
    finding = found(question, plan())
    assert finding is None or finding.drafts


def test_words_of_the_title_are_no_other_matter() -> None:
    policy = plan("西河水库工程建设")
    assert found("水库建设的保障措施有哪些", policy) is not None
    assert found("道路建设的保障措施有哪些", policy) is None
