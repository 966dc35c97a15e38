"""Rules of a page and the glyphs between them to tables; pure.

A table is a group of level and upright rules that touch each other and part the page into at
least two columns; it may have one row only, where it began on another page. A frame around text
is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.page import Box, Glyph, Rule, Table, joined, lines_of

_TOUCH = 3.0  # points; rules that end this close to each other meet
_MIN_CELL = 6.0  # points; rules closer than this are one rule drawn double
_MAX_CELLS = 20_000
_MAX_REPEATED_CHARACTERS = 200  # a longer text stands once, though its cell spans rows


class _Grid(NamedTuple):
    """Where the rules of a table stand, and which of them stand there."""

    xs: list[float]
    ys: list[float]
    level: list[Rule]
    upright: list[Rule]


def tables_of(
    glyphs: Sequence[Glyph], level: Sequence[Rule], upright: Sequence[Rule]
) -> tuple[list[Table], list[Glyph]]:
    """The tables of a page from top to bottom, and the glyphs that stand in none."""
    tables: list[Table] = []
    rest = list(glyphs)
    for grid in _grids(level, upright):
        outside: list[Glyph] = []
        cells: dict[tuple[int, int], list[Glyph]] = {}
        for glyph in rest:
            row, column = _index(grid.ys, glyph.middle[1]), _index(grid.xs, glyph.middle[0])
            if row is None or column is None:
                outside.append(glyph)
            else:
                cells.setdefault((row, column), []).append(glyph)
        if cells:
            tables.append(_table(grid, cells))
            rest = outside
    return sorted(tables, key=lambda table: table.top), rest


def _grids(level: Sequence[Rule], upright: Sequence[Rule]) -> Iterable[_Grid]:
    for rows, columns in _groups(level, upright):
        left = min(rule.start for rule in rows)
        right = max(rule.end for rule in rows)
        top, bottom = min(rule.at for rule in rows), max(rule.at for rule in rows)
        # Tables that are open at their sides have no rule there.
        xs = _clustered([left, *(rule.at for rule in columns), right])
        ys = _clustered([top, *(rule.at for rule in rows), bottom])
        if len(xs) > 2 and len(ys) > 1 and len(xs) * len(ys) <= _MAX_CELLS:
            yield _Grid(xs, ys, rows, columns)


def _groups(level: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together, each group with some of either kind."""
    parents = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for row, one in enumerate(level):
        for column, other in enumerate(upright, start=len(level)):
            if _meet(one, other):
                parents[root(row)] = root(column)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate([*level, *upright]):
        groups.setdefault(root(index), ([], []))[index >= len(level)].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.start - _TOUCH <= upright.at <= level.end + _TOUCH
        and upright.start - _TOUCH <= level.at <= upright.end + _TOUCH
    )


def _clustered(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _MIN_CELL:
            found.append(value)
    return found


def _index(edges: list[float], value: float) -> int | None:
    if not edges[0] - 1 <= value <= edges[-1] + 1:
        return None
    return next((i for i, edge in enumerate(edges[1:]) if value <= edge), len(edges) - 2)


def _table(grid: _Grid, cells: dict[tuple[int, int], list[Glyph]]) -> Table:
    height, width = len(grid.ys) - 1, len(grid.xs) - 1
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    rows = [[""] * width for _ in range(height)]
    header_rows, joined_down = 1, True
    for row in range(height):
        continued = False
        for column in range(width):
            above, before = owner.get((row - 1, column)), owner.get((row, column - 1))
            if above is not None and not _is_ruled(grid.level, grid.ys[row], grid.xs, column):
                owner[row, column] = above
                continued = True
            elif before is not None and not _is_ruled(grid.upright, grid.xs[column], grid.ys, row):
                owner[row, column] = before
            else:
                owner[row, column] = (row, column)
        joined_down = joined_down and continued
        header_rows += row > 0 and joined_down
    contents: dict[tuple[int, int], list[Glyph]] = {}
    for cell, glyphs in cells.items():
        contents.setdefault(owner[cell], []).extend(glyphs)
    texts = {cell: _text(glyphs) for cell, glyphs in contents.items()}
    for (row, column), (first_row, first_column) in owner.items():
        text = texts.get((first_row, first_column), "")
        # A cell that spans rows belongs to each of them; one that spans columns stands once.
        repeats = row == first_row or len(text) <= _MAX_REPEATED_CHARACTERS
        rows[row][column] = text if column == first_column and repeats else ""
    filled = [row for row in range(height) if any(rows[row])]
    left, right = grid.xs[0], grid.xs[-1]
    boxes: list[Box] = [(left, grid.ys[row], right, grid.ys[row + 1]) for row in filled]
    return Table([rows[row] for row in filled], boxes, grid.xs, header_rows)


def _is_ruled(rules: Sequence[Rule], at: float, edges: Sequence[float], index: int) -> bool:
    """Whether a rule at that place runs along the side of a cell."""
    middle = (edges[index] + edges[index + 1]) / 2
    return any(
        abs(rule.at - at) <= _MIN_CELL and rule.start - 1 <= middle <= rule.end + 1
        for rule in rules
    )


def _text(glyphs: list[Glyph]) -> str:
    text = ""
    for line in lines_of(glyphs):
        text = joined(text, line.text)
    return text
