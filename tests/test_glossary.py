"""The tables of terms: every row usable, sourced, and found in questions."""

from __future__ import annotations

import csv
from collections import Counter
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folding import fold
from index.glossary import english, synonyms
from index.term_finding import TermTable, english_terms
from index.words import Words


def rows(name: str) -> list[dict[str, str]]:
    with resources.files("index").joinpath("data", name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


def test_every_group_has_two_terms_a_field_and_a_source() -> None:
    table = rows("synonyms.csv")
    assert len(table) >= 600
    for row in table:
        terms = row["terms"].split("|")
        assert len(terms) > 1
        assert len(terms) == len(set(terms))
        assert all(len(term) > 1 for term in terms)
        assert row["field"]
        assert row["source"]


def test_every_english_term_stands_once_with_chinese_and_a_source() -> None:
    table = rows("english.csv")
    assert len(table) >= 1500
    assert max(Counter(row["english"] for row in table).values()) == 1
    for row in table:
        assert row["english"] == row["english"].strip().lower()
        assert all(row["chinese"].split("|"))
        assert row["field"]
        assert row["source"]


def test_terms_are_written_as_folded_text_is() -> None:
    # Looked up in folded questions, they would never be found otherwise.
    terms = [*synonyms(), *(term for terms in english().values() for term in terms)]
    assert [term for term in terms if fold(term) != term] == []


def test_a_term_never_stands_for_itself() -> None:
    assert [term for term, others in synonyms().items() if term in others] == []


@given(st.text(st.sampled_from("卫健委社保公积金低DRG a"), max_size=20))
def test_terms_that_are_found_stand_in_the_text(words: Words, text: str) -> None:
    folded = fold(text)
    assert all(term in folded for term in TermTable(synonyms()).find(folded, words.cut))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("卫健委管哪些", ["卫健委"]),
        ("drg怎么付", ["drg"]),
        ("drgx怎么付", []),
        ("居民医保缴多少", ["居民医保"]),  # the longest, not 医保
        ("", []),
    ],
)
def test_chinese_terms(words: Words, question: str, expected: list[str]) -> None:
    assert TermTable(synonyms()).find(question, words.cut)[:1] == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how many nurses per 1,000 population?", ["how many", "nurses", "per 1,000 population"]),
        ("medical insurance funds", ["medical insurance fund"]),
        ("the county's hospitals", ["county", "hospitals"]),
        ("subsidising", []),
        ("护士", []),
    ],
)
def test_english_terms(question: str, expected: list[str]) -> None:
    assert english_terms(question, english()) == expected
