"""What stands on one page: glyphs, printed lines, ruled tables; and glyphs set into lines. Pure.

Coordinates are points from the top left corner of the page as it is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from corpus.page_columns import crosses, gutter_of

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_SAME_LINE = 0.5  # of the size: less than any line spacing, more than a raised footnote mark
_LARGEST_SIZE = 48.0  # points; of any letter that stands in a line with smaller ones
_GAP_BETWEEN_WORDS = 0.2
_GAP_BETWEEN_PIECES = 0.8
_GAP_BEHIND_NUMBER = 0.12
_ARTICLE = re.compile(
    r"第[〇零一二三四五六七八九十百千\d]{1,8}[编章节条](?:之[一二三四五六七八九十]+)?"
)
_SAME_GLYPH = 0.3  # printed twice this close together it is one letter made bold


class Glyph(NamedTuple):
    """One printed character (from a recognised image: one piece of a line)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float  # the em of its font

    @property
    def middle(self) -> tuple[float, float]:
        """The point that decides which line or cell a glyph is in."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A drawn line: its place across its direction, its two ends along it, in points."""

    at: float
    start: float
    end: float


class Line(NamedTuple):
    """One printed line."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def box(self) -> Box:
        """The rectangle that the line fills."""
        return self.left, self.top, self.right, self.bottom


class Table(NamedTuple):
    """A ruled table: its texts by row and column, the box of each row, where its columns stand."""

    rows: list[list[str]]
    boxes: list[Box]
    columns: list[float]
    header_rows: int

    @property
    def top(self) -> float:
        """Where the table begins on its page."""
        return self.boxes[0][1]


class Page(NamedTuple):
    """One page; ``recognised`` says that it was read from an image.

    Where the text runs sideways, all that stands on the page is given as it stands when the page
    is turned to be read; ``quarter`` counts the clockwise quarter turns by which it runs.
    """

    number: int
    width: float
    height: float
    lines: list[Line]
    tables: list[Table]
    recognised: bool = False
    quarter: int = 0

    def shown(self, box: Box) -> Box:
        """A box as it stands on the page that is shown."""
        return turned(box, -self.quarter % 4, self.width, self.height)


def turned(box: Box, quarter: int, width: float, height: float) -> Box:
    """A box of a page of that size, once the page is turned back by clockwise quarter turns."""
    left, top, right, bottom = box
    if quarter == 1:
        return top, width - right, bottom, width - left
    if quarter == 2:
        return width - right, height - bottom, width - left, height - top
    if quarter == 3:
        return height - bottom, left, height - top, right
    return box


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Glyphs set into lines from top to bottom, each read from left to right."""
    rows: list[list[Glyph]] = []
    heights: list[float] = []  # of the middle of each row's first glyph, rising
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.middle[1], glyph.left)):
        height = glyph.middle[1]
        # Rows are made in rising order, so only the last few can be near enough.
        near = bisect_left(heights, height - _SAME_LINE * max(glyph.size, _LARGEST_SIZE))
        row = next((row for row in reversed(rows[near:]) if _is_level(row[0], glyph)), None)
        if row is None:
            rows.append([glyph])
            heights.append(height)
        else:
            row.append(glyph)
    rows = [sorted(row, key=lambda glyph: (glyph.left, glyph.right)) for row in rows]
    lines = (_line(part) for row in _parted_by_columns(rows) for part in row)
    return [line for line in lines if line is not None]


def _parted_by_columns(rows: list[list[Glyph]]) -> Iterator[list[list[Glyph]]]:
    """Each row as one line, or as one on each side where the text stands in two columns."""
    written = [[glyph for glyph in row if not glyph.text.isspace()] for row in rows]
    sizes = [glyph.size for row in written for glyph in row]
    spans = [[(glyph.left, glyph.right) for glyph in row] for row in written]
    gutter = gutter_of(spans, median(sizes)) if sizes else None
    for row, row_spans in zip(rows, spans, strict=True):
        if gutter is None or crosses(row_spans, gutter):
            yield [row]
        else:
            left = [glyph for glyph in row if glyph.middle[0] < gutter]
            yield [side for side in (left, row[len(left) :]) if side]


def joined(before: str, after: str) -> str:
    """Two printed lines of one paragraph as one: words of letters and digits stay apart."""
    if before and after and _is_latin(before[-1]) and _is_latin(after[0]):
        return f"{before} {after}"
    return before + after


def _is_level(first: Glyph, glyph: Glyph) -> bool:
    return abs(first.middle[1] - glyph.middle[1]) <= _SAME_LINE * max(first.size, glyph.size)


def _line(glyphs: Sequence[Glyph]) -> Line | None:
    """The line that glyphs make from left to right; None where they are all spaces."""
    written = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not written:
        return None
    gaps = [after.left - before.right for before, after in pairwise(written)]
    usual = median(gaps) if gaps else 0.0
    text = ""
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None:
            if glyph.text == last.text and glyph.left - last.left < _SAME_GLYPH * glyph.size:
                continue
            # The number of an article is parted from its text by a narrow space.
            parted = _ARTICLE.fullmatch(text) is not None
            needed = usual + _GAP_BEHIND_NUMBER * glyph.size if parted else _needed_gap(last, glyph)
            if glyph.left - last.right > needed:
                text += " "
        text += glyph.text
        last = glyph
    return Line(
        " ".join(text.split()),
        min(glyph.left for glyph in written),
        min(glyph.top for glyph in written),
        max(glyph.right for glyph in written),
        max(glyph.bottom for glyph in written),
        _size(written),
    )


def _needed_gap(last: Glyph, glyph: Glyph) -> float:
    """How wide the gap between two glyphs of a line is where it stands for a space."""
    words = _is_latin(last.text[-1]) and _is_latin(glyph.text[0])
    return (_GAP_BETWEEN_WORDS if words else _GAP_BETWEEN_PIECES) * glyph.size


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _size(glyphs: Sequence[Glyph]) -> float:
    """The em of a line: that of its full-width characters where it has some."""
    wide = [glyph.size for glyph in glyphs if not glyph.text[0].isascii()]
    return median(wide or [glyph.size for glyph in glyphs])


def page_from_json(values: list[Any]) -> Page:
    """A page as it comes from another process, where tuples are lists."""
    number, width, height, lines, tables, recognised, quarter = values
    return Page(
        number,
        width,
        height,
        [Line(*line) for line in lines],
        [Table(rows, [tuple(b) for b in boxes], xs, heads) for rows, boxes, xs, heads in tables],
        recognised,
        quarter,
    )
