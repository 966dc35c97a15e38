"""Misspelt names of places: read as those of the library, and no other word is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.misspelt_places import PlaceNames
from index.words import Words

CORPUS = "丽江市公立医院。安丘市方案。邢台市解读。"
NAMES = ["丽江市", "丽江", "安丘市", "安丘", "邢台市", "邢台"]


@pytest.fixture(scope="module")
def places() -> PlaceNames:
    return PlaceNames(NAMES, CORPUS, words=Words().cut)


@given(st.text(st.sampled_from("丽江将市安丘秋邢刑台的季1a"), max_size=16))
def test_the_length_stays_and_a_second_look_changes_nothing(places: PlaceNames, text: str) -> None:
    mended = places.mended(text)
    assert len(mended) == len(text)
    assert places.mended(mended) == mended


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("丽将市怎么规定", "丽江市怎么规定"),
        ("刑台的医保", "邢台的医保"),
        ("安邱几张床位", "安丘几张床位"),
        ("平安秋季学期", "平安秋季学期"),
        ("丽江市怎么规定", "丽江市怎么规定"),
        ("苏州市怎么规定", "苏州市怎么规定"),
        ("", ""),
    ],
)
def test_which_words_are_places(places: PlaceNames, question: str, expected: str) -> None:
    assert places.mended(question) == expected
