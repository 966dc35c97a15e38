"""Tables for people to take away, as Excel workbooks: text only, nothing is run as a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_MAX_CELL = 32_767  # characters; Excel calls a file with more in a cell damaged
_NARROW, _WIDE = 12, 64
_HEAD = "E6EDF7"


def workbook(lines: Sequence[Sequence[str]]) -> bytes:
    """A workbook with one sheet; the first line is its header, which stays in sight."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one sheet
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            cell = sheet.cell(number, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_MAX_CELL]
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor=_HEAD)
    for column in range(len(lines[0]) if lines else 0):
        longest = max(len(line[column]) for line in lines if column < len(line))
        width = min(_WIDE, max(_NARROW, 2 * longest + 2))  # an ideograph takes two letters' room
        sheet.column_dimensions[get_column_letter(column + 1)].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
