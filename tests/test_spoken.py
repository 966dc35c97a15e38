"""Whether a document speaks of what is asked over several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.extractive import Candidate, rank_sentences
from assistant.spoken import best_worded, kept_beside, that_speak
from tests.made_hits import make_hits, make_reading, make_titled_policy

WORDS = ("护士", "配备")


def cover(text: str) -> float:
    """The share of WORDS that a text holds."""
    return sum(word in text for word in WORDS) / len(WORDS)


def said(texts: dict[str, tuple[str, float]]) -> dict[str, Candidate]:
    """The best sentence of each place: its text, and its cosine to the question."""
    found: dict[str, Candidate] = {}
    for place, (text, similarity) in texts.items():
        hits = make_hits(make_titled_policy(place, [text]), [5.0], similarity=similarity)
        found[place] = rank_sentences(make_reading(), hits)[0]
    return found


@given(
    similarities=st.lists(st.floats(0, 1), min_size=1, max_size=4),
    texts=st.lists(st.sampled_from(["增加护士配备。", "增加护士。", "门诊费用下降。"]), min_size=4),
)
def test_what_speaks_is_of_what_was_found(similarities: list[float], texts: list[str]) -> None:
    pairs = zip(texts, similarities, strict=False)
    best = said({str(number): pair for number, pair in enumerate(pairs)})
    spoken = that_speak(best, cover)
    assert spoken.items() <= best.items()
    assert all(pid in spoken for pid, c in best.items() if cover(c.text) == 1.0)


def test_neither_words_nor_meaning_is_not_spoken_of() -> None:
    best = said({"甲": ("门诊费用下降。", 0.5), "乙": ("推广后勤服务。", 0.3)})
    assert that_speak(best, cover) == {}


def test_meaning_does_not_outweigh_words_that_another_has() -> None:
    best = said({"甲": ("增加护士配备。", 0.6), "乙": ("门诊费用下降。", 0.9)})
    assert set(that_speak(best, cover)) == {"甲"}


def test_without_words_the_nearest_in_meaning_speak() -> None:
    best = said({"甲": ("门诊费用下降。", 0.9), "乙": ("推广后勤服务。", 0.89)})
    assert set(that_speak(best, cover)) == {"甲", "乙"}


@pytest.mark.parametrize("alike", [[], ["甲"]])
def test_of_one_that_says_it_nothing_follows_for_the_others(alike: list[str]) -> None:
    best = said({"甲": ("门诊费用下降。", 0.9), "乙": ("推广后勤服务。", 0.8)})
    assert kept_beside(best, {place: best[place] for place in alike}, cover) == best


def test_beside_several_that_say_the_same_others_need_the_words() -> None:
    best = said({p: ("门诊费用下降。", 0.9) for p in "甲乙"} | {"丙": ("推广后勤服务。", 0.9)})
    assert set(kept_beside(best, {place: best[place] for place in "甲乙"}, cover)) == {"甲", "乙"}


def test_a_sentence_beside_the_best_that_has_the_words_is_better() -> None:
    policy = make_titled_policy("甲", ["推动工作落实。增加护士配备。"])
    ranked = rank_sentences(make_reading(), make_hits(policy, [5.0, 4.0]))
    assert best_worded(ranked[0], ranked, cover).text == "增加护士配备。"
    assert best_worded(ranked[1], ranked, cover) is ranked[1]
