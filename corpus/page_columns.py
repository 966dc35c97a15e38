"""Text set in two columns: where the space between them stands, and in which order to read; pure.

Only running text counts as columns: lines of both sides fill their width. What stands side by
side otherwise (signatures, forms, tables without rules) is read line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

Span = tuple[float, float]
"""Where a run of text begins and ends across the page."""

_MIN_ROWS = 8  # that have text on both sides
_MIN_GAP = 1.0  # em
_MIN_WIDTH = 10.0  # em; of a column
_FULL = 1.5  # em; room that is left at the end of a full line
_INDENT = 2.5  # em; how far the first line of a paragraph begins inside its column
_SHARE_FULL = 0.5
_SHARE_ALIGNED = 0.8
_MAX_CROSSING = 0.15  # of the rows from the first to the last with text on both sides


def gutter_of(rows: Sequence[Sequence[Span]], size: float) -> float | None:
    """The middle of the space between two columns; None where the page has one column.

    Args:
        rows: the spans of text of every row, rows from top to bottom, spans from left to right.
        size: the em of the text.
    """
    gaps = [
        (before[1], after[0])
        for row in rows
        for before, after in pairwise(row)
        if after[0] - before[1] >= _MIN_GAP * size
    ]
    if len(gaps) < _MIN_ROWS:
        return None
    middle = median((start + end) / 2 for start, end in gaps)
    around = [(start, end) for start, end in gaps if start < middle < end]
    if len(around) < _MIN_ROWS:
        return None
    # The columns end and begin where the widest of their lines do.
    left, right = max(start for start, _ in around), min(end for _, end in around)
    if not left < right:
        return None
    gutter = (left + right) / 2
    return gutter if _are_columns(rows, gutter, size) else None


def _are_columns(rows: Sequence[Sequence[Span]], gutter: float, size: float) -> bool:
    """Whether what stands on both sides is running text."""
    both = [
        number
        for number, row in enumerate(rows)
        if any(end < gutter for _, end in row) and any(start > gutter for start, _ in row)
    ]
    both = [number for number in both if not crosses(rows[number], gutter)]
    if len(both) < _MIN_ROWS:
        return False
    between = rows[both[0] : both[-1] + 1]
    if sum(crosses(row, gutter) for row in between) > _MAX_CROSSING * len(between):
        return False
    sides = [
        [_extent([span for span in rows[number] if (span[0] < gutter) == first]) for number in both]
        for first in (True, False)
    ]
    return all(_is_text(side, size) for side in sides)


def _is_text(lines: Sequence[Span], size: float) -> bool:
    """Whether lines begin at one edge and mostly reach the other, as running text does."""
    left, right = min(start for start, _ in lines), max(end for _, end in lines)
    aligned = sum(start - left <= _INDENT * size for start, _ in lines)
    full = sum(right - end <= _FULL * size for _, end in lines)
    return (
        right - left >= _MIN_WIDTH * size
        and aligned >= _SHARE_ALIGNED * len(lines)
        and full >= _SHARE_FULL * len(lines)
    )


def _extent(spans: Sequence[Span]) -> Span:
    return spans[0][0], spans[-1][1]


def crosses(spans: Sequence[Span], gutter: float) -> bool:
    """Whether some of the text stands across the space between the columns."""
    return any(start < gutter < end for start, end in spans)
