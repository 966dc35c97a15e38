"""What the form of a sentence is worth for what is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.fitting import fit, quoted_terms
from tests.factories import make_policy
from tests.made_hits import make_reading

PENALTY = frozenset({"penalty"})
EFFECTIVE = frozenset({"effective"})


def worth(
    text: str, *, kind: str, asked: str = "路灯", cues: frozenset[str] = frozenset()
) -> float:
    policy = make_policy([text], title="清河市路灯管理办法")
    return fit(make_reading(asked, kind=kind, cues=cues), policy.clauses[0], policy, text)


@given(text=st.text(min_size=1))
def test_any_sentence_has_a_worth(text: str) -> None:
    for kind in ("date", "unit", "basis", "definition", "number", "list", "yesno", "fact"):
        assert -3 < worth(text, kind=kind) < 5


@pytest.mark.parametrize(
    ("kind", "asked", "cues", "better", "worse"),
    [
        ("number", "多少", frozenset(), "建设路灯30盏。", "加强路灯建设。"),
        ("date", "哪天", frozenset(), "10月12日前完工。", "2025年完工。"),
        ("unit", "谁", frozenset(), "由市城管局负责。", "及时修复。"),
        ("basis", "依据", frozenset(), "根据《城市照明条例》，维护路灯。", "维护路灯。"),
        ("number", "罚多少", PENALTY, "处五百元罚款。", "三日内修复。"),
        ("date", "哪天", EFFECTIVE, "自2024年5月1日起施行。", "2024年5月1日前修复。"),
        ("definition", "“三灯”是什么", frozenset(), "做好“三灯”维护。", "做好三盏灯维护。"),
        ("fact", "登记", frozenset(), "登记不收费。", "《路灯登记规定》同时废止。"),
    ],
)
def test_the_form_that_is_asked_for_is_worth_more(
    kind: str, asked: str, cues: frozenset[str], better: str, worse: str
) -> None:
    assert worth(better, kind=kind, asked=asked, cues=cues) > worth(
        worse, kind=kind, asked=asked, cues=cues
    )


def test_a_bare_time_is_of_what_stands_above_it() -> None:
    policy = make_policy(["完成时限：2022年12月底"], title="清河市路灯管理办法")
    clause = replace(policy.clauses[0], path=("（二）改造城区路灯",))
    asked = [make_reading(topic, kind="date") for topic in ("改造路灯", "路灯改造", "建设学校")]
    of_it, turned, other = (fit(reading, clause, policy, clause.text) for reading in asked)
    assert of_it >= turned > 0 > other


def test_a_document_is_not_its_own_basis() -> None:
    own = "《清河市路灯管理办法》已经市政府同意。"
    assert worth(own, kind="basis") == 0
    assert worth("贯彻《城市照明条例》。" + own, kind="basis") > 0


def test_a_sentence_that_ends_a_document_answers_who_asks_for_that() -> None:
    text = "《路灯登记规定》同时废止。"
    assert worth(text, kind="fact", asked="哪个旧文件废止了") == 0


@pytest.mark.parametrize("question", ["“五灯”指什么", "「五燈」指什麼", '"五灯"指什么'])
def test_terms_in_quotation_marks(question: str) -> None:
    assert quoted_terms(question) == {"五灯"}


def test_what_a_violation_costs_answers_little_else() -> None:
    rule = "第三条 路灯应当在日落时开启。"
    cost = "第九条 违反本办法第三条规定，未开启路灯的，处五百元罚款。"
    policy = make_policy([rule, cost], title="清河市路灯管理办法")
    made = [replace(clause, kind="条") for clause in policy.clauses]

    def worth_of(place: int, cues: frozenset[str]) -> float:
        reading = make_reading("路灯什么时候开", kind="fact", cues=cues)
        return fit(reading, made[place], policy, made[place].text)

    assert worth_of(1, frozenset()) < worth_of(0, frozenset())
    assert worth_of(1, PENALTY) > worth_of(0, PENALTY)


@pytest.mark.parametrize(
    "asked", ["修路灯要交钱吗", "修灯收费吗？", "这笔钱可以收我的吗", "该不该收费？"]
)
def test_whether_money_is_due_is_told_by_a_sentence_on_money(asked: str) -> None:
    given = worth("维修路灯不得收取费用。", kind="yesno", asked=asked)
    assert given > worth("居民可以申请维修路灯。", kind="yesno", asked=asked)
