"""Plots as SVG text: intervals by row, and lines over two axes; pure, no library.

Colours and fonts are classes that the style sheet of the page names, so that a plot follows its
light and dark side and nothing in it needs an inline style. All words are escaped.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[float, float]

_WIDTH = 560
_ROW_HEIGHT = 26
_TOP, _BOTTOM = 12, 46
_LABEL_WIDTH, _VALUE_WIDTH = 132, 116
_LEFT, _RIGHT = 52, 74  # of a line plot: room for the ticks, and for the names at the line ends
_LINE_HEIGHT = 300
_LABEL_GAP = 17  # between the names of two lines that end close together
_MAX_TICKS = 6
_CLASSES = ("line-1", "line-2", "line-3", "line-4")


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """A row of an interval plot: a value between 0 and 1, its interval, what is printed for it."""

    label: str
    value: float
    low: float
    high: float
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line by its points, from left to right."""

    name: str
    points: tuple[Point, ...]
    is_stepped: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis shows, from where to where; ``is_share`` prints percentages.

    ``step`` lies between two ticks; 0 leaves it to the axis to choose a round one.
    """

    title: str
    low: float
    high: float
    is_share: bool = False
    step: float = 0.0

    def share(self, value: float) -> float:
        """Where a value lies on the axis, 0 to 1; what lies beyond it stays at its end."""
        if self.high <= self.low:
            return 0.0
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def ticks(self) -> list[float]:
        """Round values from the axis' low to its high, at most six where it chooses them."""
        if self.high <= self.low:
            return [self.low]
        step = self.step or _round_step((self.high - self.low) / (_MAX_TICKS - 1))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [round(number * step, 10) for number in range(first, last + 1)]

    def print(self, value: float) -> str:
        """A tick as it is printed."""
        return f"{100 * value:.0f}%" if self.is_share else f"{value:g}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A dashed line across a line plot, with its name."""

    name: str
    at: float


def interval_plot(rows: Sequence[IntervalRow], *, title: str) -> str:
    """A dot with its interval for each row, over one axis from 0 to 1."""
    height = _TOP + _ROW_HEIGHT * len(rows) + _BOTTOM - 12
    axis = Axis("", 0, 1, is_share=True)
    left, right = _LABEL_WIDTH, _WIDTH - _VALUE_WIDTH
    bottom = _TOP + _ROW_HEIGHT * len(rows)

    def across(value: float) -> float:
        return round(left + axis.share(value) * (right - left), 1)

    parts = [
        f'<line class="grid" x1="{across(tick)}" x2="{across(tick)}" y1="{_TOP}" y2="{bottom}"/>'
        f'<text class="tick" x="{across(tick)}" y="{bottom + 20}" text-anchor="middle">'
        f"{axis.print(tick)}</text>"
        for tick in axis.ticks()
    ]
    for number, row in enumerate(rows):
        middle = _TOP + _ROW_HEIGHT * number + _ROW_HEIGHT / 2
        parts.append(
            f'<text class="name" x="{left - 12}" y="{middle + 5}" text-anchor="end">'
            f"{escape(row.label)}</text>"
            f'<line class="interval" x1="{across(row.low)}" x2="{across(row.high)}" '
            f'y1="{middle}" y2="{middle}"/>'
            f'<circle class="dot" cx="{across(row.value)}" cy="{middle}" r="5"/>'
            f'<text class="value" x="{right + 14}" y="{middle + 5}">{escape(row.note)}</text>'
        )
    return _svg(parts, height, title)


