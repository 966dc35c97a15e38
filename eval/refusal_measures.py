"""Measures of when a system says that it does not know, and of its confidence; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """With answers below ``threshold`` withheld: share still answered, share of those wrong."""

    threshold: float
    coverage: float
    risk: float


def is_refusal(status: str) -> bool:
    """Whether an answer says that it does not know, or asks back.

    >>> is_refusal("clarify"), is_refusal("answered")
    (True, False)
    """
    return status in ("refused", "clarify")


def refusal_measures(status: str, *, answerable: bool, may_ask: bool) -> dict[str, float]:
    r"""Refusal recall or false refusal, and refusal precision, of one question.

    Over all questions the means are, with R refused (or asked back) and U unanswerable:
    ``recall = |R ∩ U| / |U|``, ``precision = |R ∩ U| / |R|``, ``false refusals = |R \ U| / |¬U|``.
    Rajpurkar et al., Know What You Don't Know (ACL 2018), for the task. Asking back is right where
    a question ``may_ask`` for it, and then counts nowhere among the refusals.

    >>> refusal_measures("refused", answerable=False, may_ask=False)
    {'refusal_recall': 1.0, 'refusal_precision': 1.0}
    """
    asks = may_ask and status == "clarify"
    refused = is_refusal(status) and not asks
    found = {"false_refusal" if answerable else "refusal_recall": float(refused)}
    if refused:
        found["refusal_precision"] = float(not answerable)
    return found


def risk_coverage(
    confidence: Sequence[float], risk: Sequence[float], *, questions: int
) -> list[CurvePoint]:
    """The risk–coverage curve of the questions that were answered, from the surest answer on.

    At each confidence that occurs: ``coverage = |answers at least as sure| / |questions|`` and
    ``risk = Σ their risk / |answers at least as sure|``. El-Yaniv & Wiener, On the Foundations of
    Noise-free Selective Classification (JMLR 11, 2010).

    Args:
        confidence: of each answer.
        risk: of each answer, 1 if it is wrong.
        questions: how many were asked, the refused ones included.

    >>> [(p.coverage, p.risk) for p in risk_coverage([0.9, 0.5], [0, 1], questions=4)]
    [(0.25, 0.0), (0.5, 0.5)]
    """
    points: list[CurvePoint] = []
    wrong = 0.0
    order = sorted(range(len(risk)), key=lambda place: -confidence[place])
    for answered, place in enumerate(order, start=1):
        wrong += risk[place]
        if answered == len(order) or confidence[order[answered]] < confidence[place]:
            points.append(CurvePoint(confidence[place], answered / questions, wrong / answered))
    return points


def area_under_risk(confidence: Vector, risk: Vector) -> Vector:
    """AURC: the mean of the selective risk over all numbers of answers given, NaN without any.

    ``1/n Σ_i (1/i Σ_{j ≤ i} risk_j)``, surest answers first. Geifman, Uziel & El-Yaniv,
    Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers (ICLR 2019). Answers that are
    equally sure count with their mean, so that their order does not matter. 0 is best; refusals are
    not in it, so look at it together with the share that was answered.

    Args:
        confidence: float64, (…, n_questions).
        risk: float64, (…, n_questions), NaN for questions that were not answered.

    >>> float(area_under_risk(np.array([0.9, 0.5]), np.array([0.0, 1.0])))
    0.25
    """
    counts, risks = _by_level(confidence, risk)
    answered, wrong = counts.cumsum(axis=-1), risks.cumsum(axis=-1)
    before, wrong_before = answered - counts, wrong - risks
    level_risk = risks / np.maximum(counts, 1)
    # Σ over the i of a level of (wrong_before + (i − before) · level_risk) / i, with Σ 1/i by H.
    harmonic = np.concatenate([[0.0], (1 / np.arange(1, risk.shape[-1] + 1)).cumsum()])
    slope = harmonic[answered.astype(int)] - harmonic[before.astype(int)]
    total = ((wrong_before - before * level_risk) * slope + counts * level_risk).sum(axis=-1)
    number = answered[..., -1]
    found: Vector = np.where(number > 0, total / np.maximum(number, 1), np.nan)
    return found


def _by_level(confidence: Vector, risk: Vector) -> tuple[Vector, Vector]:
    """Number and risk of the answers at each confidence that occurs, surest first: (…, levels)."""
    known = ~np.isnan(risk)
    values, level = np.unique(-np.where(known, confidence, 0.0), return_inverse=True)
    rows = risk.size // risk.shape[-1]
    places = level.reshape(rows, -1) + len(values) * np.arange(rows)[:, None]
    shape, size = (*risk.shape[:-1], len(values)), rows * len(values)
    counts = np.bincount(places.ravel(), known.ravel().astype(np.float64), size)
    risks = np.bincount(places.ravel(), np.where(known, risk, 0.0).ravel(), size)
    return counts.reshape(shape), risks.reshape(shape)
