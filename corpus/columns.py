"""What the columns of a table say of its rows: units by role, figures to reach; pure.

A row of 任务分工表 names its units under 牵头单位 and 配合单位, one of a table of indicators its
figure under 目标值 or the year. The heads of the columns say which cell is what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.figures import figures_of, folded
from corpus.schema import Segment, Target, Unit
from corpus.target_phrases import lead_of
from corpus.targets import moved, targets_of
from corpus.unit_lists import LABEL, ROLES, split_list

_NOTE = re.compile(r"[（(](?P<inside>[^（）()]*)[）)]")
_INDICATOR = re.compile(r".{0,6}指标(?:名称|内容|项目)?")
_UNIT_OF_MEASURE = re.compile(r"(?:计量|指标)?单位")
_AIM = re.compile(
    r".{0,10}目标(?:值|任务|要求|数)?|(?:指标|预期|规划|标准)值|.{0,8}(?:20\d\d)年?(?:规划|预期)值"
)
_FIRST_LEADS = re.compile(r"牵头.{0,6}(?:首位|第一)|(?:首位|第一).{0,8}牵头")
_YEAR = re.compile(r"(?:到)?(?P<year>20\d\d年?)(?:[底末])?.{0,6}")
_REPORT = re.compile(r"完成情况|实现情况|执行情况|现状|发展基础")
_PAST = re.compile(r"完成情况|实现情况|执行情况|现状|基线|基期|实际|上年")
_SIGNS = {
    "≥": "不低于", ">=": "不低于", "≧": "不低于", "≤": "不超过", "<=": "不超过", "≦": "不超过",
    ">": "高于", "＞": "高于", "<": "低于", "＜": "低于",
}  # fmt: skip
_SIGN = re.compile("|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True)))
_MAX_CELL = 40  # characters of a cell that is a figure and not a sentence


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table is what, by place."""

    roles: tuple[tuple[int, str], ...] = ()  # of columns that list units
    indicator: int = -1
    measure: int = -1  # the column of the units that figures are measured in
    aims: tuple[tuple[int, str], ...] = ()  # of columns of figures to reach, with the year
    leads: frozenset[int] = frozenset()  # columns whose first unit leads

    def units_of(self, row: str) -> Iterator[Unit]:
        """The units that a row names in their columns."""
        cells = cells_of(row)
        for place, role in self.roles:
            if place < len(cells):
                start, end = cells[place]
                units = split_list(row[start:end], start, role, labelled=True)
                if units and place in self.leads:
                    units[0] = replace(units[0], role="牵头")
                yield from units

    def targets_of(self, row: str) -> Iterator[Target]:
        """The figures that the cells of a row set by themselves, and those for its indicator."""
        cells = cells_of(row)
        for start, end in cells:
            for target in targets_of(row[start:end]):
                yield moved(target, start)
        if not 0 <= self.indicator < len(cells):
            return
        first, last = cells[self.indicator]
        name = row[first:last]
        note = _NOTE.search(name)
        unit = note["inside"] if note else ""
        if 0 <= self.measure < len(cells):
            unit = row[slice(*cells[self.measure])] or unit
        for place, year in self.aims:
            if place < len(cells) and (name := _NOTE.sub("", name)):
                aim = _target(row, cells[place], name, unit)
                if aim is not None:
                    start, end = min(first, aim.start), max(last, aim.end)
                    yield replace(aim, deadline=year, start=start, end=end)


def columns_of(heads: Sequence[str], caption: str = "") -> Columns:
    """The columns that the last line of heads names; ``caption`` may say that all is past."""
    if not heads:
        return Columns()
    head = heads[-1]
    cells = [head[start:end] for start, end in cells_of(head)]
    leads = frozenset(place for place, cell in enumerate(cells) if _FIRST_LEADS.search(cell))
    names = ["".join(_NOTE.sub("", cell).split()) for cell in cells]
    roles = [
        (place, ROLES[label["role"]])
        for place, name in enumerate(names)
        if (label := LABEL.fullmatch(f"{name}："))
    ]
    indicators = [place for place, name in enumerate(names) if _INDICATOR.fullmatch(name)]
    if not indicators or _REPORT.search(caption):
        return Columns(tuple(roles), leads=leads)
    measures = [place for place, name in enumerate(names) if _UNIT_OF_MEASURE.fullmatch(name)]
    return Columns(
        tuple(roles),
        indicators[-1],
        measures[0] if measures else -1,
        tuple((place, _year(names[place])) for place in _aims(names, indicators[-1])),
        leads,
    )


def cells_of(row: str) -> list[Segment]:
    """Start and end of the cells of a row, white space around them left out."""
    mark = "\t" if "\t" in row else "|"
    cells: list[Segment] = []
    position = 0
    for cell in row.split(mark):
        inside = cell.strip()
        start = position + (cell.index(inside) if inside else 0)
        cells.append((start, start + len(inside)))
        position += len(cell) + 1
    return cells


def _aims(names: Sequence[str], indicator: int) -> list[int]:
    """Columns of figures to reach: those called so, else the last that is called by a year."""
    behind = [place for place in range(indicator + 1, len(names)) if not _PAST.search(names[place])]
    called = [place for place in behind if _AIM.fullmatch(names[place])]
    return called or [place for place in behind if _YEAR.fullmatch(names[place])][-1:]


def _year(name: str) -> str:
    match = _YEAR.match(name)
    return match["year"].removesuffix("年") + "年" if match else ""


def _target(row: str, cell: Segment, indicator: str, unit: str) -> Target | None:
    """The figure of a cell; None where the cell says something in words."""
    start, end = cell
    text = folded(row[start:end])
    figures = figures_of(text) if len(text) <= _MAX_CELL else []
    if not figures:
        return None
    figure = figures[0]
    before = text[: figure.start]
    sign = _SIGN.search(before)
    comparator = _SIGNS[sign[0]] if sign else lead_of(before).comparator or figure.bound or "达到"
    if not sign and before.strip() and not lead_of(before).comparator:
        return None
    first, last = start + figure.start, start + figure.end
    unit = figure.unit or unit
    return Target(indicator, comparator, figure.value, unit, "", "", first, last, first, last)
