"""Sheets of questions, Excel or CSV, to rows of text that know where they stand, and back.

Knows columns and cells; what a row means for an evaluation is the business of ``sheet_gold``.
"""

from __future__ import annotations

import csv
import datetime
import functools
import io
import tomllib
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from corpus.encodings import decode
from corpus.errors import DocumentUnreadable
from eval.errors import GoldInvalid
from eval.wording import asset
from index.folding import fold

NEEDED = ("question", "answer", "clause")

MAX_ROWS = 20_000
_MAX_BYTES = 8 * 2**20
_MAX_UNPACKED_BYTES = 64 * 2**20
_HEADER_WITHIN = 10  # rows: a title and a line of instructions often stand above the header
_EXCEL = (".xlsx", ".xlsm")
# A cell that begins like this would be run as a formula when the file is opened.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What openpyxl raises for files that are none; XML that is cut off is a SyntaxError.
_UNREADABLE = (
    zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, IndexError,
    AttributeError, EOFError, zlib.error, SyntaxError,
)  # fmt: skip
_WIDE, _NARROW = 48, 16

Cells = Sequence[str]


class SheetInvalid(GoldInvalid):
    """A sheet cannot be used; ``problems`` names file, sheet, row and column of each reason."""

    def __init__(self, problems: Sequence[str]) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(problems[0] + more)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it: its cells by column name, and where each of them stands."""

    file: str
    sheet: str  # empty in a CSV file, which has only one
    sheet_number: int
    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]  # column name → letter

    def place(self, column: str) -> str:
        """Where a cell stands, as a person finds it; the row where there is no such column."""
        sheet = f", sheet '{self.sheet}'" if self.sheet else ""
        letter = self.columns.get(column)
        return f"{self.file}{sheet}, row {self.number}" + (f", column {letter}" if letter else "")


def read_rows(path: Path) -> tuple[Row, ...]:
    """The rows of all sheets of a file that have a column of questions.

    Raises:
        SheetInvalid: not a sheet, a needed column is missing or twice there, or nothing is in it.
    """
    suffix = path.suffix.lower()
    if suffix == ".xls":
        raise SheetInvalid([f"{path.name}: the old Excel format; save it as .xlsx"])
    if not path.is_file():
        raise SheetInvalid([f"{path}: no such file; check the path"])
    if path.stat().st_size > _MAX_BYTES:
        raise SheetInvalid([f"{path.name}: larger than 8 MB; split it"])
    sheets = _excel(path) if suffix in _EXCEL else [("", _csv(path))]
    rows: list[Row] = []
    problems: list[str] = []
    seen: list[str] = []
    for number, (title, lines) in enumerate(sheets, start=1):
        header = _header_of(lines)
        if header is None:
            seen += [text for line in lines[:1] for text in line if text]
            continue
        columns, found = _columns(path.name, title, header, lines[header])
        problems += found
        rows += _rows(path.name, title, number, lines, header, columns)
    if problems:
        raise SheetInvalid(problems)
    if not rows:
        had = f"; found: {'、'.join(seen[:8])}" if seen else ""
        where = f", sheet '{sheets[0][0]}'" if sheets and sheets[0][0] else ""
        text = f"{path.name}{where}, row 1: no rows below a header 问题 (question){had}"
        raise SheetInvalid([text + "; the header needs 问题, 标准答案 and 依据条款"])
    return tuple(rows)


def write_workbook(path: Path, title: str, lines: Iterable[Cells], *, wide: Iterable[int]) -> None:
    """Write an Excel file with one sheet; the first line is its header, ``wide`` its wide columns.

    Every cell is text: nothing that somebody wrote is run as a formula.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one sheet
    sheet.title = title
    broad = set(wide)
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            cell = sheet.cell(number, column)
            cell.value = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text)
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
                letter = get_column_letter(column)
                sheet.column_dimensions[letter].width = _WIDE if column - 1 in broad else _NARROW
    sheet.freeze_panes = "A2"
    book.save(path)


