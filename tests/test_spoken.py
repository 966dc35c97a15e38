"""Whether a document speaks of what is asked over several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.extractive import Candidate, rank_sentences
from assistant.spoken import (
    alike_at_least,
    best_naming,
    best_valued,
    best_worded,
    kept_beside,
    that_go_on,
    that_speak,
)
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


def of_one_document(*texts: str, scores: list[float]) -> list[Candidate]:
    """Sentences of one clause, best first."""
    policy = make_titled_policy("甲", ["".join(texts)])
    return rank_sentences(make_reading(), make_hits(policy, scores, similarity=0.7))


def test_all_that_come_as_near_as_one_another_speak_together() -> None:
    best = said({"甲": ("增加护士。", 0.54), "乙": ("护士培训。", 0.54)})
    assert alike_at_least(best, lambda text: 0.28) == best
    assert alike_at_least(best, lambda text: 0.1) == {}
    assert alike_at_least({"甲": best["甲"]}, lambda text: 0.28) == {}


def test_a_sentence_with_the_word_is_better_than_one_that_is_only_near() -> None:
    near, named = of_one_document("提高服务水平。", "增加护士配备。", scores=[6.0, 5.0])
    assert best_naming(near, [near, named], cover) is named
    assert best_naming(named, [near, named], cover) is named


def test_a_sentence_without_the_value_yields_to_one_that_has_it() -> None:
    near, valued = of_one_document("增加护士配备。", "护士配备30名。", scores=[6.0, 5.0])

    def gives(text: str) -> bool:
        return "30" in text

    assert best_valued(near, [near, valued], cover, gives) is valued
    assert best_valued(near, [near, valued], cover, lambda text: True) is near
    assert best_valued(near, [near], cover, gives) is near
    _, far = of_one_document("增加护士配备。", "门诊30次。", scores=[6.0, 5.0])
    assert best_valued(near, [near, far], cover, gives) is near


def test_sentences_on_something_else_do_not_go_on() -> None:
    best = said({"甲": ("增加护士配备。", 0.9), "乙": ("门诊费用下降。", 0.5)})
    assert that_go_on(best["甲"], [best["乙"]], cover) == []
    alike = said({"甲": ("增加护士配备。", 0.9), "乙": ("门诊费用下降。", 0.9)})
    assert that_go_on(alike["甲"], [alike["乙"]], cover) == [alike["乙"]]


def test_a_piece_right_behind_goes_on() -> None:
    best, behind = of_one_document("护士配备达标的，给十元；", "其余给五元；", scores=[6.0, 5.0])
    assert that_go_on(best, [behind], cover) == [behind]
