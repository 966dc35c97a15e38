"""Tables of web pages, as far as they hold data and do not arrange the page; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.html_node import BLOCKS, Node, integer
from corpus.tables import MAX_COLUMNS

_MAX_CELL_CHARACTERS = 1500  # a longer cell shows that the table arranges the page
_MAX_REPEATED_CHARACTERS = 200  # a longer text stands once, though its cell spans rows
_LINKED = 0.4  # of the words: with so much of it links it is a menu


def data_rows(table: Node) -> list[list[str]] | None:
    """Texts of a table by row and column; None where it arranges the page."""
    rows = [[_cell(cell) for cell in row.elements("td", "th")] for row in _rows(table)]
    cells = [cell for row in rows for cell in row]
    size = sum(cell.size for cell in cells)
    if (
        len(rows) < 2
        or max(map(len, rows)) < 2
        or any(cell.is_layout for cell in cells)
        or sum(cell.linked for cell in cells) > _LINKED * size
    ):
        return None
    below: dict[int, tuple[str, int]] = {}  # by column: text and rows that a cell still spans
    return [_row(row, below) for row in rows]


def header_rows(table: Node) -> int:
    """How many rows name the columns: those of head cells only, else the first."""
    heads = 0
    for row in _rows(table):
        if any(cell.tag == "td" for cell in row.elements("td", "th")):
            break
        heads += 1
    return max(heads, 1)


def caption(table: Node) -> list[str]:
    """The lines above a table that name it."""
    return [_cell(node).text for node in table.elements("caption") if _cell(node).text]


class _Cell(NamedTuple):
    """The words of a cell, its lines apart, and how many of its characters are links."""

    text: str
    linked: int
    across: int
    down: int
    is_layout: bool

    @property
    def size(self) -> int:
        return len("".join(self.text.split()))


def _cell(node: Node) -> _Cell:
    parts: list[str] = []
    linked = 0
    has_table = False
    waiting: list[tuple[Node | str, bool]] = [(node, False)]
    while waiting:
        item, is_link = waiting.pop()
        if isinstance(item, str):
            parts.append(re.sub(r"\s+", " ", item))
            linked += len("".join(item.split())) if is_link else 0
            continue
        has_table = has_table or item.tag == "table"
        if item.tag in BLOCKS or item.tag == "br":
            parts.append("\n")
        inside = is_link or item.tag == "a"
        waiting.extend((child, inside) for child in reversed(item.children))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    text = "\n".join(line for line in lines if line)
    across = min(integer(node.attributes.get("colspan"), 1), MAX_COLUMNS)
    down = integer(node.attributes.get("rowspan"), 1)
    return _Cell(text, linked, across, down, has_table or len(text) > _MAX_CELL_CHARACTERS)


def _row(cells: list[_Cell], below: dict[int, tuple[str, int]]) -> list[str]:
    """Texts of a row by column, with those of cells that span down into it."""
    texts: list[str] = []
    waiting = iter(cells)
    while len(texts) < MAX_COLUMNS:
        column = len(texts)
        if column in below:
            text, left = below.pop(column)
            if left > 1:
                below[column] = (text, left - 1)
            texts.append(text)
            continue
        cell = next(waiting, None)
        if cell is None:
            break
        repeated = cell.text if len(cell.text) <= _MAX_REPEATED_CHARACTERS else ""
        for offset in range(min(cell.across, MAX_COLUMNS - column)):
            if cell.down > 1:
                below[column + offset] = ("" if offset else repeated, cell.down - 1)
            texts.append("" if offset else cell.text)
    return texts


def _rows(table: Node) -> Iterator[Node]:
    for node in table.elements("tr", "thead", "tbody", "tfoot"):
        yield from [node] if node.tag == "tr" else node.elements("tr")
