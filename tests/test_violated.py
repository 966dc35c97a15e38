"""The penalty of an article that a question names."""

from __future__ import annotations

import pytest

from tests.special_questions import answer_to, cited, finding_of


@pytest.mark.parametrize(
    "question",
    [
        "违反路灯管理条例第三条规定要罚多少钱",
        "违反《清河市路灯管理条例》第三条有什么后果",
        "违反了清河路灯条例第三条会怎么处理",
    ],
)
def test_the_penalty_is_given_and_not_what_it_is_for(question: str) -> None:
    answer = answer_to(question)
    assert cited(answer) == ["lamps/4"]
    assert answer.statements[0].text == "违反本条例第三条规定的，处五百元罚款。"


def test_an_article_without_a_penalty_is_shown_beside_a_refusal() -> None:
    answer = answer_to("违反路灯管理条例第二条罚多少")
    assert (answer.status, answer.reason) == ("refused", "not_specified")
    assert [citation.clause_id for citation in answer.nearest] == ["lamps/2"]


@pytest.mark.parametrize(
    "question", ["违反路灯管理条例要罚多少", "按照第三条要罚多少", "路灯多久修"]
)
def test_questions_that_name_no_violated_article_are_left_alone(question: str) -> None:
    assert finding_of(question) is None
