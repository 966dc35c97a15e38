"""Chinese numerals as official documents write them, to integers; pure.

Covers counting numerals (一百二十三), digit strings (二〇二四), the simplified and the formal
characters, numbers in one character (① ㈠ ⑴ ⒈ ❶) and plain digits of any width.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

DIGITS = {
    **dict(zip("〇一二三四五六七八九", range(10), strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "两": 2,
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
CHINESE_NUMERAL = "[〇零一二三四五六七八九十百千两]"
"""A character class for one character of the numerals that number clauses."""
LETTERS = {
    letter: number
    for letters in ("甲乙丙丁戊己庚辛壬癸", "壹贰叁肆伍陆柒捌玖拾", "ABCDEFGHIJKL")
    for number, letter in enumerate(letters, start=1)
}
"""Letters and formal numerals that number parts, with their numbers."""
_NUMERALS = frozenset((*DIGITS, *UNITS, *MYRIADS))
MAX_DIGITS = 64  # int() refuses some thousands of digits; nothing counts that far


@lru_cache(maxsize=4096)  # the same small numbers number all clauses
def parse_number(text: str) -> int | None:
    """The integer that ``text`` writes, or None where it writes none.

    >>> parse_number("一百二十三"), parse_number("二〇二四"), parse_number("④"), parse_number("x")
    (123, 2024, 4, None)
    """
    if not text or len(text) > MAX_DIGITS:
        return None
    if text in DIGITS:
        return DIGITS[text]
    if _NUMERALS.issuperset(text):
        if DIGITS.keys() >= set(text):
            return int("".join(str(DIGITS[char]) for char in text))
        return _counted(text)
    if len(text) == 1 and not text.isalpha():
        value = unicodedata.numeric(text, -1.0)
        return int(value) if value >= 0 and value.is_integer() else None
    folded = unicodedata.normalize("NFKC", text)
    return int(folded) if folded.isascii() and folded.isdigit() else None


@lru_cache(maxsize=4096)
def chinese_number(number: int, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    """A number as counting numerals write it (三百零五); from 10 000 on in plain digits.

    Args:
        number: not negative.
        digits: the characters for 0 to 9.
        units: the characters for 10, 100 and 1000.

    >>> chinese_number(3), chinese_number(12), chinese_number(20), chinese_number(305)
    ('三', '十二', '二十', '三百零五')
    """
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    written = ""
    gap = False
    for value, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            written += (digits[0] if gap else "") + digits[digit] + unit
        gap = bool(written) and not digit
    return written.removeprefix("一") if written.startswith("一十") else written


def _counted(text: str) -> int:
    total = section = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in UNITS:
            section += (digit or 1) * UNITS[char]
            digit = 0
        else:
            section += digit
            myriad = MYRIADS[char]
            if total >= myriad:  # 一亿零三万: the lower one counts for itself
                total += (section or 1) * myriad
            else:
                total = (total + section or 1) * myriad
            section = digit = 0
    return total + section + digit
