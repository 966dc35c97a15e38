"""Slips of input methods: one character of the same sound, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.slips import Slips
from index.sounds import sound_alike

WORDS = ["护士", "丽江", "医共体", "绩效考核", "重庆", "银行"]
TEXT = st.text(st.sampled_from("护士市丽江将医共供体绩效笑考核重庆从银行航"), max_size=6)


@given(TEXT)
def test_what_is_found_differs_in_one_character_of_the_same_sound(written: str) -> None:
    for word, place in Slips(WORDS).find(written):
        assert word[:place] + word[place + 1 :] == written[:place] + written[place + 1 :]
        assert word[place] != written[place]
        assert sound_alike(word[place], written[place])


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_no_slip_of_itself(word: str) -> None:
    assert list(Slips(WORDS).find(word)) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [("护市", "护士"), ("医供体", "医共体"), ("绩笑考核", "绩效考核"), ("银航", "银行")],
)
def test_slips_are_found(written: str, meant: str) -> None:
    assert [word for word, _ in Slips(WORDS).find(written)] == [meant]


def test_two_characters_of_which_one_is_a_word_by_itself_are_no_slip() -> None:
    assert list(Slips(["我市"]).find("我是")) == []


@pytest.mark.parametrize("pair", ["士市", "将江", "能冷", "金京", "行航", "艰坚", "山三"])
def test_what_sounds_alike(pair: str) -> None:
    assert sound_alike(*pair)


@pytest.mark.parametrize("pair", ["士人", "医护", "江海", "a士"])
def test_what_does_not(pair: str) -> None:
    assert not sound_alike(*pair)
