"""Tables in plain text, with bars as in markdown, with tabs or with spaces, to rows; pure.

A row stays what the source says, its cells parted by the bar, the tab or the space that
parts them there. Spaces part cells only where several lines have the same number of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.markers import marker_of
from corpus.page_furniture import is_furniture
from corpus.schema import Segment

HEAD, FIRST, ROW = "表头", "首行", "表行"
_SEPARATOR = re.compile(r"\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?")
_CONTROL = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_LEFT_OUT = re.compile(
    rf"(?P<white>\s+)|\*\*|&(?:nbsp|ensp|emsp);|<br\s*/?>|\\(?=[!-/:-@\[-`{{-~])|[{_CONTROL}]+"
)
_BLANK_ROW = re.compile(r"[\s|]*")  # of a form that is to be filled in
_FIGURE = re.compile(r"\d(?!\d{3}年)")  # 2025年目标值 names a column
_MAX_HEAD_CELL = 24
_WIDE = re.compile(r"[ \u3000\u00a0]{2,}|\u3000")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEAST_CELLS, _MOST_CELLS = 3, 12
_LEAST_SPACED = 3  # lines; two may look alike by chance
_MAX_BARRED = 60  # characters of the head of a column between bars
_MAX_SPACED, _MAX_CELL = 120, 40  # characters of a row, and of a cell


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its slices, counted from the start of the table, and what it is in it."""

    segments: tuple[Segment, ...]
    role: str  # HEAD, FIRST (of a table without heads) or ROW


def may_be_row(raw: str) -> bool:
    """Whether a line may belong to a table."""
    return "|" in raw or "\t" in raw or _spaced_cells(raw) > 0


def read_table(raws: list[str], index: int) -> tuple[list[Row], int]:
    """Rows of the table that begins at a line, and the line behind it.

    Without a table there the rows are empty, and no table begins before the line returned.
    """
    bars = _has_bars(raws, index)
    if not bars and "\t" not in raws[index].strip():
        return _read_spaced(raws, index)
    lines = _run(raws, index, bars=bars)
    if bars and not raws[index].lstrip().startswith("|") and (same := _same_bars(raws, index)) > 1:
        lines = lines[:same]
    end = lines[-1] + 1 if lines else index + 1
    separators = {n for n in lines if bars and _SEPARATOR.fullmatch(raws[n].strip())}
    if len(lines) - len(separators) < (1 if separators else 2):
        return [], end
    first_rule = min(separators, default=-1)
    inset = not bars and all(raws[number].startswith("\t") for number in lines)
    rows: list[Row] = []
    position, at = 0, index
    for number, following in zip(lines, [*lines[1:], -1], strict=True):
        position += sum(map(len, raws[at:number]))
        at = number
        if number in separators:
            continue
        role = HEAD if number < first_rule or following in separators else ROW
        if not rows and role == ROW:
            role = HEAD if not separators and _is_head(raws[number], bars=bars) else FIRST
        if _BLANK_ROW.fullmatch(raws[number]):
            continue
        segments = _segments(raws[number], position, bars=bars, inset=inset)
        rows.append(Row(segments, role))
    return rows, end


def _read_spaced(raws: list[str], index: int) -> tuple[list[Row], int]:
    """Rows of a table whose cells stand apart by spaces."""
    count = _spaced_cells(raws[index])
    end = index + 1
    while count and end < len(raws) and _spaced_cells(raws[end]) == count:
        end += 1
    # Lines of Latin words look like cells, too.
    if end - index < _LEAST_SPACED or not _HAN.search("".join(raws[index:end])):
        return [], end
    rows: list[Row] = []
    position = 0
    for raw in raws[index:end]:
        role = ROW
        if not rows:
            names = all(len(c) <= _MAX_HEAD_CELL and not _FIGURE.match(c) for c in _cells(raw))
            role = HEAD if names else FIRST
        rows.append(Row(_segments(raw, position, bars=False, inset=True), role))
        position += len(raw)
    return rows, end


