"""What a document is about: its own headings, all of one level, in their order."""

from __future__ import annotations

import pytest

from tests.special_questions import answer_to, cited, finding_of


def test_a_statute_is_summed_up_by_its_chapters() -> None:
    answer = answer_to("路灯管理条例分几章")
    assert cited(answer) == ["lamps/c1", "lamps/c2"]
    assert "共2章" in answer.text


def test_a_plan_is_summed_up_by_its_headings() -> None:
    answer = answer_to("清河的绿化方案主要讲了什么")
    assert {"trees/1", "trees/2", "trees/2.1", "trees/3"} <= set(cited(answer))
    assert "共3部分" in answer.text


def test_the_parts_of_one_heading() -> None:
    answer = answer_to("清河绿化方案的重点任务有哪几块")
    assert {"trees/2.1", "trees/2.2"} <= set(cited(answer))
    assert not any(clause_id.startswith("trees/3") for clause_id in cited(answer))


@pytest.mark.parametrize(
    "question", ["路灯熄灭多久要修复", "主要讲了什么", "路灯管理条例里故障分几级"]
)
def test_other_questions_are_left_to_the_search(question: str) -> None:
    assert finding_of(question) is None
