"""Tables of any format to lines of text: a row a line, cells between bars as in markdown; pure."""

from __future__ import annotations

from collections.abc import Sequence

MAX_COLUMNS = 50


def table_lines(rows: Sequence[Sequence[str]], *, header_rows: int = 1) -> list[str]:
    """Lines of a table, with a rule below the rows that name its columns.

    A table of one row or one column only arranges text on the page: its cells come out as lines
    of their own.

    >>> table_lines([["指标", "目标"], ["床医比", "1：0.53"]])
    ['| 指标 | 目标 |', '| --- | --- |', '| 床医比 | 1：0.53 |']
    """
    width = max((len(row) for row in rows), default=0)
    filled = [column for column in range(width) if any(_cell(row, column) for row in rows)]
    rows = [[_cell(row, column) for column in filled] for row in rows]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or len(filled) < 2:
        return [line for row in rows for cell in row for line in cell.split("\n") if line.strip()]
    header_rows = min(max(header_rows, 1), len(rows) - 1)
    lines = [row_line(row) for row in rows]
    return [*lines[:header_rows], rule_line(len(filled)), *lines[header_rows:]]


def row_line(row: Sequence[str]) -> str:
    """One row as a line."""
    cells = (" ".join(cell.replace("|", "\\|").split()) for cell in row)
    return "| " + " | ".join(cells) + " |"


def rule_line(columns: int) -> str:
    """The line between the rows that name the columns and the others."""
    return "|" + " --- |" * columns


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""
