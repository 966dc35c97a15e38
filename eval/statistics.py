"""How sure a figure is: bootstrap intervals, paired differences, randomisation tests; numpy only.

A sample is float64, (n_questions, n_columns), NaN where a measure does not apply to a question; a
statistic takes samples, (…, n_questions, n_columns), to values, (…). Everything is seeded: the same
numbers give the same figures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.refusal_measures import area_under_risk
from eval.schema import Estimate

Samples = NDArray[np.float64]
Statistic = Callable[[Samples], NDArray[np.float64]]

RESAMPLES = 2_000
LEVEL = 0.95
# How many questions of resamples are held at once: 16 MB a column.
_BLOCK = 2_000_000


@dataclass(frozen=True, slots=True)
class Difference:
    """B minus A over the same questions: interval by paired bootstrap, p by randomisation.

    ``n`` counts the questions that have a value in either run.
    """

    a: float
    b: float
    difference: float
    low: float
    high: float
    p: float
    n: int


def mean(samples: Samples) -> NDArray[np.float64]:
    """The mean of the first column over the questions that have it; NaN if none has."""
    values = samples[..., 0]
    known = ~np.isnan(values)
    counts = known.sum(axis=-1)
    sums = np.where(known, values, 0).sum(axis=-1)
    found: NDArray[np.float64] = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return found


def quantile(share: float) -> Statistic:
    """The statistic that is a quantile of the first column, between neighbours by their distance.

    Every question must have it: seconds and the like.
    """

    def statistic(samples: Samples) -> NDArray[np.float64]:
        found: NDArray[np.float64] = np.quantile(samples[..., 0], share, axis=-1)
        return found

    return statistic


def risk_area(samples: Samples) -> NDArray[np.float64]:
    """AURC of confidence, first column, and risk, second one, over the questions answered."""
    return area_under_risk(samples[..., 0], samples[..., 1])


def estimate(
    sample: Samples, statistic: Statistic = mean, *, seed: int, resamples: int = RESAMPLES
) -> Estimate | None:
    """A statistic with its 95 % percentile bootstrap interval; None where it applies to nothing.

    Questions are drawn with replacement. Efron & Tibshirani, An Introduction to the Bootstrap
    (1993), ch. 13.
    """
    count = int((~np.isnan(sample).any(axis=-1)).sum())
    if not count:
        return None
    value = float(statistic(sample))
    draws = np.concatenate(
        [statistic(sample[picked]) for picked in _picks(len(sample), resamples, seed=seed)]
    )
    low, high = _interval(draws)
    return Estimate(value, low, high, count)


def compare_paired(
    a: Samples,
    b: Samples,
    statistic: Statistic = mean,
    *,
    seed: int,
    resamples: int = RESAMPLES,
) -> Difference | None:
    """B minus A over the same questions in the same order; None where either has no value.

    The interval draws questions with replacement, both systems together: Koehn, Statistical
    Significance Tests for Machine Translation Evaluation (EMNLP 2004). p is two-sided, from
    exchanging the systems at random question by question: Smucker, Allan & Carterette, A
    Comparison of Statistical Significance Tests for IR Evaluation (CIKM 2007), with one added to
    both counts, so that it is never 0.
    """
    first, second = float(statistic(a)), float(statistic(b))
    if np.isnan(first) or np.isnan(second):
        return None
    observed = second - first
    draws = np.concatenate(
        [
            statistic(b[picked]) - statistic(a[picked])
            for picked in _picks(len(a), resamples, seed=seed)
        ]
    )
    low, high = _interval(draws)
    p = _randomisation(a, b, statistic, abs(observed), resamples=resamples, seed=seed)
    count = int((~np.isnan(a).any(axis=-1) | ~np.isnan(b).any(axis=-1)).sum())
    return Difference(first, second, observed, low, high, p, count)


def _randomisation(
    a: Samples, b: Samples, statistic: Statistic, observed: float, *, resamples: int, seed: int
) -> float:
    if np.array_equal(a, b, equal_nan=True):
        return 1.0
    extreme = 0
    generator = np.random.default_rng(seed)
    for block in _blocks(len(a), resamples):
        swap = generator.integers(0, 2, size=(block, len(a), 1), dtype=np.int8).astype(bool)
        differences = statistic(np.where(swap, a, b)) - statistic(np.where(swap, b, a))
        # Differences that are equal but for rounding are as extreme as the one observed. So are
        # those that leave one side without a value: they cannot tell for a difference.
        extreme += int((~(np.abs(differences) < observed - 1e-12)).sum())
    return (extreme + 1) / (resamples + 1)


def _picks(questions: int, resamples: int, *, seed: int) -> list[NDArray[np.int64]]:
    """Questions drawn with replacement: int64, (block, n_questions), for each block."""
    generator = np.random.default_rng(seed)
    return [
        generator.integers(0, questions, size=(block, questions))
        for block in _blocks(questions, resamples)
    ]


def _blocks(questions: int, resamples: int) -> list[int]:
    """How many resamples to hold at once, until all are done."""
    size = max(1, _BLOCK // max(1, questions))
    return [min(size, resamples - start) for start in range(0, resamples, size)]


def _interval(draws: NDArray[np.float64]) -> tuple[float, float]:
    """The middle 95 % of the draws that have a value; there is one, as the sample has."""
    tail = (1 - LEVEL) / 2
    low, high = np.nanquantile(draws, [tail, 1 - tail])
    return float(low), float(high)
