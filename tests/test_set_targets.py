"""All figures that one document sets."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.findings import Finding, Material
from assistant.set_targets import set_targets
from corpus.schema import Policy
from corpus.targets import targets_of
from tests.made_hits import make_reading, make_titled_policy

TEXTS = [
    "到2025年，县域就诊率达到90%。",
    "三级医院预约诊疗率达到50%以上。",
    "到2027年，村卫生室标准化率达到80%。",
    "加强组织领导。",
]


def policy_of(*texts: str) -> Policy:
    policy = make_titled_policy("西河县医院高质量发展", list(texts))
    starts = [0, *accumulate(len(text) for text in texts)]
    clauses = tuple(
        replace(c, segments=((start, start + len(c.text)),), targets=targets_of(c.text))
        for start, c in zip(starts, policy.clauses, strict=False)
    )
    return replace(policy, clauses=clauses)


def found(question: str, policy: Policy, *, named: bool = True) -> Finding | None:
    reading = make_reading(question, policies=[policy] if named else [])
    return set_targets(Material(reading, {policy.policy_id: policy}, list))


@pytest.mark.parametrize(
    "question",
    [
        "有哪些量化指标",
        "定了哪些硬指标",
        "具体数字目标都有哪些",
        "主要目标是什么",
        "医院高质量发展的主要指标",
        "这个方案的全部指标列一下",
    ],
)
def test_all_figures_are_told_as_a_table(question: str) -> None:
    finding = found(question, policy_of(*TEXTS))
    assert finding is not None
    assert [row.cells[1] for row in finding.rows] == ["90%", "50%以上", "80%"]
    assert [draft.text for draft in finding.drafts] == TEXTS[:3]
    assert "3项" in finding.lead


def test_a_year_leaves_those_that_are_for_it() -> None:
    texts = [*TEXTS, *(f"到2025年，{what}占比达到{n}0%。" for n, what in enumerate("东西", 3))]
    finding = found("2025年有哪些量化指标", policy_of(*texts))
    assert finding is not None
    assert [row.cells[1] for row in finding.rows] == ["90%", "30%", "40%"]
    assert "2025年" in finding.lead
    other = found("2030年有哪些量化指标", policy_of(*texts))
    assert other is not None
    assert len(other.rows) == 5


@pytest.mark.parametrize(
    "question",
    [
        "护士的主要指标是什么",
        "县域就诊率目标",
        "由谁定指标",
        "指标怎么考核",
        "有哪些医院",
        "目标群体",
    ],
)
def test_other_questions_are_looked_up(question: str) -> None:
    assert found(question, policy_of(*TEXTS)) is None


def test_goals_under_their_own_heading_are_looked_up() -> None:
    policy = policy_of(*TEXTS)
    headed = replace(policy.clauses[3], path=("（二）发展目标",))
    policy = replace(policy, clauses=(*policy.clauses[:3], headed))
    assert found("发展目标是什么", policy) is None
    assert found("有哪些量化指标", policy) is not None


def test_it_is_for_one_document_that_sets_several() -> None:
    assert found("有哪些量化指标", policy_of(*TEXTS), named=False) is None
    assert found("有哪些量化指标", policy_of(*TEXTS[2:])) is None


def test_a_long_list_is_told_in_part_and_shown_whole() -> None:
    texts = [
        f"{'统筹推进各项工作，' * 5}{what}达标率达到{n}0%。"
        for n, what in enumerate("甲乙丙丁戊己", 2)
    ]
    finding = found("有哪些量化指标", policy_of(*texts))
    assert finding is not None
    assert len(finding.rows) == 6
    assert 0 < len(finding.drafts) < 6


@given(st.text())
def test_any_question_is_read(question: str) -> None:
    policy = policy_of(*TEXTS)
    finding = found(question, policy)
    assert finding is None or {d.text for d in finding.drafts} <= set(TEXTS)