def _spaced_cells(raw: str) -> int:
    """How many cells spaces part in a line, 0 where it is none of a table."""
    if len(raw) > _MAX_SPACED or raw.count(" ") + raw.count("\u3000") < _LEAST_CELLS - 1:
        return 0
    body = raw.strip()
    if "。" in body or body[-1:] in ("；", "，", "：", "、") or "\t" in body or "|" in body:
        return 0
    cells = _cells(body)
    letters = sum(1 for cell in cells if len(cell) == 1 and not cell.isdecimal())
    fits = _LEAST_CELLS <= len(cells) <= _MOST_CELLS and max(map(len, cells)) <= _MAX_CELL
    if not fits or 2 * letters > len(cells):
        return 0
    return 0 if marker_of(body) is not None else len(cells)


def _cells(raw: str) -> list[str]:
    body = raw.strip()
    return _WIDE.split(body) if _WIDE.search(body) else body.split()


def _has_bars(raws: list[str], index: int) -> bool:
    if "|" not in raws[index]:
        return False
    if raws[index].lstrip().startswith("|"):
        return True
    following = raws[index + 1] if index + 1 < len(raws) else ""
    if "|" not in following or "\t" in raws[index]:
        return False
    return _SEPARATOR.fullmatch(following.strip()) is not None or _same_bars(raws, index) > 1


def _same_bars(raws: list[str], index: int) -> int:
    """How many lines from ``index`` on have bars between as many cells; 0 where it is no table."""
    count = raws[index].count("|")
    if is_furniture(raws[index].strip()) or max(map(len, raws[index].split("|"))) > _MAX_BARRED:
        return 0
    end = index
    while end < len(raws) and raws[end].count("|") == count:
        end += 1
    least = _LEAST_SPACED if count == 1 else 2
    return end - index if end - index >= least else 0


def _run(raws: list[str], index: int, *, bars: bool) -> list[int]:
    """Numbers of the lines from ``index`` on that look like rows; blank lines may part them."""
    edged = raws[index].lstrip().startswith("|")
    lines: list[int] = []
    for number in range(index, len(raws)):
        body = raws[number].strip()
        if not body:
            continue
        if bars and (body.count("|") < 2 if edged else "|" not in body):
            break
        if bars and edged and not body.startswith("|"):
            break
        if not bars and not _are_cells(body):
            break
        lines.append(number)
    return lines


def _are_cells(body: str) -> bool:
    """Whether tabs part cells, and not the number of a clause or a label from its text."""
    first, _, rest = body.partition("\t")
    labelled = first.endswith(("：", ":")) or marker_of(first) is not None
    return bool(rest) and ("\t" in rest or not labelled)


def _is_head(raw: str, *, bars: bool) -> bool:
    cells = [cell.strip() for cell in raw.strip().strip("|").split("|" if bars else "\t")]
    return len(cells) > 1 and all(
        0 < len(cell) <= _MAX_HEAD_CELL and not _FIGURE.match(cell) and "。" not in cell
        for cell in cells
    )


def _segments(raw: str, position: int, *, bars: bool, inset: bool) -> tuple[Segment, ...]:
    """Slices of a row: runs of white space become one character of it, every tab stays."""
    body = raw.strip() if bars or inset else raw.rstrip().lstrip(" \u3000")
    position += raw.index(body)
    if bars:
        bare = body.removeprefix("|").removesuffix("|").strip()
        position, body = position + body.index(bare), bare
    kept: list[Segment] = []
    at = 0
    for match in [*_LEFT_OUT.finditer(body), None]:
        start, end = match.span() if match else (len(body), len(body))
        if start > at:
            kept.append((position + at, position + start))
        at = end
        if match and match["white"]:
            tabs = [n for n in range(start, end) if body[n] == "\t" and not bars]
            kept.extend((position + n, position + n + 1) for n in tabs or [start])
    return tuple(kept)
