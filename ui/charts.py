"""One figure over several places as bars; pure, no library.

Words are text of the page, so that they can be read on a phone and by a screen reader; each bar is
a small SVG. Colours are classes that the style sheet of the page names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ui.cards import escape

_LONGEST, _HEIGHT = 1000, 16  # of a bar, in units of its own; it is drawn as wide as there is room


class Bar(NamedTuple):
    """A figure with its name, from where to where it reaches, and how it is printed."""

    name: str
    note: str
    interval: tuple[float, float]
    printed: str
    when: str


def bar_chart(bars: Sequence[Bar], *, title: str) -> str:
    """A row for each figure, all from zero on one axis; a range is marked where it begins."""
    most = max((bar.interval[1] for bar in bars), default=0.0) or 1.0
    rows = "".join(
        f'<li><p class="bar-name">{escape(bar.name)}<span>{escape(bar.note)}</span></p>'
        f"{_bar(bar.interval, most)}"
        f'<p class="bar-value">{escape(bar.printed)}<span>{escape(bar.when)}</span></p></li>'
        for bar in bars
    )
    return f'<ol class="bars" lang="zh-CN" aria-label="{escape(title)}">{rows}</ol>'


def _bar(interval: tuple[float, float], most: float) -> str:
    low, high = (round(edge / most * _LONGEST, 1) for edge in interval)
    start = (
        f'<rect class="bar-low" x="{low:g}" width="6" height="{_HEIGHT}"/>' if low < high else ""
    )
    return (
        f'<svg viewBox="0 0 {_LONGEST} {_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="bar" width="{max(high, 4):g}" height="{_HEIGHT}"/>{start}</svg>'
    )
