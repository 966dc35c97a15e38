"""Misspelt words: found where no text holds them, and nothing else is touched."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.mending import Mender, mended
from index.words import Words

TEXTS = "医共体内绩效考核由护士长自查，急缺岗位，公立医院治理，卫健委，几种医院，中医院"
VOCABULARY = ["医共体", "绩效考核", "护士", "自查", "下级", "公立医院", "监委", "中医院", "权利"]


@pytest.fixture(scope="module")
def mender() -> Mender:
    words = Words()
    pairs = {TEXTS[i : i + 2] for i in range(len(TEXTS) - 1)}
    pairs |= {word[i : i + 2] for word in VOCABULARY for i in range(len(word) - 1)}
    frequency = dict.fromkeys(VOCABULARY, 1)
    return Mender(frequency, pairs, cut=words.follow, is_word=words.knows)


@given(st.text(st.sampled_from("医供共体绩笑效考核护市士自察查的是我，a1 "), max_size=30))
def test_mends_lie_apart_in_order_and_keep_the_length(mender: Mender, text: str) -> None:
    found = mender.find(text)
    assert all(text[mend.start : mend.end] == mend.written != mend.meant for mend in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len(mended(text, found)) == len(text)


@given(st.text(st.sampled_from(TEXTS), max_size=12))
def test_what_a_text_says_is_no_slip(mender: Mender, text: str) -> None:
    held = {mend.written for mend in mender.find(TEXTS)}
    assert held == set()
    assert all(mend.written not in TEXTS for mend in mender.find(text))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("医供体的基金怎么付", [("医供体", "医共体")]),
        ("绩笑考核谁来定", [("绩笑考核", "绩效考核")]),
        ("护市有几个", [("护市", "护士")]),
        ("自察报告", [("自察", "自查")]),
        ("政策下急缺的专业", []),  # 急 belongs to 急缺
        ("卫健委牵头吗", []),  # 健 belongs to 卫健, so that 健委 is not 监委
        ("有什么权力", []),  # a word of the language
        ("hello, 123", []),
        ("", []),
    ],
)
def test_what_is_taken_for_a_slip(
    mender: Mender, question: str, expected: list[tuple[str, str]]
) -> None:
    assert [(mend.written, mend.meant) for mend in mender.find(question)] == expected


def test_only_what_is_sure_is_replaced(mender: Mender) -> None:
    text = "医供体的护市"
    assert mended(text, mender.find(text)) == "医共体的护市"
