"""Figures, dates, 文号 and units in a text, folded so that they can be compared; pure."""

from __future__ import annotations

import re

from corpus.metadata import NUMBER
from corpus.numerals import parse_number
from corpus.units import units_in
from index.folding import fold

_ARABIC = re.compile(r"\d+(?:[.,]\d+)*(?::\d+(?:\.\d+)?)?%?")
_HAN = r"[〇零一二三四五六七八九十百千万亿两]"
# Chinese numerals count as figures only before a measure word; 一体化 or 三医联动 are words.
_CHINESE = re.compile(
    rf"({_HAN}+)(?=(?:个|名|人|家|所|张|年|月|日|次|倍|级|项|种|类|成|分之|岁|万|亿|元|天|小时|号|条|款))"
)
_RATIO = re.compile(rf"(\d+(?:\.\d+)?|{_HAN}+)\s*比\s*(\d+(?:\.\d+)?|{_HAN}+)(?!例)")
_DATE = re.compile(
    rf"(?:(\d{{4}}|{_HAN}{{4}})年)?(\d{{1,2}}|{_HAN}{{1,3}})月(?:(\d{{1,2}}|{_HAN}{{1,3}})日)?"
)
_NUMBER_PARTS = re.compile(r"[〔\[（(【﹝]\s*(\d{4})\s*[〕\]）)】﹞]\s*(?:第\s*)?(\d+)\s*号")
_WORDS_BEFORE = re.compile(
    r".*(?:根据|按照|依据|依照|贯彻|落实|执行|参照|遵照|结合|文件|通知|文号|为|是|的|和|与|及|见)"
)
_PERCENT = re.compile(rf"百分之({_HAN}+|\d+(?:\.\d+)?)")


def figures_of(text: str) -> frozenset[str]:
    """Numbers, ratios, percentages and dates in one spelling: 1：2 and 一比二 are ``1:2``.

    A date counts as a whole too, so that day and month cannot change places.

    >>> sorted(figures_of("医护比1∶2，达到百分之九十")) == ["1:2", "90%"]
    True
    """
    folded = fold(text)
    found: set[str] = set()
    for match in _RATIO.finditer(folded):
        found.add(f"{_digits(match[1])}:{_digits(match[2])}")
    for match in _PERCENT.finditer(folded):
        found.add(f"{_digits(match[1])}%")
    rest = _PERCENT.sub(" ", _RATIO.sub(" ", folded))
    found.update(match[0].replace(",", "") for match in _ARABIC.finditer(rest))
    found.update(_digits(match[1]) for match in _CHINESE.finditer(rest))
    for year, month, day in _DATE.findall(folded):
        found.update({f"{_digits(year)}年{_digits(month)}月"} if year else ())
        found.update({f"{_digits(month)}月{_digits(day)}日"} if day else ())
    return frozenset(found)


def document_numbers_of(text: str) -> frozenset[str]:
    """文号 that the text names in one spelling; words may have run into the letters in front."""
    return frozenset(_in_one_spelling(match[0]) for match in NUMBER.finditer(fold(text)))


def units_of_text(text: str) -> frozenset[str]:
    """Units of government that the text names, in normal form."""
    return frozenset(unit.normal for unit in units_in(text))


def unsupported(statement: str, evidence: str) -> tuple[str, ...]:
    """What a statement says that its evidence does not: figures, 文号 and units, in that order."""
    missing = sorted(figures_of(statement) - figures_of(evidence))
    numbers = document_numbers_of(evidence)
    missing += sorted(
        own
        for own in document_numbers_of(statement)
        if not any(own.endswith(other) or other.endswith(own) for other in numbers)
    )
    folded = fold(evidence)
    named = units_of_text(evidence)
    missing += sorted(
        unit.printed
        for unit in units_in(statement)
        if unit.normal not in named and fold(unit.printed) not in folded
    )
    return tuple(missing)


def _digits(text: str) -> str:
    number = parse_number(text)
    return text if number is None else str(number)


def _in_one_spelling(number: str) -> str:
    match = _NUMBER_PARTS.search(number)
    letters = _WORDS_BEFORE.sub("", number[: match.start()]) if match else ""
    return f"{letters}〔{match[1]}〕{match[2]}号" if match else number
