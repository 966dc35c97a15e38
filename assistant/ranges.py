"""Amounts of a question in the ranges that rules are graded by; pure.

An official asks for 七万元; the text speaks of 5万元以上10万元以下. 以上, 以下, 以内 and 届满
include the amount itself, 不满, 超过 and 以外 do not (《中华人民共和国民法典》第一千二百五十九条).
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from corpus.numerals import parse_number
from index.folding import fold

_HAN = "零一二三四五六七八九十百千两"
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_UNITS = (
    "元|人|名|岁|周岁|亩|张|户|台|辆|件|家|次|天|日|小时|分钟|个月|年|吨|公里|平方米|平方公里|"
    "公顷|立方米|度|°c|%|分|级|层|米|批次|套|种|样|只|头|份|笔|公斤|千克|克|毫升|升|厘米|公分|钟头|个钟头|个"
)
_SPOKEN = {"块": "元", "块钱": "元", "名": "人", "周岁": "岁", "平": "平方米", "平米": "平方米"}
_SPOKEN |= {"度": "°c", "日": "天", "方": "立方米", "样": "种", "公斤": "千克", "公分": "厘米"}
_SPOKEN |= {"钟头": "小时", "个钟头": "小时"}
_NUMBER = (
    rf"(?P<{{0}}>\d+(?:\.\d+)?|[{_HAN}]+)(?P<{{0}}_scale>[十百千]?[万亿]?)(?P<{{0}}_unit>{_UNITS})?"
)
_INCLUDED = r"(?:\((?P<{0}>含|不含)[^()]{{0,6}}\))?"
_BETWEEN = re.compile(
    r"(?<![\d.])"
    + _NUMBER.format("low")
    + _INCLUDED.format("low_in")
    + r"(?:(?:以上|起)(?:至|到|-|~|—|、)?|至|到|-|~|—)(?:不满|不足|低于)?"
    + _NUMBER.format("high")
    + _INCLUDED.format("high_in")
    + r"(?:以下|以内|之间)?"
)
_BELOW = re.compile(
    r"(?P<before>不满|不足|低于|未满)?"
    + _NUMBER.format("high")
    + _INCLUDED.format("high_in")
    + r"(?P<word>及?以下|以内|及以内)?"
)
_ABOVE = re.compile(
    r"(?P<before>超过|高于|满)?"
    + _NUMBER.format("low")
    + _INCLUDED.format("low_in")
    + r"(?P<word>及?以上|以外)?"
)
# Not a date, an address, a share of a plan's name, or an ordinal.
_ASKED = re.compile(
    rf"(?P<over>超过|超出|高于|多于|大于|不止)?(?P<under>不到|不足|不满|未满|低于|少于|小于)?(?<![第\d.十])(?P<n>\d+(?:\.\d+)?|[{_HAN}]+)(?P<more>[多几来余]?)(?P<scale>[十百千]?[万亿]?)"
    rf"(?P<more_too>[多几来余]?)(?P<unit>块钱|块|平米|平|方(?!面|式|案|向|法|便|可|能|位)|{_UNITS})?"
)
_NO_AMOUNT = re.compile(r"\s*(?:年底|月|号|条|款|项|点|类|[ABC])")
_PRICE_OF = re.compile(r"(?:钱|元|块|多少|几)$")  # 多少钱一吨
_LEAST_YEAR, _MOST_YEAR = 1900, 2100


class Amount(NamedTuple):
    """A number with what it counts."""

    value: float
    unit: str


class Range(NamedTuple):
    """From the least to the most that lies within, in a unit."""

    low: float
    high: float
    unit: str

    def holds(self, amount: Amount) -> bool:
        """Whether the amount lies within."""
        return amount.unit == self.unit and self.low <= amount.value <= self.high


@lru_cache(maxsize=64)  # every sentence that was found is held against those of one question
def amounts_of(question: str) -> tuple[Amount, ...]:
    """The amounts that a question names.

    >>> amounts_of("看病自己掏了7万元")
    (Amount(value=70000.0, unit='元'),)
    """
    found: list[Amount] = []
    folded = fold(question)
    for match in _ASKED.finditer(folded):
        value = _value(match["n"], match["scale"])
        year = match["unit"] == "年" and _LEAST_YEAR <= value <= _MOST_YEAR
        of_each = match["n"] == "一" and _PRICE_OF.search(folded, 0, match.start())
        if year or of_each or _NO_AMOUNT.match(folded, match.end()):
            continue
        if not match["unit"] and not match["scale"]:
            continue  # a bare number can be anything
        is_more = match["more"] or match["more_too"] or match["over"]
        more = 1.001 if is_more else 0.999 if match["under"] else 1.0
        found.append(Amount(value * more, _unit(match["unit"] or "元")))  # 80万 is money
    water = [Amount(a.value, "立方米") for a in found if a.unit == "吨" and "水" in folded]
    return (*found, *water)


def ranges_of(text: str) -> list[Range]:
    """The ranges that a text is graded by.

    >>> [(r.low, r.high) for r in ranges_of("2万元以上5万元以下的，给予3000元")]
    [(20000.0, 50000.0)]
    """
    folded = fold(text)
    found: list[Range] = []
    rest = folded
    for match in _BETWEEN.finditer(folded):
        ends = _ends(match)
        if ends is not None:
            found.append(ends)
            rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    for match in _BELOW.finditer(rest):
        if match["before"] or match["word"]:
            high = _value(match["high"], match["high_scale"])
            if match["before"] or match["high_in"] == "不含":
                high = math.nextafter(high, -math.inf)
            found.append(Range(-math.inf, high, _unit(match["high_unit"])))
    for match in _ABOVE.finditer(rest):
        if (match["before"] or match["word"]) and match["before"] != "满":
            low = _value(match["low"], match["low_scale"])
            if match["before"] or match["word"] == "以外" or match["low_in"] == "不含":
                low = math.nextafter(low, math.inf)
            found.append(Range(low, math.inf, _unit(match["low_unit"])))
    return found


def _ends(match: re.Match[str]) -> Range | None:
    """A range with both ends, where it is one: the lower end may leave scale and unit unsaid."""
    scale = match["low_scale"] or ("" if match["low_unit"] else match["high_scale"])
    low, high = _value(match["low"], scale), _value(match["high"], match["high_scale"])
    units = {_unit(match["low_unit"]), _unit(match["high_unit"])} - {""}
    years = units == {"年"} and _LEAST_YEAR <= low <= _MOST_YEAR
    if low >= high or len(units) != 1 or years:
        return None
    if match["low_in"] == "不含":
        low = math.nextafter(low, math.inf)
    if match["high_in"] == "不含":
        high = math.nextafter(high, -math.inf)
    return Range(low, high, units.pop())


def _value(number: str, scale: str) -> float:
    value = float(number) if number[0].isdigit() else float(parse_number(number) or 0)
    for sign in scale:
        value *= _SCALES[sign]
    return value


def _unit(unit: str | None) -> str:
    return _SPOKEN.get(unit or "", unit or "")
