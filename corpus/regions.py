"""Names of administrative divisions in a text, from provinces down to counties; pure.

The table is corpus/data/divisions.csv (its head names the source). A name is found in full
(安丘市) or in its short form (安丘) where that is not also a common word.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

_LEVELS = {2: "省", 4: "市", 6: "县"}
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Region:
    """A division: its code (two digits a level), its name and the names above it."""

    code: str
    name: str
    path: tuple[str, ...]  # 山东省, 潍坊市, 安丘市
    latin: str = ""  # anqiu

    @property
    def level(self) -> str:
        """省, 市 or 县: the level of government."""
        return _LEVELS[len(self.code)]

    @property
    def full_name(self) -> str:
        """All names from the province down, 山东省潍坊市安丘市."""
        return "".join(self.path)

    def holds(self, other: Region) -> bool:
        """Whether ``other`` is this division or lies within it."""
        return other.code.startswith(self.code)


@dataclass(frozen=True, slots=True)
class Mention:
    """A division named in a text, with the place of the name."""

    region: Region
    start: int
    end: int
    candidates: tuple[Region, ...]  # every division that bears the name


def find_regions(text: str) -> list[Mention]:
    """Divisions that the text names, in order, the longest name at each place.

    A name that several divisions bear is resolved by the divisions named right before it, else
    to the highest of them.
    """
    names = _names()
    found: list[Mention] = []
    position = 0
    while position < len(text):
        for length in range(min(_LONGEST, len(text) - position), 1, -1):
            candidates = names.get(text[position : position + length])
            if candidates:
                region = _resolve(candidates, found, position)
                found.append(Mention(region, position, position + length, tuple(candidates)))
                position += length
                break
        else:
            position += 1
    return found


def region_named(name: str) -> Region | None:
    """The division that a name ends with (山东省潍坊市安丘市 → 安丘市), or None."""
    mentions = find_regions(name)
    return mentions[-1].region if mentions else None


def _resolve(candidates: list[Region], before: list[Mention], position: int) -> Region:
    for mention in reversed(before[-3:]):
        inside = [region for region in candidates if mention.region.holds(region)]
        if inside and position - mention.end <= 2:
            return inside[0]
    return candidates[0]


@cache
def _names() -> dict[str, list[Region]]:
    """Every full and short name with the divisions that bear it, highest level first."""
    names: dict[str, list[Region]] = {}
    by_code: dict[str, str] = {}
    for code, name, short, latin in sorted(_rows(), key=lambda row: (len(row[0]), row[0])):
        by_code[code] = name
        above = [by_code[code[:n]] for n in range(2, len(code), 2) if code[:n] in by_code]
        region = Region(code, name, (*above, name), latin)
        for key in {name, short} - {""}:
            names.setdefault(key, []).append(region)
    return names


def _rows() -> Iterator[tuple[str, str, str, str]]:
    text = resources.files("corpus").joinpath("data/divisions.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for row in csv.DictReader(lines):
        yield row["code"], row["name"], row["short"], row["latin"]
