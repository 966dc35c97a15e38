"""From the measures of questions to the measures of a run: which there are, and how each is summed.

The order here is the order of tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np

from eval.refusal_measures import risk_coverage
from eval.schema import TYPES, Estimate, Json, Scored
from eval.scoring import DEPTHS
from eval.statistics import Samples, Statistic, estimate, mean, quantile, risk_area

Better = Literal["higher", "lower", "neither"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a run: from which columns of its questions, how summed, which way is better.

    ``is_gated`` says that a change for the worse is a regression; times are not, as they depend on
    what else the machine does.
    """

    name: str
    columns: tuple[str, ...]
    better: Better = "higher"
    statistic: Statistic = mean
    is_gated: bool = True


def _plain(*names: str) -> tuple[Measure, ...]:
    return tuple(Measure(name, (name,)) for name in names)


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        *(_plain(*(f"hit@{k}" for k in DEPTHS))),
        *(_plain(*(f"recall@{k}" for k in DEPTHS))),
        *(_plain(*(f"precision@{k}" for k in DEPTHS))),
        *_plain("MRR@10", "nDCG@10"),
        *_plain("citation_precision", "citation_recall", "citation_F1"),
        *_plain("evidence_recall", "first_citation"),
        *_plain("fact_recall", "complete", "char_F1", "ROUGE-L"),
        *_plain("refusal_precision", "refusal_recall"),
        Measure("false_refusal", ("false_refusal",), "lower"),
        Measure("answered", ("answered",), "neither", is_gated=False),
        Measure("risk", ("risk",), "lower"),
        Measure("AURC", ("confidence", "risk"), "lower", risk_area),
        *_plain("verbatim", "figure_support"),
        Measure("length", ("length",), "neither", is_gated=False),
        Measure("seconds_p50", ("seconds",), "lower", quantile(0.5), is_gated=False),
        Measure("seconds_p95", ("seconds",), "lower", quantile(0.95), is_gated=False),
    )
}


def sample_of(rows: Sequence[Scored], measure: Measure) -> Samples:
    """The columns of a measure: float64, (n_questions, n_columns), NaN where it does not apply."""
    table = [[_value(row, column) for column in measure.columns] for row in rows]
    return np.array(table, dtype=np.float64).reshape(len(rows), len(measure.columns))


def summarise(rows: Sequence[Scored], *, seed: int) -> Json:
    """What measures.json holds: overall, by type, and the risk–coverage curve.

    It depends on the questions and their answers, not on their order.
    """
    ordered = sorted(rows, key=lambda row: row.id)
    by_type = {kind: _table(members, seed=seed) for kind, members in grouped(ordered).items()}
    answered = [row for row in ordered if "risk" in row.measures]
    curve = risk_coverage(
        [confidence_of(row) for row in answered],
        [row.measures["risk"] for row in answered],
        questions=len(ordered),
    )
    return {
        "overall": _table(ordered, seed=seed),
        "by_type": by_type,
        "risk_coverage": [asdict(point) for point in curve],
    }


def grouped(rows: Iterable[Scored]) -> dict[str, list[Scored]]:
    """The rows of each type that occurs, types in their order."""
    groups: dict[str, list[Scored]] = {kind: [] for kind in TYPES}
    for row in rows:
        groups.setdefault(row.type, []).append(row)
    return {kind: members for kind, members in groups.items() if members}


def estimates(table: Mapping[str, Json]) -> dict[str, Estimate]:
    """A table of measures.json as estimates."""
    return {
        name: Estimate(row["value"], row["low"], row["high"], row["n"])
        for name, row in table.items()
    }


def confidence_of(row: Scored) -> float:
    """How sure the answer was; 0 where it does not say."""
    value = row.answer.get("confidence")
    return float(value) if isinstance(value, int | float) else 0.0


def _value(row: Scored, column: str) -> float:
    if column == "confidence":
        return confidence_of(row) if "risk" in row.measures else float("nan")
    return row.measures.get(column, float("nan"))


def _table(rows: Sequence[Scored], *, seed: int) -> Json:
    found = {
        name: estimate(sample_of(rows, measure), measure.statistic, seed=seed)
        for name, measure in MEASURES.items()
    }
    return {name: asdict(value) for name, value in found.items() if value is not None}
