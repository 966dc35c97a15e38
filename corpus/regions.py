"""Names of administrative divisions in a text, from provinces down to counties; pure.

The table is corpus/data/divisions.csv (its head names the source). A name is found in full
(安丘市) or in its short form (安丘) where that is not also a common word.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

_LEVELS = {2: "省", 4: "市", 6: "县"}
_LEVELS_BY_ENDING = {
    "省": "省",
    "市": "市",
    "州": "市",
    "盟": "市",
    "县": "县",
    "区": "县",
    "旗": "县",
}
_HEAD = 2  # characters of a name by which it is looked up; no name is shorter
# What may stand before and behind a name that is also a part of other words.
_MAY_PRECEDE = frozenset("在和与跟及对比较问查从到给是了的为让请看说由向于或、")
_MAY_FOLLOW = frozenset(
    "的有是在和与跟及或呢那怎哪要对提规定把将今去明年方计实意办医公卫政全各市县区州、"
)

_SMALLER = frozenset("县区旗镇乡")
_OF_THE_PLACE = frozenset("域划位间内级直")  # 长沙区域, 安丘县级


@dataclass(frozen=True, slots=True)
class Region:
    """A division: its code (two digits a level), its name and the names above it.

    The code is empty for a place that the table does not have.
    """

    code: str
    name: str
    path: tuple[str, ...]  # 山东省, 潍坊市, 安丘市
    latin: str = ""  # anqiu

    @property
    def level(self) -> str:
        """省, 市 or 县: the level of government."""
        return _LEVELS.get(len(self.code)) or _LEVELS_BY_ENDING.get(self.name[-1], "")

    @property
    def full_name(self) -> str:
        """All names from the province down, 山东省潍坊市安丘市."""
        return "".join(self.path)

    def holds(self, other: Region) -> bool:
        """Whether ``other`` is this division or lies within it."""
        return other.code.startswith(self.code) if self.code else other == self


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
    names, lengths, apart = _index()
    found: list[Mention] = []
    position = 0
    while position < len(text):
        fitting = lengths.get(text[position : position + _HEAD])
        if fitting is None:  # as at most places
            position += 1
            continue
        end = position + 1
        for length in fitting:
            name = text[position : position + length]
            candidates = names.get(name)
            stop = position + length
            if _goes_on(text, stop, name):
                continue
            if candidates and (name not in apart or _stands_apart(text, position, stop, found)):
                region = _resolve(candidates, found, position)
                end = stop
                found.append(Mention(region, position, end, tuple(candidates)))
                break
        position = end
    return found


def _goes_on(text: str, end: int, name: str) -> bool:
    """Whether a short name is only the first part of another one (松原区 is not 松原市)."""
    if text[end : end + 1] not in _SMALLER or name[-1] in "省市州盟县区旗":
        return False
    return text[end + 1 : end + 2] not in _OF_THE_PLACE


def _stands_apart(text: str, position: int, end: int, found: list[Mention]) -> bool:
    """Whether a name that is also a part of words (城区, 长治) is one here."""
    if found and found[-1].end == position:
        return True
    if text[position + 1 : position + _HEAD] == "区":  # 城区, 矿区
        return False
    before, after = text[position - 1 : position], text[end : end + 1]
    return _opens(before, _MAY_PRECEDE) and _opens(after, _MAY_FOLLOW)


def _opens(char: str, allowed: frozenset[str]) -> bool:
    return char in allowed or not "\u4e00" <= char <= "\u9fff"


def region_named(name: str) -> Region | None:
    """The division that a name is, with those above it (山东省潍坊市安丘市 → 安丘市), or None."""
    mentions = find_regions(name)
    # 清岚县, which the table does not have, is not the 岚县 that it does have.
    return mentions[-1].region if mentions and mentions[0].start == 0 else None


def regions_spelt(latin: str) -> tuple[Region, ...]:
    """Every division that is written so in Latin letters, without its kind: hangzhou."""
    return _by_latin().get(latin, ())


def region_printed(name: str) -> Region:
    """The division that a name is; one of its own where the table does not have it."""
    return region_named(name) or Region("", name, (name,))


def _resolve(candidates: list[Region], before: list[Mention], position: int) -> Region:
    for mention in reversed(before[-3:]):
        inside = [region for region in candidates if mention.region.holds(region)]
        if inside and position - mention.end <= 2:
            return inside[0]
    return candidates[0]


@cache
def _index() -> tuple[dict[str, list[Region]], dict[str, list[int]], frozenset[str]]:
    """Names with the divisions that bear them, highest level first, and how to look them up.

    Lengths of names by their first characters, longest first, and the names that count only
    apart from other words.
    """
    names: dict[str, list[Region]] = {}
    by_code: dict[str, str] = {}
    apart: set[str] = set()
    for row in sorted(_rows(), key=lambda row: (len(row["code"]), row["code"])):
        code = row["code"]
        by_code[code] = row["name"]
        above = [by_code[code[:n]] for n in range(2, len(code), 2) if code[:n] in by_code]
        region = Region(code, row["name"], (*above, row["name"]), row["latin"])
        for key in _forms(row["name"], row["short"]):
            names.setdefault(key, []).append(region)
        if row["apart"]:
            apart.add(row[row["apart"]])
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:_HEAD], set()).add(len(name))
    return (
        names,
        {head: sorted(found, reverse=True) for head, found in lengths.items()},
        frozenset(apart),
    )


@cache
def _by_latin() -> dict[str, tuple[Region, ...]]:
    names, _, _ = _index()
    found: dict[str, dict[str, Region]] = {}
    for regions in names.values():
        for region in regions:
            if region.latin:
                found.setdefault(region.latin, {})[region.code] = region
    return {latin: tuple(regions.values()) for latin, regions in found.items()}


def _forms(name: str, short: str) -> list[str]:
    """A name and its shorter forms: 宁蒗彝族自治县 is also 宁蒗县 and 宁蒗."""
    autonomous = re.search(r"自治([州县旗])$", name)
    middle = short + autonomous[1] if autonomous and short else ""
    return sorted({name, short, middle} - {""})


def _rows() -> Iterator[dict[str, str]]:
    text = resources.files("corpus").joinpath("data/divisions.csv").read_text("utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
