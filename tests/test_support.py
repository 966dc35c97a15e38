"""Statements that keep every figure and still say something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.support import foreign_places, is_borne, share_of_pairs
from corpus.library import Library
from corpus.regions import find_regions

CITIES = ["青岛市", "苏州市", "大连市", "成都市", "贵阳市"]


def test_a_place_that_is_exchanged_is_seen_in_every_clause(library: Library) -> None:
    exchanged = 0
    for number, clause in enumerate(c for policy in library.policies for c in policy.clauses):
        for mention in find_regions(clause.text)[:1]:
            city = CITIES[number % len(CITIES)]
            wrong = clause.text[: mention.start] + city + clause.text[mention.end :]
            assert foreign_places(clause.text, clause.text) == ()
            assert city in foreign_places(wrong, clause.text)
            assert not is_borne(wrong, clause.text, question="怎么说")
            exchanged += 1
    assert exchanged > 50


@given(text=st.text())
def test_a_text_bears_itself(text: str) -> None:
    assert foreign_places(text, text) == ()
    assert share_of_pairs(text, text) == 1
    assert is_borne(text, text, question="怎么说")


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("聊城市增加护士配备", "安丘市增加护士配备"),
        ("公立医院取消编制", "增加护士配备，医护比达到1：2"),
        ("推行DIP付费", "推行DRG付费"),
    ],
)
def test_what_says_something_else_is_not_borne(statement: str, evidence: str) -> None:
    assert not is_borne(statement, evidence, question="怎么规定")
