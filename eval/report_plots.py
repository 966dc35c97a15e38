"""The plots of a report, from the rows of a run; pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from eval.matching import judge
from eval.measures import hit_at, recall_at
from eval.page import figure
from eval.plots import Axis, IntervalRow, Line, Mark, interval_plot, line_plot
from eval.report_tables import Estimates
from eval.schema import Evidence, Json, Scored
from eval.scoring import DEEPEST, distinct
from eval.wording import Wording

_MEASURE = "fact_recall"  # of the plot by type: what an answer is for
# Of the times, what lies beyond would press the rest into a corner.
_SHOWN_SHARE = 0.99


def plots_html(
    rows: Sequence[Scored],
    by_type: Mapping[str, Estimates],
    curve: Sequence[Json],
    wording: Wording,
) -> str:
    """All plots that the run has figures for."""
    plots = (
        ("plot_types", types_plot(by_type, wording)),
        ("plot_recall", recall_plot(rows, wording)),
        ("plot_risk", risk_plot(curve, wording)),
        ("plot_latency", latency_plot([row.seconds for row in rows], wording)),
    )
    inside = "".join(figure(wording.say(key), plot) for key, plot in plots if plot)
    return f'<div class="plots">{inside}</div>'


def types_plot(by_type: Mapping[str, Estimates], wording: Wording) -> str:
    """Fact recall of each type with its interval."""
    found = {kind: table[_MEASURE] for kind, table in by_type.items() if _MEASURE in table}
    rows = [
        IntervalRow(
            wording.of("types", kind), each.value, each.low, each.high,
            f"{each.value:.2f} · n={each.n}",
        )
        for kind, each in found.items()
    ]  # fmt: skip
    return interval_plot(rows, title=wording.say("plot_types")) if rows else ""


def recall_plot(rows: Sequence[Scored], wording: Wording) -> str:
    """Hit and recall after each of the first ten clauses, over questions that have evidence."""
    judged = [
        (judge(evidence, distinct(row.hits)), len(evidence))
        for row in rows
        if "hit@1" in row.measures and (evidence := evidence_of(row))
    ]
    if not judged:
        return ""
    depths = range(1, DEEPEST + 1)
    hit = [(k, float(np.mean([hit_at(found, k) for found, _ in judged]))) for k in depths]
    recall = [
        (k, float(np.mean([recall_at(found, k, quotes=quotes) for found, quotes in judged])))
        for k in depths
    ]
    lines = [Line(wording.say("line_hit"), tuple(hit))]
    lines.append(Line(wording.say("line_recall"), tuple(recall)))
    return line_plot(
        lines,
        across=Axis(wording.say("axis_k"), 1, DEEPEST, step=1),
        up=Axis("", _floor(min(value for _, value in hit + recall)), 1, is_share=True),
        title=wording.say("plot_recall"),
    )


def risk_plot(curve: Sequence[Json], wording: Wording) -> str:
    """Share of answers that are wrong, against the share of questions that are answered."""
    points = tuple((float(point["coverage"]), float(point["risk"])) for point in curve)
    if not points:
        return ""
    highest = max(risk for _, risk in points)
    return line_plot(
        [Line(wording.say("line_risk"), points)],
        across=Axis(wording.say("axis_coverage"), 0, 1, is_share=True),
        up=Axis("", 0, max(0.2, min(1.0, round(highest + 0.05, 1))), is_share=True),
        title=wording.say("plot_risk"),
    )


def latency_plot(seconds: Sequence[float], wording: Wording) -> str:
    """Share of questions that were answered within a time, with median and p95."""
    if not seconds:
        return ""
    ordered = sorted(seconds)
    end = float(np.quantile(ordered, _SHOWN_SHARE)) * 1.05 or 1.0
    shares = [(each, place / len(ordered)) for place, each in enumerate(ordered, start=1)]
    inside = [(0.0, 0.0), *(point for point in shares if point[0] <= end)]
    marks = [
        Mark(wording.say(key, seconds=f"{value:.3g}"), value)
        for key, value in zip(("median", "p95"), np.quantile(ordered, [0.5, 0.95]), strict=True)
    ]
    return line_plot(
        [Line(wording.say("line_latency"), tuple(inside), is_stepped=True)],
        across=Axis(wording.say("axis_seconds"), 0, end),
        up=Axis("", 0, 1, is_share=True),
        title=wording.say("plot_latency"),
        marks=marks,
    )


def _floor(share: float) -> float:
    """A tenth well below a share, for an axis that shows differences and says where it begins."""
    return max(0.0, math.floor(10 * share - 1) / 10)


def evidence_of(row: Scored) -> list[Evidence]:
    """The gold evidence of a row."""
    return [Evidence(item["doc"], item["quote"]) for item in row.gold.get("evidence") or ()]
