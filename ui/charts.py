"""One figure over several places as bars, in SVG text; pure, no library.

Colours and fonts are classes that the style sheet of the page names, so that a chart follows its
light and dark side. All words are escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ui.cards import escape

_WIDTH, _ROW = 860, 46
_LABELS, _VALUES = 300, 190
_BAR = 16
_MAX_LABEL, _MAX_NOTE = 17, 22  # characters that have room


class Bar(NamedTuple):
    """A figure with its name, from where to where it reaches, and how it is printed."""

    name: str
    note: str
    interval: tuple[float, float]
    printed: str
    when: str


def bar_chart(bars: Sequence[Bar], *, title: str) -> str:
    """A row for each figure, all from zero on one axis; a range is drawn as its two ends."""
    most = max((bar.interval[1] for bar in bars), default=0.0) or 1.0
    room = _WIDTH - _LABELS - _VALUES
    rows: list[str] = []
    for number, bar in enumerate(bars):
        middle = number * _ROW + _ROW / 2
        low, high = (round(edge / most * room, 1) for edge in bar.interval)
        rows.append(
            f"<g><title>{escape(f'{bar.name} {bar.note} {bar.printed} {bar.when}')}</title>"
            f'<text class="bar-name" x="0" y="{middle - 3:g}">{_cut(bar.name, _MAX_LABEL)}</text>'
            f'<text class="bar-note" x="0" y="{middle + 15:g}">{_cut(bar.note, _MAX_NOTE)}</text>'
            f'<rect class="bar" x="{_LABELS}" y="{middle - _BAR / 2:g}" width="{max(high, 2):g}" '
            f'height="{_BAR}" rx="2"/>{_lower_end(low, high, middle)}'
            f'<text class="bar-value" x="{_LABELS + max(high, 2) + 10:g}" y="{middle + 6:g}">'
            f'{escape(bar.printed)}<tspan class="bar-note" dx="8">{_cut(bar.when, 10)}</tspan>'
            f"</text></g>"
        )
    height = len(bars) * _ROW + 4
    return (
        f'<svg class="bars" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}"><line class="axis" x1="{_LABELS}" x2="{_LABELS}" y1="0" '
        f'y2="{height}"/>{"".join(rows)}</svg>'
    )


def _lower_end(low: float, high: float, middle: float) -> str:
    """Where a range begins; nothing for a single figure."""
    if low >= high:
        return ""
    return (
        f'<line class="bar-low" x1="{_LABELS + low:g}" x2="{_LABELS + low:g}" '
        f'y1="{middle - _BAR / 2:g}" y2="{middle + _BAR / 2:g}"/>'
    )


def _cut(text: str, most: int) -> str:
    return escape(text if len(text) <= most else f"{text[: most - 1]}…")
