"""Items that a question asks for by their number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.counted import counted_parts
from corpus.schema import Policy
from tests.factories import make_policy
from tests.made_hits import make_hits, make_reading

NAMES = ["医疗质量管理中心", "护理管理中心", "药事管理中心", "人事管理中心"]


def paragraphs(count: int) -> Policy:
    """A name that counts, and as many names at the head of paragraphs behind it."""
    texts = ["建设“四大中心”。", *(f"{name}。负责有关工作。" for name in NAMES[:count])]
    return make_policy([*texts, "完成时限：年底。"])


def headed(count: int) -> Policy:
    """A clause with headings below it."""
    policy = make_policy(["重点任务。", *(f"{name}。负责有关工作。" for name in NAMES[:count])])
    first, *below = policy.clauses
    children = tuple(
        replace(clause, parent_id=first.clause_id, path=(name,))
        for clause, name in zip(below, NAMES, strict=False)
    )
    return replace(policy, clauses=(first, *children))


def parts(policy: Policy, question: str, *, kind: str = "list") -> list[str]:
    found = counted_parts(make_reading(question, kind=kind), make_hits(policy))
    for draft in found:
        (quote,) = draft.quotes
        assert draft.text == quote.text
    return [draft.text for draft in found]


def test_names_at_the_head_of_paragraphs_are_told_in_full() -> None:
    said = parts(paragraphs(4), "“四大中心”逐个列出来")
    assert said == ["建设“四大中心”。", *(f"{name}。" for name in NAMES)]


def test_headings_as_many_as_are_asked_for_are_told() -> None:
    assert parts(headed(4), "重点任务一共四块，都是啥") == [f"{name}。" for name in NAMES]


@pytest.mark.parametrize(
    ("policy", "question", "kind"),
    [
        (paragraphs(2), "“四大中心”逐个列出来", "list"),
        (headed(4), "重点任务一共六块，都是啥", "list"),
        (headed(4), "重点任务有哪些", "list"),
        (paragraphs(4), "“四大中心”由谁负责", "unit"),
        (paragraphs(4), "“五大工程”是哪五个", "list"),
    ],
)
def test_without_as_many_nothing_is_told(policy: Policy, question: str, kind: str) -> None:
    assert parts(policy, question, kind=kind) == []
