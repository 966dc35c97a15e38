"""Pages to the text of a document: lines to paragraphs, tables to rows, each with its place; pure.

Where a line ends because the page does, the paragraph goes on: the page shows which by its right
margin, indents, sizes and spacing, so lines are joined here and not from their words alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from corpus.frame_lines import is_standalone
from corpus.markers import marker_of
from corpus.page import Box, Line, Page, Table, joined
from corpus.page_margins import without_margins
from corpus.page_parts import Part, parts_of
from corpus.reading import INDENT, Reading, printable
from corpus.schema import Place
from corpus.tables import row_line, rule_line

_INDENT = 0.9  # of an em; a paragraph is indented by two
_FULL = 0.6  # of an em; room that is left at the end of a full line
_WIDE_SPACING = 1.35  # of the usual distance of two lines
_SAME_SIZE = 0.12
_SAME_COLUMN = 3.0  # points
_TITLE_SIZE = 1.15  # of the size of the text
# What a line break never parts: brackets and their words, marks and the word before them, quotes.
_UNBROKEN = re.compile(
    r"[（《〈「『〔【(\[]*(?:[A-Za-z0-9.,%‰+:/–-]+|.)[，。、；：？！）》〉」』〕】％%)\]…—]*"
    r"(?:[“”‘’]+(?:[A-Za-z0-9.,%‰+:/–-]+|.)?[，。、；：？！）》〉」』〕】％%)\]…—]*)*"
)
_SENTENCE_ENDS = tuple("。！？；：:;")
_MIN_SHARE_INDENTED = 0.5


class _Shape(NamedTuple):
    """How the pages are laid out: margins, usual size and distance of lines, indents."""

    left: float
    right: float
    size: float
    pitch: float
    indented: bool

    def is_indented(self, line: Line) -> bool:
        return line.left - self.left > _INDENT * line.size

    def is_centred(self, line: Line) -> bool:
        middle = (line.left + line.right - self.left - self.right) / 2
        return abs(middle) < 0.75 * line.size

    def begins_paragraph(self, line: Line) -> bool:
        """Whether a line is indented as the first of a paragraph is."""
        return self.is_indented(line) and not self.is_apart(line)

    def is_apart(self, line: Line) -> bool:
        """Whether a line stands in the middle or to the right, as titles and signatures do."""
        return line.left - self.left > 4 * line.size

    def is_full(self, line: Line, following: str) -> bool:
        """Whether the first word of the line below had no room left on this line."""
        token = _UNBROKEN.match(following)
        word = sum(0.55 if char.isascii() else 1.0 for char in token[0][:40]) if token else 1.0
        return self.right - line.right < (word + _FULL) * line.size


def compose(pages: Sequence[Page], remarks: tuple[str, ...] = ()) -> Reading:
    """The text of the pages, a paragraph or a table row a line, with the place of every line."""
    parts = [part for page in without_margins(pages) for part in parts_of(page)]
    text = _Text()
    paragraph: list[Line] = []
    table: list[_Row] = []
    columns: list[float] = []
    before: _Shape | None = None  # of the line above
    for (page, _), shape in zip(parts, _shapes(parts), strict=True):
        items: list[Line | Table] = [*page.lines, *page.tables]
        for item in sorted(items, key=lambda item: item.top):
            if isinstance(item, Table):
                if not _same_columns(columns, item.columns):
                    text.add_table(table)
                    table, columns = [], item.columns
                table += _rows_of(page, item, after=table)
                paragraph = []
                continue
            text.add_table(table)
            table, columns = [], []
            goes_on = bool(paragraph) and _continues(paragraph, item, shape, before or shape)
            before = shape
            paragraph = paragraph if goes_on else []
            paragraph.append(item)
            indent = INDENT if shape.begins_paragraph(item) and not goes_on else ""
            text.add(item.text, item.box, page, goes_on=goes_on, indent=indent)
    text.add_table(table)
    return Reading(text.joined(), tuple(text.places), remarks)


class _Row(NamedTuple):
    """A row of a table that may go on over several pages."""

    cells: list[str]
    box: Box
    page: Page
    is_header: bool


def _rows_of(page: Page, table: Table, *, after: Sequence[_Row]) -> list[_Row]:
    """The rows of a table, without the head that is printed anew where it goes on."""
    head = [row.cells for row in after if row.is_header]
    again = bool(head) and table.rows[: len(head)] == head
    return [
        _Row(cells, box, page, is_header=not after and number < table.header_rows)
        for number, (cells, box) in enumerate(zip(table.rows, table.boxes, strict=True))
        if not (again and number < len(head))
    ]


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(
        abs(a - b) < _SAME_COLUMN for a, b in zip(one, other, strict=True)
    )


class _Text:
    """Text as it grows, with the place of each piece."""

    def __init__(self) -> None:
        self.places: list[Place] = []
        self._parts: list[str] = []
        self._length = 0

    def joined(self) -> str:
        return "".join(self._parts)

    def add(self, text: str, box: Box, page: Page, *, goes_on: bool, indent: str = "") -> None:
        """A piece of text, on a line of its own or on that of the piece before it."""
        text = printable(text)
        last = self._parts[-1][-1:] if self._parts else ""
        if not text:
            return
        between = joined(last, text)[len(last) : -len(text)] if goes_on else "\n" * bool(last)
        between += indent
        start = self._length + len(between)
        self._parts += [between, text] if between else [text]
        self._length = start + len(text)
        left, top, right, bottom = page.shown(box)
        rounded = (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
        self.places.append(Place(start, self._length, page.number, rounded, page.recognised))

    def add_table(self, rows: Sequence[_Row]) -> None:
        """A table; one of a single row only arranges text, and its cells are lines."""
        for number, row in enumerate(rows):
            if len(rows) == 1:
                for cell in row.cells:
                    self.add(cell, row.box, row.page, goes_on=False)
                break
            self.add(row_line(row.cells), row.box, row.page, goes_on=False)
            if row.is_header and not rows[min(number + 1, len(rows) - 1)].is_header:
                self.add(rule_line(len(row.cells)), row.box, row.page, goes_on=False)


def _shapes(parts: Sequence[Part]) -> list[_Shape]:
    """The layout of each page; what a page is too short to show, the others show."""
    pages = [part.page for part in parts]
    everything = _shape([line for page in pages for line in page.lines], pages, None)
    return [
        _shape(page.lines, [page], None if is_column else everything)
        if is_column or len(page.lines) >= 12
        else everything
        for page, is_column in parts
    ]


def _shape(lines: Sequence[Line], pages: Sequence[Page], rest: _Shape | None) -> _Shape:
    if not lines:
        return rest or _Shape(0, 0, 1, 1, indented=False)
    size = median(line.size for line in lines)
    left = _supported(sorted(line.left for line in lines), size / 4)
    right = -_supported(sorted(-line.right for line in lines), size / 2)
    steps = sorted(
        below.bottom - above.bottom
        for page in pages
        for above, below in pairwise(page.lines)
        if 0.9 * size < below.bottom - above.bottom < 4 * size
    )
    # Most steps may be between paragraphs: the small ones are between lines.
    pitch = steps[len(steps) // 5] if steps else 2 * size
    marked = [line.left - left > _INDENT * size for line in lines if marker_of(line.text)]
    indented = bool(marked) and sum(marked) >= len(marked) * _MIN_SHARE_INDENTED
    return _Shape(
        left,
        max(right, rest.right) if rest else right,
        size,
        min(pitch, rest.pitch) if rest else pitch,
        rest.indented if rest else indented,
    )


def _supported(values: Sequence[float], tolerance: float) -> float:
    """The first of the rising values that does not stand alone."""
    for value, following in pairwise(values):
        if following - value <= tolerance:
            return value
    return values[0]


def _continues(paragraph: Sequence[Line], line: Line, shape: _Shape, before: _Shape) -> bool:
    """Whether ``line`` goes on with the paragraph that the lines ``before`` it began."""
    first, last = paragraph[0], paragraph[-1]
    if abs(last.size - line.size) > _SAME_SIZE * max(last.size, line.size):
        return False
    if is_standalone(last.text) or is_standalone(line.text):
        return False
    step = line.bottom - last.bottom
    if step > _WIDE_SPACING * max(shape.pitch, 1.2 * line.size):
        return False  # a step back is the next page
    marked = marker_of(line.text) is not None
    if line.size >= _TITLE_SIZE * shape.size and shape.is_centred(line):
        return not marked and shape.is_centred(last)
    if marked and not (shape.indented and not shape.is_indented(line)):
        return False
    if before.is_apart(first) or not before.is_full(last, line.text):
        return False
    if step < 0 and not shape.indented and last.text.endswith(_SENTENCE_ENDS):
        return False  # without indents nothing shows that it goes on over the page
    if not shape.is_indented(line):
        return True
    # Lists hang: their first line begins further left than the lines below it.
    hangs = line.left - first.left > _INDENT * line.size
    if len(paragraph) > 1:
        return hangs and abs(line.left - last.left) < _INDENT * line.size
    return hangs and not last.text.endswith(_SENTENCE_ENDS)
