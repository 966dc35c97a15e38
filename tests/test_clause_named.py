"""The address of a clause before its words, where it is asked for."""

from __future__ import annotations

import pytest

from assistant.citations import DraftStatement, Quote
from assistant.clause_named import with_addresses
from corpus.policies import read_policies
from corpus.schema import Document
from tests.made_hits import make_reading

STATUTE = """东湖市养猫管理条例
第一条 为了规范养猫行为，制定本条例。
第二条 养猫登记证有效期为一年。逾期不延续的，登记证失效。
第三条 养猫不得扰民。
"""


def drafts() -> list[DraftStatement]:
    """A statement of each sentence behind the first article."""
    (policy,) = read_policies(Document("made.txt", STATUTE, "0" * 64, "txt"))
    by_label = {clause.label: clause for clause in policy.clauses}
    found = []
    for label, words in (
        ("第二条", "养猫登记证有效期为一年。"),
        ("第二条", "逾期不延续的，登记证失效。"),
        ("第三条", "养猫不得扰民。"),
    ):
        clause = by_label[label]
        start = clause.text.index(words)
        found.append(DraftStatement(words, (Quote(clause, start, start + len(words)),)))
    return found


@pytest.mark.parametrize(
    "question", ["登记证管几年？第几条写的", "猫证有效期是哪一条规定的？", "which article says so?"]
)
def test_each_article_is_named_once(question: str) -> None:
    assert [draft.text for draft in with_addresses(make_reading(question), drafts())] == [
        "第二条：养猫登记证有效期为一年。",
        "逾期不延续的，登记证失效。",
        "第三条：养猫不得扰民。",
    ]


@pytest.mark.parametrize("question", ["登记证管几年？", "遛猫走哪条路？", "第二条说什么"])
def test_nothing_is_named_where_it_is_not_asked_for(question: str) -> None:
    assert with_addresses(make_reading(question), drafts()) == drafts()
