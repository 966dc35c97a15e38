from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import chinese_number, parse_number


@given(st.integers(min_value=1, max_value=9999))
def test_what_is_written_is_read_back(number: int) -> None:
    assert parse_number(chinese_number(number)) == number


@given(st.integers(min_value=0, max_value=10**18))
def test_digits_of_any_width_are_read(number: int) -> None:
    plain = str(number)
    wide = plain.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    chinese = plain.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    assert parse_number(plain) == parse_number(wide) == parse_number(chinese) == number


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = parse_number(text)
    assert number is None or number >= 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零三", 103),
        ("一百二十三", 123),
        ("一千二百六十", 1260),
        ("两千", 2000),
        ("二〇二四", 2024),
        ("二零二四", 2024),
        ("叁拾贰", 32),
        ("三千五百万", 35_000_000),
        ("二十万零五百", 200_500),
        ("一亿零三万", 100_030_000),
        ("一万亿", 10**12),
        ("万", 10_000),
        ("①", 1),
        ("⑳", 20),
        ("㈩", 10),
        ("⑴", 1),
        ("⒈", 1),
        ("❿", 10),
        ("㊱", 36),
    ],
)
def test_numerals(text: str, number: int) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "x", "1.5", "½", "-1", "一x", "第一", "9" * 65, "一" * 65])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_paragraphs_beyond_ten_thousand_are_counted_in_digits() -> None:
    assert chinese_number(10_000) == "10000"
