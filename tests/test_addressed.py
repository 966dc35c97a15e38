"""Addresses in questions: the clause that stands there, or that none does; never another one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.address_marks import addresses_in
from corpus.citation_forms import citations_of
from tests.special_questions import answer_to, cited, finding_of, library

CLAUSES = [clause for policy in library().policies for clause in policy.clauses]
NUMBERED = [clause for clause in CLAUSES if addresses_in(clause.label) and clause.text]


@pytest.mark.parametrize(
    ("question", "clause_id"),
    [
        ("清河市路灯管理条例第三条第二款怎么说", "lamps/3.2"),
        ("《路灯管理条例》第二条", "lamps/2"),
        ("请问养犬管理办法第3条的内容", "dogs/3"),
        ("路灯管理条例第三条第三款第（二）项写了什么？", "lamps/3.3.2"),
        ("清河绿化方案二（一）2怎么说", "trees/2.1.2"),
        ("清政办〔2024〕3号第二部分第（一）项第2点说的是什么", "trees/2.1.2"),
        ("清河绿化方案的二（一）第2项", "trees/2.1.2"),
    ],
)
def test_the_clause_at_an_address_is_given_whole(question: str, clause_id: str) -> None:
    answer = answer_to(question)
    assert (answer.status, cited(answer)) == ("answered", [clause_id])
    assert answer.citations[0].clause_text == answer.statements[0].text


@settings(max_examples=25)
@given(clause=st.sampled_from(NUMBERED))
def test_the_form_in_which_officials_cite_a_clause_leads_to_it(clause: object) -> None:
    policy = next(p for p in library().policies if clause in p.clauses)
    own = next(c for c in policy.clauses if c is clause)
    form = citations_of(policy)[own.clause_id]
    answer = answer_to(f"{form}怎么说")
    assert answer.status == "answered"
    assert own.text in answer.citations[0].clause_text


@settings(max_examples=15)
@given(number=st.integers(5, 900), name=st.sampled_from(["路灯管理条例", "养犬管理办法"]))
def test_an_address_that_does_not_exist_is_never_answered(number: int, name: str) -> None:
    answer = answer_to(f"{name}第{number}条怎么说")
    assert (answer.status, answer.reason) == ("refused", "not_specified")
    assert answer.citations == ()
    assert f"没有第{number}条" in answer.text


def test_what_there_is_instead_is_said() -> None:
    assert "全文共4条" in answer_to("路灯管理条例第九条").text
    assert "第三条共3款" in answer_to("路灯管理条例第三条第八款").text
    assert "没有分项" in answer_to("绿化工作方案三（一）第5项").text


def test_an_address_that_several_documents_have_is_asked_back() -> None:
    answer = answer_to("第三条怎么说")
    assert answer.status == "clarify"
    assert len(answer.choices) == 2
    for choice in answer.choices:
        assert answer_to(choice).status == "answered"


def test_the_document_is_carried_over_from_the_question_before() -> None:
    assert cited(answer_to("第二条呢？", "养犬管理办法什么时候施行")) == ["dogs/2"]


def test_a_document_that_is_not_here_is_not_replaced_by_another() -> None:
    answer = answer_to("环境保护法第三条怎么说")
    assert (answer.status, answer.reason) == ("refused", "not_in_corpus")
    assert "环境保护法" in answer.text


def test_a_heading_is_given_with_what_stands_below_it() -> None:
    answer = answer_to("路灯管理条例第二章讲什么")
    assert cited(answer) == ["lamps/c2", "lamps/3", "lamps/4"]


@pytest.mark.parametrize(
    "question",
    ["按照路灯管理条例第三条规定要多久修复", "路灯多久修复", "比较清河和东山的第三条"],
)
def test_other_questions_are_left_to_the_search(question: str) -> None:
    assert finding_of(question) is None


@given(text=st.text(alphabet="第三条款项（一）(2)1、的 二", max_size=30))
def test_marks_are_slices_of_the_question(text: str) -> None:
    for mark in addresses_in(text):
        assert 0 <= mark.start < mark.end <= len(text)
        assert mark.steps
