"""Lists whose items are clauses of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.below import with_parts
from assistant.citations import DraftStatement, Quote
from assistant.extractive import Candidate
from corpus.schema import Policy
from tests.factories import make_policy
from tests.made_hits import make_hits, make_reading

LEAD = "（二）减免。对下列人员免收费用："
ITEMS = ["1.现役军人；", "2.残疾人；", "3.七十周岁以上的老年人。\n老年人凭证件入园，不再登记。"]
WHOLE = [f"{LEAD}\n{ITEMS[0]}", *ITEMS[1:]]


def listing(lead: str = LEAD) -> Policy:
    """A clause that announces, and its items as clauses below it; then a clause beside them."""
    policy = make_policy([lead, *ITEMS, "（三）时间。开放时间为八时至十八时。"])
    first, *below, last = policy.clauses
    children = [replace(clause, parent_id=first.clause_id, kind="点") for clause in below]
    return replace(policy, clauses=(first, *children, last))


def told(policy: Policy, rows: list[int], *, kind: str = "fact", start: int = 0) -> list[str]:
    """What is said where the clauses of these rows were chosen."""
    candidates = [Candidate(hit, 0, len(hit.clause.text), 1.0) for hit in make_hits(policy)]
    chosen = [policy.clauses[row] for row in rows]
    drafts = [
        DraftStatement(clause.text[start:], (Quote(clause, start, len(clause.text)),))
        for clause in chosen
    ]
    return [draft.text for draft in with_parts(make_reading(kind=kind), drafts, candidates)]


def test_what_announces_brings_all_its_items() -> None:
    assert told(listing(), [0]) == WHOLE


def test_beside_a_whole_list_nothing_else_is_said_to_who_asks_for_a_list() -> None:
    assert told(listing(), [0, 4], kind="list") == WHOLE
    assert len(told(listing(), [0, 4])) == 4


def test_the_items_are_cited_before_what_announces_them() -> None:
    policy = listing()
    lead = policy.clauses[0]
    candidates = [Candidate(hit, 0, len(hit.clause.text), 1.0) for hit in make_hits(policy)]
    draft = DraftStatement(lead.text, (Quote(lead, 0, len(lead.text)),))
    first, *_ = with_parts(make_reading(kind="list"), [draft], candidates)
    assert [quote.text for quote in first.quotes] == [ITEMS[0], LEAD]


def test_an_item_that_was_chosen_too_is_told_once() -> None:
    assert told(listing(), [0, 1]) == WHOLE


def test_an_item_comes_with_what_announces_it_once() -> None:
    first, second = told(listing(), [1, 2])
    assert first == f"{LEAD.removeprefix('（二）减免。')}\n{ITEMS[0]}"
    assert second == ITEMS[1]


def test_words_behind_an_item_are_none_themselves() -> None:
    start = ITEMS[2].index("\n") + 1
    assert told(listing(), [3], start=start) == [ITEMS[2][start:]]


@pytest.mark.parametrize("lead", ["（二）减免。免收费用。", "（二）减免"])
def test_what_announces_nothing_stays_as_it_is(lead: str) -> None:
    assert told(listing(lead), [0]) == [lead]
    assert told(listing(lead), [1]) == [ITEMS[0]]
