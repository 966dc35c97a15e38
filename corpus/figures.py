"""Figures with their units in a text, as printed in official documents; pure.

What a figure is for is none of this module's business (see ``targets``): it only reads 5.37张,
90%以上, 1：0.53, 3—5个, 百分之六十 and B级 as value, unit and bound.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.numerals import parse_number

# Same length before and after, so that offsets hold.
_FOLD = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
_WIDE = re.compile("[０-９％．]")
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMERAL = "[一二两三四五六七八九十百千]"
_DIGIT = "[零〇一二三四五六七八九]"
# 一点五米, 零点三米; and no time of day: 八点三十分.
_CHINESE = rf"(?:{_NUMERAL}{{1,7}}|零)点{_DIGIT}{{1,3}}(?!十|分)|{_NUMERAL}{{1,7}}"
_DASH = r"[-—–－~～]{1,2}|至(?=[\d一二三四五六七八九十])"
# Units of GB 3100 that plans use, and the measure words (量词) of things that are counted.
_LEVELS = (
    "个百分点|百分点|/1?[0十]?万|微克/立方米|毫克/立方米|毫克/升|%|‰|倍|番|成|级|分(?!钟|别)|"
    "岁|周岁|℃|摄氏度|分贝"
)
_SPANS = "个?工作日|个月|个?小时|分钟|秒|日|天|周|年"
_MONEY = "美元|元"
_SIZES = (
    "平方米|平方公里|平方千米|立方米|公顷|亩|公里|千米|厘米|米|吨标准煤|吨|公斤|千克|千瓦时|千瓦|兆瓦|升|"
    "学时|课时|学分"
)
_COUNTS = (
    "人次|人|名|位|户次|户|家|所|个|处|座|间|栋|套|台|辆|架|部(?![门委署])|件|项|支|种|类|门|场次|场|期|批次|次|例|"
    r"起|份|篇|本|册|张|条|只|头|株|班次|对|组|艘|列|枚|宗|笔|款|幅|部(?![门委署])|档|座"
)
# 二次供水 is what comes second; two times are 两次.
_SECOND = "二次(?:供|加压|污染|装修|分配|创业|开发|转移|搬运|利用|感染|伤害)"
_PER = "[百千万]?(?:人口|人|户|床|平方公里|平方米|亩|天|日|年|月|次|小时)"
_UNIT = rf"(?:{_LEVELS}|{_SPANS}|[千万亿]{{0,2}}(?:{_MONEY}|{_SIZES}|{_COUNTS})(?:/{_PER})?)"
# A class of its own for the first character makes the search of what follows fast.
_FIRST = re.compile(r"[0-9百A-E一二两三四五六七八九十千零]")
_FIGURE = re.compile(
    r"(?P<ratio>\d+(?:\.\d+)?[:：∶]\d+(?:\.\d+)?(?!\d|[:：∶]))"
    r"|百分之(?P<percent>[零〇一二三四五六七八九十百点]{1,8})"
    r"|(?<![A-Za-z])(?P<letter>[A-E])级"
    rf"|(?<![\d.A-Za-z第每〔\[])(?P<low>{_DIGITS})"
    rf"(?:(?:{_UNIT})?(?:{_DASH})(?P<high>{_DIGITS}))?(?P<unit>{_UNIT}|[A-Za-z][A-Za-z/]{{1,9}})?"
    rf"|(?<![第每统进专单唯其之另某几数上中下初同任如划年月一二三四五六七八九十百千])"
    rf"(?!{_SECOND})(?P<word>{_CHINESE})(?P<wordunit>{_UNIT})(?!性|批|体|些)"
)
# What every figure has: a class of first characters, and what tells one behind them.
FIGURE_FIRST = "0-9０-９百A-E一二两三四五六七八九十千零"
FIGURE_HINT = (
    r"(?<=\d)|(?<=[A-E])级|(?<=百)分之"
    rf"|(?<={_NUMERAL})(?<![第一二两三四五六七八九十百千].){_NUMERAL}{{0,6}}{_UNIT}"
)
_BOUND = re.compile(r"(?:及|\(含\)|（含）)?(?P<bound>以上|以下|以内|之内|左右|上下)")
BOUNDS = {
    # Civil Code of the PRC, article 1259: 以上, 以下, 以内 include the number itself.
    "以上": "不低于",
    "以下": "不超过",
    "以内": "不超过",
    "之内": "不超过",
    "左右": "左右",
    "上下": "左右",
}
_COUNTED = re.compile(rf"[千万亿]{{0,2}}(?:{_MONEY}|{_SIZES}|{_COUNTS})(?:/{_PER})?")
_LASTING = re.compile(_SPANS)


class Figure(NamedTuple):
    """A figure ``text[start:end]``, its bound (以上, 左右) included.

    ``value`` is written in plain digits (``90``, ``3–5``, ``1:0.53``); ``bound`` is the comparator
    that its ending stands for, or empty.
    """

    value: str
    unit: str
    bound: str
    start: int
    end: int
    in_words: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts things or measures amounts (个, 万元) rather than a level (%)."""
        return _counts(self.unit)

    @property
    def lasts(self) -> bool:
        """Whether it measures time."""
        return _lasts(self.unit)


@lru_cache(maxsize=1024)  # the same units measure all figures
def _counts(unit: str) -> bool:
    return _COUNTED.fullmatch(unit) is not None


@lru_cache(maxsize=1024)
def _lasts(unit: str) -> bool:
    return _LASTING.fullmatch(unit) is not None


def folded(text: str) -> str:
    """The text with digits, percent signs and points of normal width; offsets stay."""
    return text.translate(_FOLD) if _WIDE.search(text) else text


def figures_of(text: str) -> list[Figure]:
    """Figures of a folded text in order."""
    found: list[Figure] = []
    first = _FIRST.search(text)
    while first is not None:
        match = _FIGURE.match(text, first.start())
        position = match.end() if match else first.end()
        value, unit = _value_and_unit(match) if match else ("", "")
        if match and value:
            found.append(_figure(match, value, unit))
        first = _FIRST.search(text, position)
    return found


def _figure(match: re.Match[str], value: str, unit: str) -> Figure:
    bound = _BOUND.match(match.string, match.end())
    return Figure(
        value,
        unit,
        BOUNDS[bound["bound"]] if bound else "",
        match.start(),
        bound.end() if bound else match.end(),
        in_words=match["word"] is not None,
    )


def _value_and_unit(match: re.Match[str]) -> tuple[str, str]:
    if match["ratio"]:
        return re.sub("[：∶]", ":", match["ratio"]), ""
    if match["percent"]:
        return _in_digits(match["percent"]), "%"
    if match["letter"]:
        return match["letter"], "级"
    if match["word"]:
        return _in_digits(match["word"]), match["wordunit"]
    low = match["low"].replace(",", "")
    unit = match["unit"] or ""
    following = match.string[match.end() : match.end() + 1]
    if not unit and following.isascii() and following.isalpha():  # 5A级, 4K
        return "", ""
    if match["high"]:
        return f"{low}–{match['high'].replace(',', '')}", unit
    return low, unit


def _in_digits(words: str) -> str:
    """A number in words in plain digits: 五十五 → 55, 九十九点五 → 99.5."""
    whole, _, part = words.partition("点")
    numbers = [parse_number(whole)] + [parse_number(digit) for digit in part]
    if any(number is None for number in numbers):
        return ""
    return str(numbers[0]) + ("." + "".join(map(str, numbers[1:])) if part else "")
