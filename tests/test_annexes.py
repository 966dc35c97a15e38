"""Questions for the inside of an annex that is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.annexes import asks_of_missing_annex
from corpus.schema import Policy
from tests.made_hits import make_reading, make_titled_policy


def policy_with(*kinds: tuple[str, str]) -> Policy:
    policy = make_titled_policy("西河", [text for _, text in kinds])
    clauses = zip(policy.clauses, kinds, strict=True)
    return replace(policy, clauses=tuple(replace(c, kind=kind) for c, (kind, _) in clauses))


LISTED = ("附件说明", "附件：1.西河市主要指标表（42项）\n2.平台接口规范")
BODY = ("一、", "一、压实责任。")


@pytest.mark.parametrize(
    "question",
    [
        "附件1里每一项各多少分？",
        "主要指标表里平均住院日的目标值",
        "平台接口规范用的是哪个版本",
    ],
)
def test_an_annex_that_is_only_listed(question: str) -> None:
    assert asks_of_missing_annex(make_reading(question), policy_with(BODY, LISTED))


def test_an_annex_that_came_along() -> None:
    policy = policy_with(BODY, LISTED, ("附件", "附件1 主要指标表"))
    assert not asks_of_missing_annex(make_reading("附件1里每一项各多少分？"), policy)


@pytest.mark.parametrize(
    "question", ["附件有哪些？", "有几个附件？", "平均住院日的目标是多少？", "责任怎么压实"]
)
def test_what_the_list_or_the_body_says(question: str) -> None:
    assert not asks_of_missing_annex(make_reading(question), policy_with(BODY, LISTED))


def test_a_text_without_annexes() -> None:
    assert asks_of_missing_annex(make_reading("附件1里有什么要求"), policy_with(BODY))
    assert not asks_of_missing_annex(make_reading("责任怎么压实"), policy_with(BODY))
