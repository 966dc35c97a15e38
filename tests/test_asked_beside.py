"""Sentences of a clause that give what another part of the question asks."""

from __future__ import annotations

import pytest

from assistant.asked_beside import with_asked_beside
from assistant.citations import DraftStatement, Quote
from assistant.question import read_question
from assistant.schema import Question
from assistant.scope import Shelf
from corpus.schema import Clause

TEXT = (
    "第六条 渡工补贴所需资金由县财政预算安排。渡工应当每日检查缆绳。"
    "补贴对象应当在公示之日起20日内领取，逾期不再发放。"
)
CLAUSE = Clause(
    "p/6", "p", None, "条", "第六条", ("第六条",), TEXT, 0, len(TEXT), ((0, len(TEXT)),)
)
SECOND = Quote(CLAUSE, TEXT.index("补贴对象"), len(TEXT))


def said(question: str) -> list[str]:
    reading = read_question(Question(question), Shelf([], [TEXT], words=str.split))
    drafts = with_asked_beside(reading, [DraftStatement(SECOND.text, (SECOND,))])
    return [draft.text for draft in drafts]


def test_what_the_other_part_asks_stands_beside() -> None:
    assert said("这笔钱从哪儿出？公示后多久不领就不给了？") == [
        "渡工补贴所需资金由县财政预算安排。",
        SECOND.text,
    ]


@pytest.mark.parametrize(
    "question",
    ["公示后多久不领就不给了？", "补贴多久领？渡工每天检查什么？", "公示后多久领，最迟哪天领？"],
)
def test_nothing_is_added_that_no_part_asks_by_its_form(question: str) -> None:
    assert said(question) == [SECOND.text]


def test_without_statements_there_is_nothing_beside() -> None:
    reading = read_question(Question("钱从哪里出？多久领？"), Shelf([], [TEXT], words=str.split))
    assert with_asked_beside(reading, []) == []
