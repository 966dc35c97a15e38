"""Parts that letters number: A部分, 甲、, A."""

from __future__ import annotations

import pytest

from corpus.addresses import resolve
from corpus.citation_forms import citations_of
from corpus.markers import marker_of
from corpus.policies import read_policies
from corpus.schema import Document
from tests.outlining import clauses_of_text

RULES = """某图书馆借阅规则
A部分　办证
1.条件
1.1年满六周岁的读者可以办证。
B部分　借还
2.期限
2.1每次借阅不超过30天。
2.2逾期不还的，暂停借阅。
"""


def test_lettered_parts_hold_the_numbers_that_run_on_below_them() -> None:
    labels = [clause.label for clause in clauses_of_text(RULES)]
    assert labels[1:] == ["A部分", "A部分1", "1.1", "B部分", "B部分2", "2.1", "2.2"]


def test_citations_of_lettered_parts_lead_back() -> None:
    policies = read_policies(Document("rules.txt", RULES, "", "txt"))
    forms = citations_of(policies[0])
    assert forms["rules/p2"].endswith("B部分")
    for clause_id, form in forms.items():
        assert resolve(form, policies).clause_id == clause_id


def test_letters_stand_above_the_numbers_or_below_them() -> None:
    text = (
        "某社章程\n甲、总则\n一、本社名为读书社。\n（一）收入包括：\nA. 会费\nB. 捐赠\n"
        "二、本社设理事会。\n"
        "乙、会员\n一、会员应当缴费。\n"
    )
    labels = [clause.label for clause in clauses_of_text(text)][1:]
    assert labels == [
        "甲",
        "甲一",
        "甲一（一）",
        "甲一（一）A",
        "甲一（一）B",
        "甲二",
        "乙",
        "乙一",
    ]


@pytest.mark.parametrize(
    "text", ["甲、乙双方应当履约。", "A、B、C三级分别处理。", "B超检查", "A类企业", "甲方应当付款"]
)
def test_letters_that_name_things_number_nothing(text: str) -> None:
    assert marker_of(text) is None


def test_a_letter_out_of_its_turn_opens_nothing() -> None:
    text = "某区改造方案\n一、范围\n改造范围如下。\n丙、丁两栋以外的楼。\n二、时间\n年内完成。\n"
    assert [c.label for c in clauses_of_text(text)][1:] == ["一", "二"]
