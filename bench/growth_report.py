"""The results of bench/growth.py as docs/growth.svg, and as the table in docs/growth.md.

    python bench/growth_report.py growth.jsonl

Of docs/growth.md only what stands between its two marks is replaced.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
BEGIN, END = "<!-- measured -->", "<!-- end -->"

Row = dict[str, float]
Series = tuple[str, str]
"""A field of the results, and how it is called in the plot."""

COLUMNS = {
    "clauses": ("clauses", ",.0f"),
    "build_seconds": ("build, s", ",.0f"),
    "build_processor": ("build, processor s", ",.0f"),
    "build_megabytes": ("build, MB", ",.0f"),
    "disk_megabytes": ("disk, MB", ",.0f"),
    "open_seconds": ("open, s", ",.1f"),
    "search_megabytes": ("search, MB", ",.0f"),
    "p50": ("p50", ".1f"),
    "p95": ("p95", ".1f"),
    "p50_filtered": ("p50, 3 policies", ".1f"),
    "p95_filtered": ("p95, 3 policies", ".1f"),
    "p50_processor": ("p50, processor", ".1f"),
    "p95_processor": ("p95, processor", ".1f"),
}
PANELS: tuple[tuple[str, tuple[Series, ...]], ...] = (
    (
        "a search, ms",
        (("p50", "p50"), ("p95", "p95"), ("p95_filtered", "p95, 3 policies")),
    ),
    ("memory and disk, MB", (("search_megabytes", "searching"), ("disk_megabytes", "disk"))),
    ("building, s", (("build_processor", "build, processor"), ("open_seconds", "open"))),
)

PANEL_WIDTH, PANEL_HEIGHT = 320, 300
LEFT, RIGHT, TOP, BOTTOM = 58, 92, 34, 40
COLOURS = ("#2a78d6", "#1baa7c", "#c8741a")


@dataclass(frozen=True, slots=True)
class Scale:
    """Clauses and values to places in a panel; the latter between two powers of ten."""

    fewest: float
    most: float
    low: int
    high: int

    def x(self, clauses: float) -> float:
        """How far to the right."""
        share = math.log10(clauses / self.fewest) / max(math.log10(self.most / self.fewest), 1)
        return LEFT + share * (PANEL_WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """How far down."""
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return PANEL_HEIGHT - BOTTOM - share * (PANEL_HEIGHT - TOP - BOTTOM)


def main() -> None:
    """Write both files."""
    content = Path(sys.argv[1]).read_text(encoding="utf-8")
    rows: list[Row] = sorted(
        (json.loads(line) for line in content.splitlines()), key=lambda row: row["clauses"]
    )
    (DOCS / "growth.svg").write_text(plot(rows), encoding="utf-8")
    page = DOCS / "growth.md"
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n{table(rows)}\n{END}{after}", encoding="utf-8")


def table(rows: Sequence[Row]) -> str:
    """The results as a table of Markdown."""
    lines = [
        "| " + " | ".join(title for title, _ in COLUMNS.values()) + " |",
        "|" + "---:|" * len(COLUMNS),
    ]
    for row in rows:
        cells = (format(row[name], form) for name, (_, form) in COLUMNS.items())
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def plot(rows: Sequence[Row]) -> str:
    """All panels side by side, both axes by powers of ten."""
    width = PANEL_WIDTH * len(PANELS)
    panels = "".join(
        f'<g transform="translate({PANEL_WIDTH * place} 0)">{panel(rows, title, series)}</g>'
        for place, (title, series) in enumerate(PANELS)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {PANEL_HEIGHT}" '
        f'role="img" font-family="sans-serif" font-size="12">'
        "<title>Building and searching by the number of clauses</title>"
        f'<rect width="{width}" height="{PANEL_HEIGHT}" fill="#fff"/>{panels}</svg>\n'
    )


def panel(rows: Sequence[Row], title: str, series: Sequence[Series]) -> str:
    """One panel: grid, lines, and the name of each line at its end."""
    values = [row[name] for name, _ in series for row in rows]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    scale = Scale(rows[0]["clauses"], rows[-1]["clauses"], low, max(high, low + 1))
    parts = [f'<text x="{LEFT}" y="18" font-weight="bold">{escape(title)}</text>']
    parts += [level(10.0**power, scale) for power in range(low, high + 1)]
    parts += [
        f'<text x="{scale.x(row["clauses"]):.1f}" y="{PANEL_HEIGHT - BOTTOM + 18}" '
        f'text-anchor="middle" fill="#555">{short(row["clauses"])}</text>'
        for row in rows
    ]
    names: list[float] = []
    for (name, label), colour in zip(series, COLOURS, strict=False):
        points = " ".join(f"{scale.x(r['clauses']):.1f},{scale.y(r[name]):.1f}" for r in rows)
        height = apart(scale.y(rows[-1][name]), names)
        names.append(height)
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<text x="{PANEL_WIDTH - RIGHT + 6}" y="{height + 4:.1f}" fill="{colour}">'
            f"{escape(label)}</text>"
        )
    return "".join(parts)


def level(value: float, scale: Scale) -> str:
    """A line of the grid with its value."""
    height = scale.y(value)
    return (
        f'<line x1="{LEFT}" x2="{PANEL_WIDTH - RIGHT}" y1="{height:.1f}" y2="{height:.1f}" '
        'stroke="#ddd"/>'
        f'<text x="{LEFT - 6}" y="{height + 4:.1f}" text-anchor="end" fill="#555">'
        f"{value:,g}</text>"
    )


def apart(height: float, taken: Sequence[float]) -> float:
    """A height for a name that leaves room for those that are there."""
    while any(abs(height - other) < 14 for other in taken):
        height -= 1
    return height


def short(count: float) -> str:
    """1,000 as 1 k."""
    return f"{count / 1e6:g} M" if count >= 1e6 else f"{count / 1e3:g} k"


if __name__ == "__main__":
    main()
