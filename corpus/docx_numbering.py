"""The numbers that Word prints in front of paragraphs, from numbering.xml; pure.

Word keeps no printed number: a paragraph names a list and a level, and the number is counted while
the page is laid out (ECMA-376 part 1, 17.9). The same is done here, so that 一、（一）1. stand in
the text as they stand on paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.archives import Element
from corpus.numerals import chinese_number

_MAX_LEVELS = 9
_HOLE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _row(characters: str) -> Callable[[int], str]:
    """Numbers written with one character each, plain digits behind the last one."""
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


def _span(first: str, length: int) -> Callable[[int], str]:
    return _row("".join(chr(ord(first) + offset) for offset in range(length)))


def _letters(number: int) -> str:
    """Letters as Word counts them: a to z, then aa, bb and so on."""
    repeats, offset = divmod(number - 1, 26)
    return chr(ord("a") + offset) * (repeats + 1) if 0 < number <= 26 * 9 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "taiwaneseCounting": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "japaneseDigitalTenThousand": lambda number: "".join(_DIGITS[int(d)] for d in str(number)),
    "taiwaneseDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: chinese_number(number, _LEGAL_DIGITS, "拾佰仟"),
    "ideographTraditional": _row("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _row("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _span("①", 20),
    "decimalEnclosedCircleChinese": _span("①", 20),
    "decimalEnclosedParen": _span("⑴", 20),
    "decimalEnclosedFullstop": _span("⒈", 20),
    "ideographEnclosedCircle": _span("㊀", 10),
    "ideographParenthesis": _span("㈠", 10),
    "decimalFullWidth": lambda number: "".join(chr(ord("０") + int(d)) for d in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord("０") + int(d)) for d in str(number)),
    "none": lambda number: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str  # with %1 … %9 where the counters of the levels go
    restart: int | None  # restarts behind this level (counted from 1); 0: never; None: any above
    space: str
    legal: bool
    style: str


class Numbering:
    """The lists of one document, and how far each of them has counted."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        styles = {_value(node, "styleLink"): node for node in root.findall("abstractNum")}
        for node in root.findall("abstractNum"):
            link = _value(node, "numStyleLink")
            source = styles.get(link, node) if link else node
            self._abstract[node.get("abstractNumId", "")] = _levels(source)
        for node in root.findall("num"):
            abstract = _value(node, "abstractNumId")
            overrides = [(_integer(o.get("ilvl"), 0), o) for o in node.findall("lvlOverride")]
            levels = {
                index: level for _, over in overrides for index, level in _levels(over).items()
            }
            starts = {
                index: _integer(_value(over, "startOverride"), 1)
                for index, over in overrides
                if over.find("startOverride") is not None
            }
            self._lists[node.get("numId", "")] = (abstract, levels, starts)

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level of a list that a paragraph style stands for, 0 where none is linked."""
        levels = self._levels_of(list_id)
        return next((i for i, level in levels.items() if style and level.style == style), 0)

    def label(self, list_id: str, index: int) -> str:
        """Count one paragraph of a list; the number printed before it, with its space.

        Empty for bullets and for lists that the document does not define.
        """
        level = self._levels_of(list_id).get(index)
        if level is None:
            return ""
        abstract, _, starts = self._lists[list_id]
        counters = self._counters.setdefault(abstract, [None] * _MAX_LEVELS)
        if index in starts and (list_id, index) not in self._restarted:
            self._restarted.add((list_id, index))
            counters[index] = starts[index] - 1
        current = counters[index]
        counters[index] = level.start if current is None else current + 1
        levels = self._levels_of(list_id)
        for deeper in range(index + 1, _MAX_LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or index < restart:
                counters[deeper] = None
        return self._printed(level, levels, counters)

    def _printed(self, level: _Level, levels: dict[int, _Level], counters: list[int | None]) -> str:
        if level.format == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            above = levels.get(index, level)
            counted = counters[index]
            value = above.start if counted is None else counted
            write = str if level.legal else _FORMATS.get(above.format, str)
            return write(value) if 0 <= value < 10**6 else ""

        text = _HOLE.sub(number, level.text)
        return text + level.space if text.strip() else ""

    def _levels_of(self, list_id: str) -> dict[int, _Level]:
        if list_id not in self._lists:
            return {}
        abstract, levels, _ = self._lists[list_id]
        return (
            {**self._abstract.get(abstract, {}), **levels}
            if levels
            else self._abstract.get(abstract, {})
        )


def _levels(node: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in node.findall("lvl"):
        index = _integer(level.get("ilvl"), 0)
        if not 0 <= index < _MAX_LEVELS:
            continue
        # A format of Word's own stands in an alternative, with a plain one to fall back on.
        plain = level.find("AlternateContent/Fallback/numFmt")
        plain = level.find("numFmt") if plain is None else plain
        restart = _value(level, "lvlRestart")
        found[index] = _Level(
            start=_integer(_value(level, "start"), 0),
            format=(plain.get("val", "decimal") if plain is not None else "decimal"),
            text=_value(level, "lvlText"),
            restart=_integer(restart, 0) if restart else None,
            space="" if _value(level, "suff") == "nothing" else " ",
            legal=level.find("isLgl") is not None and _value(level, "isLgl") not in ("0", "false"),
            style=_value(level, "pStyle"),
        )
    return found


def _value(node: Element, name: str) -> str:
    inner = node.find(name)
    return "" if inner is None else inner.get("val", "")


def _integer(text: str | None, default: int) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.lstrip("-").isdecimal() and len(digits) < 9 else default
