"""Chinese numerals as official documents write them, to integers; pure.

Covers counting numerals (一百二十三), digit strings (二〇二四), the simplified and the formal
characters, circled digits (①) and plain digits of any width.
"""

from __future__ import annotations

import unicodedata

DIGITS = {
    **dict(zip("〇一二三四五六七八九", range(10), strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "两": 2,
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
CHINESE_NUMERAL = "[〇零一二三四五六七八九十百千两]"
"""A character class for one character of the numerals that number clauses."""


def parse_number(text: str) -> int | None:
    """The integer that ``text`` writes, or None where it writes none.

    >>> parse_number("一百二十三"), parse_number("二〇二四"), parse_number("④"), parse_number("x")
    (123, 2024, 4, None)
    """
    if not text:
        return None
    folded = unicodedata.normalize("NFKC", text)
    if folded.isascii():
        return int(folded) if folded.isdigit() else None
    if any(char not in DIGITS and char not in UNITS and char not in MYRIADS for char in text):
        return None
    if all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    return _counted(text)


def _counted(text: str) -> int:
    total = section = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in UNITS:
            section += (digit or 1) * UNITS[char]
            digit = 0
        else:
            total = (total + section + digit or 1) * MYRIADS[char]
            section = digit = 0
    return total + section + digit
