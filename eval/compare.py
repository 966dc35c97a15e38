"""Compares two complete runs of the same questions: what changed, how surely, what turned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from eval.errors import RunUnusable
from eval.schema import Run, Scored
from eval.statistics import Difference, compare_paired
from eval.summary import MEASURES, Measure, grouped, sample_of

# Two-sided; a change counts only if its interval excludes zero, too.
SIGNIFICANT = 0.05

Verdict = Literal["better", "worse", "same"]


@dataclass(frozen=True, slots=True)
class Change:
    """A measure in both runs; ``verdict`` is of B, and "same" unless the change is significant."""

    measure: str
    difference: Difference
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Turned:
    """A question that one run got right and the other did not."""

    id: str
    type: str
    question: str
    now: Literal["right", "wrong"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """B against A, overall, by type, and question by question."""

    a: Run
    b: Run
    overall: tuple[Change, ...]
    by_type: dict[str, tuple[Change, ...]]
    turned: tuple[Turned, ...]
    one_sided: tuple[str, ...]  # measures that only one of the runs has

    @property
    def regressions(self) -> tuple[Change, ...]:
        """What is significantly worse overall; times and mere lengths are not held against B."""
        return tuple(
            change
            for change in self.overall
            if change.verdict == "worse" and MEASURES[change.measure].is_gated
        )


def compare_runs(a: Run, b: Run, *, seed: int) -> Comparison:
    """Compare two runs, A the one before.

    Raises:
        RunUnusable: they are not of the same questions with the same gold.
    """
    rows_a, rows_b = _aligned(a, b)
    types = {row.id: row.type for row in rows_a}
    groups_a, groups_b = grouped(rows_a), grouped(rows_b)
    turned = tuple(
        Turned(before.id, types[before.id], before.question, "right" if is_right(now) else "wrong")
        for before, now in zip(rows_a, rows_b, strict=True)
        if is_right(before) != is_right(now)
    )
    return Comparison(
        a,
        b,
        _changes(rows_a, rows_b, seed=seed),
        {kind: _changes(groups_a[kind], groups_b[kind], seed=seed) for kind in groups_a},
        turned,
        tuple(name for name in MEASURES if _has(rows_a, name) != _has(rows_b, name)),
    )


def is_right(row: Scored) -> bool:
    """Whether a question was handled rightly: all facts said, or refused where nothing is known.

    An ``ambiguous`` question that is asked back is right, too.
    """
    if not row.answerable:
        return row.measures.get("refusal_recall") == 1
    return row.measures.get("complete", float(not row.measures["false_refusal"])) == 1


def verdict(difference: Difference, measure: Measure) -> Verdict:
    """Whether B is significantly better or worse; "same" for measures that have no better."""
    excludes_zero = difference.low > 0 or difference.high < 0
    if measure.better == "neither" or difference.p >= SIGNIFICANT or not excludes_zero:
        return "same"
    rises = difference.difference > 0
    return "better" if rises == (measure.better == "higher") else "worse"


def _changes(
    rows_a: Sequence[Scored], rows_b: Sequence[Scored], *, seed: int
) -> tuple[Change, ...]:
    changes: list[Change] = []
    for measure in MEASURES.values():
        found = compare_paired(
            sample_of(rows_a, measure), sample_of(rows_b, measure), measure.statistic, seed=seed
        )
        if found is not None:
            changes.append(Change(measure.name, found, verdict(found, measure)))
    return tuple(changes)


def _has(rows: Sequence[Scored], name: str) -> bool:
    """Whether any question of a run has the measure."""
    return not np.isnan(sample_of(rows, MEASURES[name])).any(axis=1).all()


def _aligned(a: Run, b: Run) -> tuple[list[Scored], list[Scored]]:
    """The rows of both runs in the order of their ids."""
    by_id = {row.id: row for row in b.rows}
    missing = [row.id for row in a.rows if row.id not in by_id]
    missing += sorted(by_id.keys() - {row.id for row in a.rows})
    if missing:
        what = f"not the same questions ({missing[0]} is in one only)"
        raise RunUnusable(
            f"{a.name} and {b.name}: {what}; run both with the same --gold and --split"
        )
    rows_a = sorted(a.rows, key=lambda row: row.id)
    rows_b = [by_id[row.id] for row in rows_a]
    for before, now in zip(rows_a, rows_b, strict=True):
        if _asked(before) != _asked(now):
            what = f"{before.id} has another question or gold in each"
            raise RunUnusable(f"{a.name} and {b.name}: {what}; run both with the same gold")
    return rows_a, rows_b


def _asked(row: Scored) -> tuple[object, ...]:
    return row.type, row.question, row.history, row.gold["evidence"], row.gold["facts"]


def differing(comparison: Comparison) -> Iterable[str]:
    """In which of their pins the runs differ: one line each, A before B."""
    a, b = comparison.a.manifest, comparison.b.manifest
    for name in ("system", "commit", "code", "model", "engine", "workers"):
        before, now = getattr(a, name), getattr(b, name)
        if before != now:
            yield f"{name}: {before or '—'} → {now or '—'}"
    for name, key in (("corpus", "sha256"), ("clauses", "clauses_sha256")):
        before, now = (str(made.corpus.get(key, "—"))[:12] for made in (a, b))
        if before != now:
            yield f"{name}: {before} → {now}"
    for name in sorted({*a.settings, *b.settings}):
        if a.settings.get(name) != b.settings.get(name):
            yield f"{name}: {a.settings.get(name, '—')} → {b.settings.get(name, '—')}"