def line_plot(
    lines: Sequence[Line], *, across: Axis, up: Axis, title: str, marks: Iterable[Mark] = ()
) -> str:
    """Lines over two axes, each named at its end; marks stand across where they are on the axis."""
    frame = _Frame(across, up)
    parts = frame.grid()
    parts += [frame.mark(mark, row=row) for row, mark in enumerate(marks)]
    shown = [line for line in lines if line.points]
    labels = _apart([frame.place(line.points[-1])[1] for line in shown])
    for number, (line, label_y) in enumerate(zip(shown, labels, strict=True)):
        kind = _CLASSES[number % len(_CLASSES)]
        end_x, end_y = frame.place(line.points[-1])
        parts.append(
            f'<path class="line {kind}" d="{frame.path(line)}"/>'
            f'<circle class="end {kind}" cx="{end_x}" cy="{end_y}" r="4"/>'
            f'<text class="end-name {kind}" x="{end_x + 9}" y="{label_y + 5}">'
            f"{escape(line.name)}</text>"
        )
    return _svg(parts, _LINE_HEIGHT, title)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The inside of a line plot: from values to places."""

    across: Axis
    up: Axis

    def place(self, point: Point) -> Point:
        width, height = _WIDTH - _LEFT - _RIGHT, _LINE_HEIGHT - _TOP - _BOTTOM
        x = _LEFT + self.across.share(point[0]) * width
        y = _LINE_HEIGHT - _BOTTOM - self.up.share(point[1]) * height
        return round(x, 1), round(y, 1)

    def path(self, line: Line) -> str:
        places = [self.place(point) for point in line.points]
        commands = [f"M{places[0][0]} {places[0][1]}"]
        for x, y in places[1:]:
            commands.append(f"H{x}V{y}" if line.is_stepped else f"L{x} {y}")
        return "".join(commands)

    def grid(self) -> list[str]:
        right, bottom = _WIDTH - _RIGHT, _LINE_HEIGHT - _BOTTOM
        parts = [
            f'<line class="grid" x1="{_LEFT}" x2="{right}" y1="{y}" y2="{y}"/>'
            f'<text class="tick" x="{_LEFT - 8}" y="{y + 5}" text-anchor="end">'
            f"{escape(self.up.print(tick))}</text>"
            for tick in self.up.ticks()
            for y in (self.place((self.across.low, tick))[1],)
        ]
        parts += [
            f'<text class="tick" x="{x}" y="{bottom + 20}" text-anchor="middle">'
            f"{escape(self.across.print(tick))}</text>"
            for tick in self.across.ticks()
            for x in (self.place((tick, self.up.low))[0],)
        ]
        middle = (_LEFT + right) / 2
        parts.append(
            f'<line class="axis" x1="{_LEFT}" x2="{right}" y1="{bottom}" y2="{bottom}"/>'
            f'<text class="axis-title" x="{middle}" y="{_LINE_HEIGHT - 6}" '
            f'text-anchor="middle">{escape(self.across.title)}</text>'
        )
        return parts

    def mark(self, mark: Mark, *, row: int) -> str:
        """A mark; the name of each stands a row above the last, so that near ones can be read."""
        x, _ = self.place((mark.at, self.up.low))
        is_right = x > _LEFT + 0.7 * (_WIDTH - _RIGHT - _LEFT)
        anchor, text_x = ("end", x - 6) if is_right else ("start", x + 6)
        return (
            f'<line class="mark-line" x1="{x}" x2="{x}" y1="{_TOP}" '
            f'y2="{_LINE_HEIGHT - _BOTTOM}"/><text class="tick" x="{text_x}" '
            f'y="{_LINE_HEIGHT - _BOTTOM - 10 - row * _LABEL_GAP}" text-anchor="{anchor}">'
            f"{escape(mark.name)}</text>"
        )


def _svg(parts: Iterable[str], height: float, title: str) -> str:
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {height:g}" role="img" '
        f'aria-label="{escape(title, quote=True)}">{"".join(parts)}</svg>'
    )


def _apart(heights: Sequence[float]) -> list[float]:
    """Heights moved down as little as keeps each name clear of the one above it."""
    moved = list(heights)
    above = -math.inf
    for row in sorted(range(len(heights)), key=lambda row: heights[row]):
        moved[row] = above = max(heights[row], above + _LABEL_GAP)
    return moved


def _round_step(step: float) -> float:
    """The next step of 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= step - 1e-12)
