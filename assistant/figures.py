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
    rf"({_HAN}+)(?=(?:个|名|人|家|所|张|年|月|日|次|倍|级|项|种|类|岁|万|亿|元|天|小时|号|条|款))"
)
_RATIO = re.compile(rf"(\d+(?:\.\d+)?|{_HAN}+)\s*比\s*(\d+(?:\.\d+)?|{_HAN}+)(?!例)")
_TENTHS = re.compile(rf"(\d(?:\.\d)?|{_HAN})成(?![立为员果效本长熟都人功套品就分份交年因型文])")
_FRACTION = re.compile(rf"(\d+|{_HAN}+)分之(\d+|{_HAN}+)")
_SLASHED = re.compile(r"(?<![\d/])(\d+)/(\d+)(?![\d/])")
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
# What is counted belongs to a figure: 240 beds are not 240 wards. Dates are compared as dates.
_MEASURED = re.compile(
    rf"(\d+(?:,\d{{3}})*(?:\.\d+)?|{_HAN}+)\s*([百千万亿]*)\s*(?:余|多)?"
    r"(元|个(?![人体性])|名(?![称单额])|人(?![民员才均口])|家(?![庭长属])|所|张|部(?![分门署队位级])|台|辆|处(?![理置罚分])|户|株|吨|公里|千米|平方米|平方公里|亩|公顷|小时|分钟|课时|次|倍|岁|座|间|套|例|米|升)"
)
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
    for match in _TENTHS.finditer(folded):
        found.add(f"{_plain(float(_digits(match[1])) * 10)}%")
    for match in (*_FRACTION.finditer(folded), *_SLASHED.finditer(folded)):
        of, share = (match[1], match[2]) if match.re is _FRACTION else (match[2], match[1])
        found.update({f"{_digits(share)}/{_digits(of)}"} if of != "百" else ())
    rest = _without_compounds(folded)
    found.update(_bare(_MEASURED.sub(_unscaled, rest)))
    for year, month, day in _DATE.findall(folded):
        found.update({f"{_digits(year)}年{_digits(month)}月"} if year else ())
        found.update({f"{_digits(month)}月{_digits(day)}日"} if day else ())
    found.update(filter(None, map(_measured, _MEASURED.finditer(rest))))
    return frozenset(found)


def document_numbers_of(text: str) -> frozenset[str]:
    """文号 that the text names in one spelling; words may have run into the letters in front."""
    return frozenset(_in_one_spelling(match[0]) for match in NUMBER.finditer(fold(text)))


def units_of_text(text: str) -> frozenset[str]:
    """Units of government that the text names, in normal form."""
    return frozenset(unit.normal for unit in units_in(text))


def unsupported(statement: str, evidence: str) -> tuple[str, ...]:
    """What a statement says that its evidence does not: figures, 文号 and units, in that order."""
    there = figures_of(evidence) | _bare(_without_compounds(fold(evidence)))
    missing = sorted(figures_of(statement) - there)
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


def _without_compounds(folded: str) -> str:
    """A text without ratios, shares and fractions, whose parts are no figures of their own."""
    for pattern in (_RATIO, _PERCENT, _TENTHS, _FRACTION, _SLASHED):
        folded = pattern.sub(" ", folded)
    return folded


def _bare(text: str) -> frozenset[str]:
    """Numbers as they stand, whatever they count."""
    found = {match[0].replace(",", "") for match in _ARABIC.finditer(text)}
    return frozenset(found | {_digits(match[1]) for match in _CHINESE.finditer(text)})


def _unscaled(match: re.Match[str]) -> str:
    """Nothing in place of a figure in 万 or 亿, which is one number only when written out."""
    return " " if _measured(match) and re.search("[百千万亿]", match[1] + match[2]) else match[0]


def _measured(match: re.Match[str]) -> str:
    """A figure with what it counts, written out: 500万元 is ``5000000元``."""
    number = _digits(match[1]).replace(",", "")
    if not re.fullmatch(r"\d+(?:\.\d+)?", number):
        return ""
    scale = 1
    for sign in match[2]:
        scale *= _SCALES[sign]
    return f"{_plain(float(number) * scale)}{match[3]}"


def _plain(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _digits(text: str) -> str:
    number = parse_number(text)
    return text if number is None else str(number)


def _in_one_spelling(number: str) -> str:
    match = _NUMBER_PARTS.search(number)
    letters = _WORDS_BEFORE.sub("", number[: match.start()]) if match else ""
    return f"{letters}〔{match[1]}〕{match[2]}号" if match else number
