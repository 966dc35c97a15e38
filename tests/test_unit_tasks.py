"""What a unit must do: every clause that gives it a role, once, and no other."""

from __future__ import annotations

import pytest

from tests.special_questions import answer_to, cited, finding_of, library


def bearing(name: str, policy_id: str = "") -> set[str]:
    """Ids of clauses without parts that print the name in a list of units or as who acts."""
    parents = {c.parent_id for p in library().policies for c in p.clauses}
    return {
        c.clause_id
        for p in library().policies
        for c in p.clauses
        if name in c.text and c.clause_id not in parents and policy_id in ("", p.policy_id)
    }


@pytest.mark.parametrize(
    ("question", "name", "policy_id"),
    [
        ("市园林局承担哪些任务", "市园林局", ""),
        ("清河市园林局要干什么", "市园林局", "trees"),
        ("清河财政局负责什么", "市财政局", "trees"),
        ("市财政局的任务有哪些？", "市财政局", ""),
    ],
)
def test_all_clauses_of_a_unit_are_listed(question: str, name: str, policy_id: str) -> None:
    answer = answer_to(question)
    assert set(cited(answer)) == bearing(name, policy_id)
    assert answer.table is not None
    assert len(answer.table.rows) == len(bearing(name, policy_id))
    assert f"共{len(answer.table.rows)}条" in answer.text


def test_a_role_that_is_asked_for_limits() -> None:
    assert cited(answer_to("哪些工作由市园林局牵头")) == ["trees/2.1.2"]
    assert cited(answer_to("市水利局配合哪些事")) == ["trees/2.1.2"]


def test_a_role_that_the_unit_never_has_is_said_and_its_others_are_given() -> None:
    answer = answer_to("市财政局牵头哪些工作")
    assert "没有写明由市财政局牵头" in answer.text
    assert answer.status == "answered"


def test_a_unit_that_no_document_names_is_refused_with_those_that_there_are() -> None:
    answer = answer_to("市气象局承担哪些任务")
    assert (answer.status, answer.reason) == ("refused", "not_specified")
    assert "市园林局" in answer.text


@pytest.mark.parametrize("question", ["市园林局每年要建多少口袋公园", "绿化由谁负责"])
def test_other_questions_are_left_to_the_search(question: str) -> None:
    assert finding_of(question) is None
