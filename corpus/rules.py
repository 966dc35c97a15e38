"""Where lines are drawn on the picture of a page: long dark runs, level or upright; pure.

Tables are found on the picture rather than among the drawing commands, because every producer
draws rules in its own way (lines, thin boxes, filled shapes), and a scan has no commands at all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.page import Glyph, Rule

DARK = 215  # of 255; the lightest grey in which tables are ruled is #ccc, that is 204
_MIN_LENGTH = 9.0  # points; the side of the smallest cell that holds a character
_STROKE = 1.15  # of the size of a character: no stroke of it is longer
_MAX_THICKNESS = 4.0  # points; what is thicker is a filled box, whose edges are the rules
_MAX_RULES = 1500  # a page with more is a picture
_JOIN = 1.5  # points; runs this close side by side are one rule


def find_rules(
    grey: NDArray[np.uint8], glyphs: Sequence[Glyph], *, scale: float
) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright rules of a page.

    Args:
        grey: the picture, (height, width), 255 is white.
        glyphs: what is written on it: strokes of characters are no rules.
        scale: pixels per point.
    """
    dark = grey < DARK
    strokes = _longest_strokes(grey.shape, glyphs, scale)
    return _level_rules(dark, strokes, scale), _level_rules(dark.T, strokes.T, scale)


def _longest_strokes(
    shape: tuple[int, ...], glyphs: Sequence[Glyph], scale: float
) -> NDArray[np.int32]:
    """For each pixel the longest stroke, in pixels, that a character there can have."""
    longest = np.zeros(shape, dtype=np.int32)
    for glyph in glyphs:
        rows = slice(max(0, int(glyph.top * scale) - 1), max(0, int(glyph.bottom * scale) + 2))
        columns = slice(max(0, int(glyph.left * scale) - 1), max(0, int(glyph.right * scale) + 2))
        longest[rows, columns] = round(_STROKE * glyph.size * scale)
    return longest


def _level_rules(dark: NDArray[np.bool_], strokes: NDArray[np.int32], scale: float) -> list[Rule]:
    rows, starts, ends = _long_runs(dark, round(_MIN_LENGTH * scale))
    written = ends - starts <= strokes[rows, (starts + ends) // 2]
    rows, starts, ends = rows[~written], starts[~written], ends[~written]
    if len(rows) > _MAX_RULES * 20:
        return []
    rules: list[Rule] = []
    open_bands: list[list[int]] = []  # first row, last row, start, end
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        still_open: list[list[int]] = []
        joined = False
        for band in open_bands:
            if row - band[1] > _JOIN * scale:
                rules.extend(_rules_of_band(band, scale))
                continue
            still_open.append(band)
            overlap = min(end, band[3]) - max(start, band[2])
            if not joined and overlap > 0.8 * max(end - start, band[3] - band[2]):
                band[1], band[2], band[3] = row, min(start, band[2]), max(end, band[3])
                joined = True
        if not joined:
            still_open.append([row, row, start, end])
        open_bands = still_open
    for band in open_bands:
        rules.extend(_rules_of_band(band, scale))
    return rules if len(rules) <= _MAX_RULES else []


def _long_runs(
    dark: NDArray[np.bool_], min_pixels: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Row, start and end of every dark run of a length, row by row."""
    padded = np.zeros((dark.shape[0], dark.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = dark
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    long = ends - starts >= min_pixels
    return rows[long], starts[long], ends[long]


def _rules_of_band(band: list[int], scale: float) -> list[Rule]:
    first, last, start, end = (edge / scale for edge in band)
    if last - first <= _MAX_THICKNESS:
        return [Rule((first + last) / 2, start, end)]
    return [Rule(first, start, end), Rule(last, start, end)]