def csv_text(lines: Iterable[Cells]) -> str:
    """Lines as CSV that Excel opens as it is: with a mark of UTF-8, and without formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in lines:
        writer.writerow([f"'{text}" if text.startswith(_FORMULA) else text for text in line])
    return "\ufeff" + out.getvalue()


def _excel(path: Path) -> list[tuple[str, list[Cells]]]:
    content = io.BytesIO(path.read_bytes())  # openpyxl leaves a file open that it cannot read
    try:
        with zipfile.ZipFile(content) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED_BYTES:
                raise SheetInvalid([f"{path.name}: unpacks to more than 64 MB; split it"])
        with warnings.catch_warnings():
            # Of what Excel has and openpyxl does not keep; none of it is text of a cell.
            warnings.simplefilter("ignore", UserWarning)
            book = openpyxl.load_workbook(content, data_only=True)
        return [(sheet.title, list(_lines(path.name, sheet))) for sheet in book.worksheets]
    except _UNREADABLE as error:
        what = "damaged, protected by a password, or not an Excel file"
        raise SheetInvalid([f"{path.name}: {what}; save it anew as .xlsx"]) from error


def _lines(file: str, sheet: Worksheet) -> Iterator[Cells]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_text(cell.value, cell.number_format) for cell in row]
        if number <= MAX_ROWS:
            yield cells
        elif any(cells):  # a format alone may reach down to the last row that Excel has
            raise SheetInvalid(
                [f"{file}, sheet '{sheet.title}': more than {MAX_ROWS} rows; split it"]
            )


def _text(value: object, number_format: str) -> str:
    """A cell as a person sees it: dates and percentages as they are shown, not as stored."""
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, bool) or value is None:
        return {None: "", True: "是", False: "否"}[value]
    if isinstance(value, int | float):
        return f"{round(value * 100, 6):g}%" if "%" in (number_format or "") else f"{value:.15g}"
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").strip()


def _csv(path: Path) -> list[Cells]:
    try:
        text = decode(path.read_bytes())
    except DocumentUnreadable as error:
        raise SheetInvalid([f"{path.name}: {error}"]) from error
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)  # the first of them where there is none
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SheetInvalid([f"{path.name}: {error}; save it anew as CSV"]) from error
    if len(lines) > MAX_ROWS:
        raise SheetInvalid([f"{path.name}: more than {MAX_ROWS} rows; split it"])
    return [[cell.strip() for cell in line] for line in lines]


def _header_of(lines: Sequence[Cells]) -> int | None:
    """Which of the first lines names a column of questions, or None."""
    within = enumerate(lines[:_HEADER_WITHIN])
    return next((row for row, line in within if "question" in map(_column, line)), None)


@functools.cache
def sheet_words() -> dict[str, Any]:
    """Names of columns, words in cells, and the template: assets/sheets.toml."""
    return tomllib.loads(asset("sheets.toml"))


def _column(text: str) -> str:
    """The column that a header names, or nothing."""
    plain = fold(text).split("(")[0].strip(" *:")
    names: dict[str, list[str]] = sheet_words()["columns"]
    return next((name for name, known in names.items() if plain in known), "")


def _columns(file: str, sheet: str, header: int, line: Cells) -> tuple[dict[str, int], list[str]]:
    """Where each column stands, and what is wrong with the header."""
    columns: dict[str, int] = {}
    place = f"{file}, sheet '{sheet}', row {header + 1}" if sheet else f"{file}, row {header + 1}"
    problems: list[str] = []
    for position, text in enumerate(line):
        name = _column(text)
        if name in columns:
            letter = get_column_letter(position + 1)
            problems.append(f"{place}, column {letter}: a second column '{text}'; remove one")
        elif name:
            columns[name] = position
    for name in NEEDED:
        if name not in columns:
            known = sheet_words()["columns"][name]
            problems.append(f"{place}: no column '{known[0]}' ({known[-1]}); add it")
    return columns, problems


def _rows(
    file: str, sheet: str, sheet_number: int, lines: Sequence[Cells], header: int,
    columns: Mapping[str, int],
) -> Iterator[Row]:  # fmt: skip
    letters = {name: get_column_letter(position + 1) for name, position in columns.items()}
    for number, line in enumerate(lines[header + 1 :], start=header + 2):
        cells = {name: line[at] if at < len(line) else "" for name, at in columns.items()}
        if any(cells.values()):
            yield Row(file, sheet, sheet_number, number, cells, letters)
