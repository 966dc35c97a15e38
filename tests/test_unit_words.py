"""The units that answer for a clause, by role."""

from __future__ import annotations

import pytest

from assistant.extractive import compose, rank_sentences
from assistant.unit_words import is_unit_tail, names_units, overall_units, units_said
from tests.made_hits import make_hits, make_reading, make_titled_policy


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "补助每部电梯。（市住建局牵头，市财政局、市市场监管局配合）",
            "牵头单位：市住建局；配合单位：市财政局、市市场监管局。",
        ),
        (
            "补助每部电梯。（牵头单位：市住建局；配合单位：市财政局）",
            "（牵头单位：市住建局；配合单位：市财政局）",
        ),
        ("补助每部电梯。（责任单位：市住建局、市财政局）", "（责任单位：市住建局、市财政局）"),
    ],
)
def test_several_roles_are_said_in_one_form(text: str, said: str) -> None:
    hits = make_hits(make_titled_policy("甲", [text]), [5.0])
    (draft,) = units_said(hits[0])
    assert draft.text == said
    assert draft.quotes[0].text in text


def test_a_clause_that_names_nobody_leads_to_who_carries_out_the_whole() -> None:
    policy = make_titled_policy(
        "甲", ["补齐薄弱专科短板。", "市卫健局负责本方案的组织实施和督导。市财政局落实经费。"]
    )
    reading = make_reading("薄弱专科", kind="unit", policies=[policy])
    hits = make_hits(policy, [9.0, 1.0])
    assert not names_units(hits[0])
    (draft,) = overall_units(policy)
    said = compose(reading, rank_sentences(reading, hits))
    assert [statement.text for statement in said] == ["补齐薄弱专科短板。", draft.text]
    assert draft.text.endswith("市卫健局负责本方案的组织实施和督导。")


def test_nobody_is_made_up() -> None:
    policy = make_titled_policy("甲", ["补齐薄弱专科短板。", "（责任单位：市财政局）"])
    assert overall_units(policy) == []
    assert units_said(make_hits(policy)[0]) == []
    assert is_unit_tail("（责任单位：市财政局）")
