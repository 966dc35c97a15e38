"""The weighing of signals, against the same rules written down clause by clause."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import ranking
from index.ranking import rank, sentences_of
from index.schema import FloatVector, Signals


@st.composite
def signals(draw: st.DrawFn) -> Signals:
    clauses = draw(st.integers(1, 8))
    per_clause = draw(st.lists(st.integers(0, 3), min_size=clauses, max_size=clauses))
    owners = np.repeat(np.arange(clauses), per_clause).astype(np.intp)
    random = np.random.default_rng(draw(st.integers(0, 10**6)))

    def scores(count: int) -> FloatVector:
        values = random.random(count) * (random.random(count) < 0.6)
        return np.round(values, 2).astype(np.float32)

    def flags() -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return random.random(clauses) < 0.3

    in_scope = random.random(clauses) < 0.8
    inside = in_scope[owners]
    found = {name: scores(clauses) * in_scope for name in ranking.CLAUSE_WEIGHTS}
    inner = {name: scores(len(owners)) * inside for name in ranking.SENTENCE_WEIGHTS}
    fields = {**found, **{f"sentence_{name}": values for name, values in inner.items()}}
    return Signals(
        in_scope=in_scope,
        is_preferred=flags(),
        is_frame=flags(),
        is_opening=flags(),
        is_heading=flags(),
        owners=owners,
        clauses=found,
        sentences=inner,
        similarity=scores(len(owners)) * inside,
        tops={name: float(values.max(initial=0)) * 1.25 for name, values in fields.items()},
    )


def expected_totals(given: Signals) -> dict[int, float]:
    """Row to score, for the clauses that may be found."""
    near = given.similarity[given.similarity > 0]
    low, high = (near.min(), near.max()) if len(near) else (0, 0)
    meaning = [(v - low) / max(high - low, 1e-6) if v > 0 else 0.0 for v in given.similarity]
    sentences = {**given.sentences, "meaning": np.array(meaning)}

    def best(name: str, row: int) -> float:
        return max((float(v) for v in sentences[name][given.owners == row]), default=0.0)

    rows = [row for row in range(len(given.in_scope)) if given.in_scope[row]]
    totals: dict[int, float] = {}
    for row in rows:
        total = ranking.MEANING_WEIGHT * best("meaning", row)
        for name, weight in ranking.CLAUSE_WEIGHTS.items():
            top = given.tops[name]
            total += weight * float(given.clauses[name][row]) / top if top else 0
        for name, weight in ranking.SENTENCE_WEIGHTS.items():
            top = given.tops[f"sentence_{name}"]
            total += weight * best(name, row) / top if top else 0
        asked = bool(given.is_preferred[row])
        total -= ranking.FRAME_PENALTY * (given.is_frame[row] and not asked)
        total -= ranking.OPENING_PENALTY * (given.is_opening[row] and not asked)
        total -= ranking.HEADING_PENALTY * given.is_heading[row]
        if asked:
            total += ranking.FRAME_PREFERENCE if given.is_frame[row] else ranking.PREFERENCE
        if any(best(n, row) for n in sentences) or given.clauses["words"][row]:
            totals[row] = float(total)
    return totals


@given(given_signals=signals(), top_k=st.integers(-1, 9))
def test_scores_and_order_are_those_of_the_rules(given_signals: Signals, top_k: int) -> None:
    totals = expected_totals(given_signals)
    found = rank(given_signals, top_k=top_k)
    assert len(found.rows) == min(max(top_k, 0), len(totals))
    assert found.scores == pytest.approx([totals[row] for row in found.rows.tolist()], abs=1e-4)
    assert found.scores.tolist() == sorted(found.scores.tolist(), reverse=True)
    best = sorted(totals.values(), reverse=True)[: len(found.rows)]
    assert found.scores == pytest.approx(best, abs=1e-4)
    elsewhere = ~np.isin(given_signals.owners, found.rows)
    assert not found.passages[elsewhere].any()


@given(signals())
def test_sentences_of_clauses_are_theirs(given_signals: Signals) -> None:
    rows = np.arange(len(given_signals.in_scope))[::-2]
    found = sentences_of(given_signals.owners, rows)
    expected = [s for row in rows for s in np.flatnonzero(given_signals.owners == row)]
    assert found.tolist() == expected


@given(seed=st.integers(0, 10**6), count=st.integers(1, 400), top_k=st.integers(1, 5))
def test_of_many_that_are_equal_the_first_come_first(seed: int, count: int, top_k: int) -> None:
    values = np.random.default_rng(seed).integers(0, 4, count).astype(np.float32)
    nothing, nowhere = np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.bool_)
    found = rank(
        Signals(
            in_scope=~nowhere,
            is_preferred=nowhere,
            is_frame=nowhere,
            is_opening=nowhere,
            is_heading=nowhere,
            owners=np.arange(count),
            clauses={**dict.fromkeys(ranking.CLAUSE_WEIGHTS, nothing), "words": values},
            sentences=dict.fromkeys(ranking.SENTENCE_WEIGHTS, nothing),
            similarity=nothing,
            tops={
                **dict.fromkeys(ranking.CLAUSE_WEIGHTS, 0.0),
                **{f"sentence_{name}": 0.0 for name in ranking.SENTENCE_WEIGHTS},
                "words": float(values.max()),
            },
        ),
        top_k=top_k,
    )
    matched = np.flatnonzero(values)
    expected = matched[np.argsort(-values[matched], kind="stable")][:top_k]
    assert found.rows.tolist() == expected.tolist()
