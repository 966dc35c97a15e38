"""Pages to the parts that are read one behind the other: columns, and what stands across; pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from statistics import median
from typing import NamedTuple

from corpus.page import Line, Page, Table
from corpus.page_columns import gutter_of

_SAME_ROW = 0.5  # of the size


class Part(NamedTuple):
    """A part of a page, which has margins of its own where it is a column."""

    page: Page
    is_column: bool


def parts_of(page: Page) -> list[Part]:
    """The parts of a page in reading order; one where it has no columns."""
    gutter = _gutter(page.lines)
    if gutter is None:
        return [Part(page, is_column=False)]
    found: list[Part] = []
    items: list[Line | Table] = sorted([*page.lines, *page.tables], key=lambda item: item.top)
    for across, run in groupby(items, key=lambda item: _stands_across(item, gutter)):
        members = list(run)
        if across:
            found.append(_part(page, members, is_column=False))
            continue
        left = [item for item in members if _span(item)[0] < gutter]
        right = [item for item in members if _span(item)[0] >= gutter]
        found += [_part(page, side, is_column=True) for side in (left, right) if side]
    return found


def _gutter(lines: Sequence[Line]) -> float | None:
    if not lines:
        return None
    size = median(line.size for line in lines)
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.top + line.bottom):
        last = rows[-1][0] if rows else None
        if last and line.top + line.bottom - last.top - last.bottom < 2 * _SAME_ROW * size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return gutter_of([sorted((line.left, line.right) for line in row) for row in rows], size)


def _span(item: Line | Table) -> tuple[float, float]:
    if isinstance(item, Line):
        return item.left, item.right
    return min(box[0] for box in item.boxes), max(box[2] for box in item.boxes)


def _stands_across(item: Line | Table, gutter: float) -> bool:
    left, right = _span(item)
    return left < gutter < right


def _part(page: Page, items: Sequence[Line | Table], *, is_column: bool) -> Part:
    lines = [item for item in items if isinstance(item, Line)]
    tables = [item for item in items if isinstance(item, Table)]
    return Part(page._replace(lines=lines, tables=tables), is_column)
