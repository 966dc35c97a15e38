"""Tables of web pages, as far as they hold data and do not arrange the page; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.html_node import BLOCKS, Node, integer
from corpus.tables import MAX_COLUMNS

_MAX_CELL_CHARACTERS = 1500  # a longer cell shows that the table arranges the page
_MAX_REPEATED_CHARACTERS = 200  # a longer text stands once, though its cell spans rows
_LINKED = 0.4  # of the words: with so much of it links it is a menu


def data_rows(table: Node) -> list[list[str]] | None:
    """Texts of a table by row and column; None where it arranges the page."""
    rows: list[list[str]] = []
    below: dict[int, tuple[str, int]] = {}  # by column: text and rows that a cell still spans
    for row in _rows(table):
        texts: list[str] = []
        cells = [
            cell for cell in row.children if isinstance(cell, Node) and cell.tag in ("td", "th")
        ]
        for cell in cells:
            while len(texts) in below and len(texts) < MAX_COLUMNS:
                texts.append(_spanned(below, len(texts)))
            text = _cell_text(cell)
            if text is None or len(text) > _MAX_CELL_CHARACTERS:
                return None
            if len(texts) >= MAX_COLUMNS:
                continue
            down = integer(cell.attributes.get("rowspan"), 1)
            if down > 1:
                repeated = text if len(text) <= _MAX_REPEATED_CHARACTERS else ""
                below[len(texts)] = (repeated, down - 1)
            across = min(integer(cell.attributes.get("colspan"), 1), MAX_COLUMNS - len(texts))
            texts += [text, *[""] * (across - 1)]
        while len(texts) in below and len(texts) < MAX_COLUMNS:
            texts.append(_spanned(below, len(texts)))
        rows.append(texts)
    return rows


def _spanned(below: dict[int, tuple[str, int]], column: int) -> str:
    text, left = below.pop(column)
    if left > 1:
        below[column] = (text, left - 1)
    return text


def _rows(table: Node) -> Iterator[Node]:
    for node in table.children:
        if isinstance(node, Node):
            if node.tag == "tr":
                yield node
            elif node.tag in ("thead", "tbody", "tfoot"):
                yield from (r for r in node.children if isinstance(r, Node) and r.tag == "tr")


def _cell_text(cell: Node) -> str | None:
    """The words of a cell, its lines apart; None where a table is inside."""
    parts: list[str] = []
    waiting: list[Node | str] = [cell]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(re.sub(r"\s+", " ", node))
        elif node.tag == "table":
            return None
        else:
            if node.tag in BLOCKS or node.tag == "br":
                parts.append("\n")
            waiting.extend(reversed(node.children))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def header_rows(table: Node) -> int:
    heads = 0
    for row in _rows(table):
        tags = {cell.tag for cell in row.children if isinstance(cell, Node)}
        if tags != {"th"}:
            break
        heads += 1
    return max(heads, 1)
