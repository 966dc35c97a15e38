"""Numbers that are written in words, in the one form that digits have; pure.

三十 = 30, 百分之三十 = 30%, 三分之一 = 1/3, 一比二 = 1:2, 10万 = 100000, 二〇二五年 = 2025. What a
text says stays as it is: these are further words by which it is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.numerals import MYRIADS, UNITS, parse_number

_DIGITS = "〇零一二三四五六七八九"
_COUNTED = rf"[{_DIGITS}十百千万亿两]+"
_PLAIN = r"\d+(?:\.\d+)?"
_NUMBER = rf"(?:{_PLAIN}|{_COUNTED})"

_FORMS = re.compile(
    rf"(?P<scale>百分|千分)之(?P<share>{_COUNTED}点[{_DIGITS}]+|{_NUMBER})"
    rf"|(?P<below>{_NUMBER})分之(?P<above>{_NUMBER})"
    rf"|(?P<left>{_NUMBER})比(?P<right>{_NUMBER})"
    rf"|(?P<tenths>[一二三四五六七八九])成(?=$|[^\u4e00-\u9fff]|以|左|的|多|以上)"
    rf"|(?P<plain>\d[\d,]*(?:\.\d+)?)(?P<myriad>[十百千]?[万亿])"
    rf"|(?P<grouped>\d{{1,3}}(?:,\d{{3}})+)(?![\d,.:/%])"
    rf"|(?P<year>[{_DIGITS}]{{4}})(?=年)"
    # Not 十四五, which is a plan; not 一二三, which is a list; not 三 in 三级 or 三农.
    rf"|(?P<long>(?!十[{_DIGITS}]五)(?:十[{_DIGITS}]|[{_DIGITS}两]?[十百千])[{_COUNTED[1:-2]}]*"
    rf"|[{_DIGITS}两][万亿][{_COUNTED[1:-2]}]*)"
)
_PER = {"百分": "%", "千分": "‰"}


def number_words(folded: str) -> list[str]:
    """The numbers of a folded text that are not written as plain digits already, in digits.

    >>> number_words("百分之三十，即一比二，共10万元")
    ['30%', '1:2', '100000']
    """
    return [digits for _, digits in written_numbers(folded)]


def written_numbers(folded: str) -> list[tuple[str, str]]:
    """The same numbers as the text writes them and in digits.

    >>> written_numbers("一比二")
    [('一比二', '1:2')]
    """
    matches = _FORMS.finditer(folded)
    return [(match.group(), digits) for match in matches for digits in _words_of(match)]


def _words_of(match: re.Match[str]) -> Iterator[str]:
    parts = match.groupdict()
    if parts["scale"]:
        yield from _joined("{}" + _PER[parts["scale"]], parts["share"])
    elif parts["below"]:
        yield from _joined("{}/{}", parts["above"], parts["below"])
    elif parts["left"]:
        yield from _joined("{}:{}", parts["left"], parts["right"])
    elif parts["tenths"]:
        yield from _joined("{}0%", parts["tenths"])
    elif parts["plain"]:
        yield _multiplied(parts["plain"], parts["myriad"])
    elif parts["grouped"]:
        yield parts["grouped"].replace(",", "")
    else:
        yield from _joined("{}", parts["year"] or parts["long"])


def _joined(form: str, *numbers: str) -> Iterator[str]:
    values = [_value(number) for number in numbers]
    if None not in values:
        yield form.format(*values)


def _value(number: str) -> str | None:
    if number[0].isdigit() and number.isascii():
        return number
    whole, _, fraction = number.partition("点")
    value = parse_number(whole)
    digits = [parse_number(digit) for digit in fraction]
    if value is None:
        return None
    return ".".join(filter(None, (str(value), "".join(map(str, digits)))))


def _multiplied(plain: str, myriad: str) -> str:
    value = Decimal(plain.replace(",", "")) * MYRIADS[myriad[-1]]
    if len(myriad) > 1:
        value *= UNITS[myriad[0]]
    return f"{value.normalize():f}"
