"""Headings, steps and named paragraphs that a question asks for as a list."""

from __future__ import annotations

from dataclasses import replace

from assistant.enumeration import boxed_parts, enumerate_parts
from corpus.schema import Policy
from tests.factories import make_policy
from tests.made_hits import make_hits, make_reading

STEPS = ["（一）提出申请。向镇政府递交申请表。", "（二）现场核查。十日内完成。", "（三）张榜公示。"]
ITEMS = ["水源保护：新建护栏12公里。", "管网更新：更换老旧管道40公里。"]


def below(head: str, texts: list[str], *, kind: str) -> Policy:
    """A head, and the clauses that stand below it."""
    policy = make_policy([head, *texts])
    first, *rest = policy.clauses
    children = [
        replace(
            clause,
            parent_id=first.clause_id,
            kind=kind,
            path=(head, clause.text.split("。")[0] if kind == "项" else head),
        )
        for clause in rest
    ]
    return replace(policy, clauses=(replace(first, path=(head,)), *children))


def test_steps_are_the_headings_below_what_names_them() -> None:
    policy = below("三、办理流程", STEPS, kind="项")
    hits = make_hits(policy)[1:]
    asked = make_reading("危房改造要走哪几步", kind="number")
    told = [draft.text for draft in enumerate_parts(asked, hits, lambda _: 0.0)]
    assert told == ["（一）提出申请。", "（二）现场核查。", "（三）张榜公示。"]
    assert enumerate_parts(make_reading("改造给多少钱", kind="number"), hits, lambda _: 1.0) == []


def test_headings_below_another_head_are_no_steps() -> None:
    hits = make_hits(below("三、保障措施", STEPS, kind="项"))[1:]
    asked = make_reading("危房改造要走哪几步", kind="number")
    assert enumerate_parts(asked, hits, lambda _: 0.0) == []


def test_the_named_paragraphs_of_a_box_are_told_together() -> None:
    policy = below("专栏3农村饮水提升工程", ITEMS, kind="段")
    first, *rest = policy.clauses
    opened = f"{first.text}\n水厂建设：新建水厂5座。"
    policy = replace(policy, clauses=(replace(first, text=opened), *rest))
    asked = make_reading("农村饮水提升工程那个专栏有哪些项目", kind="list")
    told = [draft.text for draft in boxed_parts(asked, make_hits(policy))]
    assert told == ["水厂建设：新建水厂5座。", *ITEMS]
    other = make_reading("养老服务有哪些项目", kind="list")
    assert boxed_parts(other, make_hits(policy)) == []
