"""Folding: one spelling for what is typed in many, and no change the second time."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folding import fold

# Lone surrogates too: no file holds one, but a JSON request can.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
CHINESE = st.text(st.sampled_from("医院護衛乾隆著薴苧發髮台臺係繫—－：∶ 　\n1２A"), max_size=40)


@given(ANY_TEXT | CHINESE)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_no_single_character_folds_further_the_second_time() -> None:
    # In blocks, so that a million characters take a second.
    blocks = (range(start, start + 0x100) for start in range(0, sys.maxunicode + 1, 0x100))
    folded = [fold("医".join(map(chr, block))) for block in blocks]
    assert [text for text in folded if fold(text) != text] == []


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("医护比１：２", "医护比1:2"),
        ("1∶2", "1:2"),
        ("2026—2028年", "2026-2028年"),
        ("2026～2028", "2026-2028"),
        ("破折号——两格", "破折号-两格"),
        ("公立 医\n院", "公立医院"),
        ("CT 检查", "ct 检查"),
        ("醫護人員", "医护人员"),
        ("乾 隆", "乾隆"),
        ("㈠　Ｂ超", "(一) b超"),
        ("\ud800x", "?x"),
        ("", ""),
    ],
)
def test_spellings(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_numerals_in_characters_are_left_alone() -> None:
    assert fold("三级医院二〇二五年") == "三级医院二〇二五年"
