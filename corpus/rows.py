"""Tables in plain text, with bars as in markdown or with tabs, to rows; pure.

A row stays what the source says, its cells parted by the bar or the tab that parts them there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.markers import marker_of
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


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its slices, counted from the start of the table, and what it is in it."""

    segments: tuple[Segment, ...]
    role: str  # HEAD, FIRST (of a table without heads) or ROW


def read_table(raws: list[str], index: int) -> tuple[list[Row], int]:
    """Rows of the table that begins at a line, and the line behind it.

    Without a table there the rows are empty, and no table begins before the line returned.
    """
    bars = _has_bars(raws, index)
    lines = _run(raws, index, bars=bars)
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


def _has_bars(raws: list[str], index: int) -> bool:
    if "|" not in raws[index]:
        return False
    if raws[index].lstrip().startswith("|"):
        return True
    following = raws[index + 1] if index + 1 < len(raws) else ""
    return "|" in following and _SEPARATOR.fullmatch(following.strip()) is not None


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
