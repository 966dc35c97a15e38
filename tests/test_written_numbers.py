"""Numbers in words: the digits that they mean, and no number where none is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import chinese_number
from index.folding import fold
from index.written_numbers import number_words


@given(st.integers(min_value=11, max_value=9999))
def test_a_number_in_words_is_found_as_its_digits(number: int) -> None:
    assert number_words(f"共{chinese_number(number)}人") == [str(number)]


@given(st.integers(min_value=1, max_value=100))
def test_a_share_in_words_is_found_as_a_percentage(number: int) -> None:
    assert number_words(f"达到百分之{chinese_number(number)}以上") == [f"{number}%"]


@given(
    st.text(
        st.sampled_from("〇零一二三四五六七八九十百千万亿两点分之比成年1２,.％元个"), max_size=24
    )
)
def test_no_run_of_numerals_is_too_strange(text: str) -> None:
    assert all(word and word[0].isdigit() for word in number_words(fold(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一比二", ["1:2"]),
        ("1比0.6", ["1:0.6"]),
        ("三分之一", ["1/3"]),
        ("百分之三点五", ["3.5%"]),
        ("千分之六", ["6‰"]),
        ("三成以上", ["30%"]),
        ("10万元", ["100000"]),
        ("1.5亿", ["150000000"]),
        ("3千万", ["30000000"]),
        ("1,200人", ["1200"]),
        ("二〇二五年", ["2025"]),
        ("十八周岁", ["18"]),
        ("2025年达到30%", []),
        ("十四五时期", []),
        ("一二三", []),
        ("三级医院，三农，万一", []),
        ("建成立项", []),
    ],
)
def test_what_is_a_number(text: str, expected: list[str]) -> None:
    assert number_words(fold(text)) == expected
