"""What is known of words, over a small index: what it finds, and what each switch leaves out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import LexicalIndex
from index.term_families import TermFamily
from index.wordbook import Knowledge, Wordbook, is_english
from index.words import Words
from tests.factories import make_policy

TEXTS = [
    "市卫生健康委员会负责医疗机构的监督管理。",
    "经费由同级财政承担。",
    "增加护士配备，医护比达到1：2。",
    "医共体内实行绩效考核。",
    "报销比例提高百分之三十。",
]
NOTHING = Knowledge(synonyms=False, english=False, homophones=False, numbers=False)
QUESTIONS = [
    ("synonyms", "卫健委", 0),
    ("english", "nurses", 2),
    ("homophones", "绩笑考核", 3),
    ("homophones", "护市", 2),
    ("numbers", "一比二", 2),
    ("numbers", "30%", 4),
]


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


@pytest.fixture(scope="module")
def index(words: Words) -> LexicalIndex:
    policy = make_policy(TEXTS)
    titles = {policy.policy_id: ""}
    return LexicalIndex.build(policy.clauses, TEXTS, titles, words=words)


@pytest.fixture(scope="module")
def wordbook(index: LexicalIndex, words: Words) -> Wordbook:
    return Wordbook(index, words)


def best(index: LexicalIndex, wordbook: Wordbook, query: str, knowledge: Knowledge) -> int:
    """The clause whose sentences match best, or -1."""
    wording = wordbook.wording(query, knowledge)
    scores = index.scores(wording.query, wording.families)
    total = scores["sentence_words"] + scores["sentence_bigrams"]
    return int(total.argmax()) if total.any() else -1


@pytest.mark.parametrize(("part", "query", "clause"), QUESTIONS)
def test_what_is_known_finds_the_clause(
    index: LexicalIndex, wordbook: Wordbook, part: str, query: str, clause: int
) -> None:
    assert best(index, wordbook, query, Knowledge()) == clause


@given(st.text(st.sampled_from("卫健委护市一比二30%nurse经费医供体，。 "), max_size=20))
@settings(deadline=None)
def test_without_what_is_known_a_query_is_only_folded(wordbook: Wordbook, query: str) -> None:
    assert wordbook.wording(query, NOTHING).families == ()


@given(st.text(st.sampled_from("卫健委护市一比二30%nurse经费医供体，。 "), max_size=20))
@settings(deadline=None)
def test_what_is_known_never_lowers_a_score(
    index: LexicalIndex, wordbook: Wordbook, query: str
) -> None:
    wording = wordbook.wording(query, Knowledge())
    plain, known = index.scores(wording.query), index.scores(wording.query, wording.families)
    assert all((known[name] >= plain[name] - 1e-6).all() for name in plain)


def test_a_row_counts_for_a_family_once(index: LexicalIndex) -> None:
    one = index.scores("", [TermFamily("", ("护士",), 1.0)])
    two = index.scores("", [TermFamily("", ("护士", "护士", "医疗机构护士"), 1.0)])
    assert all(np.array_equal(one[name], two[name]) for name in one)


def test_what_the_question_says_itself_is_not_added_again(index: LexicalIndex) -> None:
    plain = index.scores("护士")
    again = index.scores("护士", [TermFamily("护士", ("护士",), 1.0)])
    assert all(np.allclose(plain[name], again[name]) for name in plain)


def test_a_term_counts_where_all_of_it_stands(index: LexicalIndex) -> None:
    found = index.scores("", [TermFamily("", ("护士承担",), 1.0)])
    assert not any(scores.any() for scores in found.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how many nurses?", True),
        ("drg怎么付", False),
        ("護士", False),
        ("", False),
        ("1:2", False),
    ],
)
def test_what_is_english(text: str, *, expected: bool) -> None:
    assert is_english(text) is expected


def test_an_english_question_is_put_into_chinese_as_far_as_its_words_are_known(
    wordbook: Wordbook,
) -> None:
    question = "How many nurses must a hospital have?"
    assert wordbook.in_chinese(question, Knowledge()) == "数量 护士 应当 医院"
    assert wordbook.in_chinese("ICU护士配备", Knowledge()) == ""
    assert wordbook.in_chinese("How many nurses?", NOTHING) == ""
