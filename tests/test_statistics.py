"""Intervals and tests: by hand, by simulation, and the same every time."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.schema import GoldRecord, Reply
from eval.statistics import (
    Samples,
    compare_paired,
    estimate,
    mean,
    quantile,
    risk_area,
)
from eval.summary import MEASURES, estimates, summarise
from tests.sample_gold import RECORDS, empty, make_run, perfect, silent, wrong

values = st.lists(st.floats(0, 1), min_size=1, max_size=20)


def column(numbers: list[float]) -> Samples:
    return np.array(numbers, dtype=np.float64)[:, None]


def test_statistics_by_hand() -> None:
    assert mean(column([0, 1, math.nan])) == 0.5
    assert np.isnan(mean(column([math.nan])))
    assert quantile(0.5)(column([3, 1, 2])) == 2
    assert quantile(0.95)(column([0, 10])) == 9.5
    pairs = np.array([[0.9, 0.0], [0.5, 1.0], [math.nan, math.nan]])
    assert risk_area(pairs) == 0.25
    assert risk_area(np.stack([pairs, pairs[::-1]])).tolist() == [0.25, 0.25]


def test_the_interval_is_that_of_the_binomial() -> None:
    found = estimate(column([1.0] * 30 + [0.0] * 70), seed=1, resamples=20_000)
    assert found is not None
    assert (found.value, found.n) == (0.3, 100)
    # The bootstrap of a share draws Bin(100, 0.3) / 100, whose middle 95 % is 0.21 to 0.39.
    assert found.low == pytest.approx(0.21, abs=0.01)
    assert found.high == pytest.approx(0.39, abs=0.01)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    generator = np.random.default_rng(7)
    inside = 0
    for seed in range(200):
        found = estimate(generator.normal(0.4, 0.2, size=(80, 1)), seed=seed, resamples=400)
        assert found is not None
        inside += found.low <= 0.4 <= found.high
    assert 0.9 <= inside / 200 <= 0.985


@given(values, st.integers(0, 5))
def test_an_estimate_is_bounded_ordered_and_repeatable(numbers: list[float], seed: int) -> None:
    sample = column(numbers)
    found = estimate(sample, seed=seed, resamples=50)
    assert found is not None
    assert min(numbers) - 1e-12 <= found.low <= found.high <= max(numbers) + 1e-12
    assert found.n == len(numbers)
    assert estimate(sample, seed=seed, resamples=50) == found
    assert estimate(column([math.nan]), seed=seed) is None


def test_questions_without_a_value_do_not_count() -> None:
    with_gaps = estimate(column([1, math.nan, 0, math.nan]), seed=1)
    assert with_gaps is not None
    assert (with_gaps.value, with_gaps.n) == (0.5, 2)


@given(values)
def test_a_run_does_not_differ_from_itself(numbers: list[float]) -> None:
    sample = column(numbers)
    found = compare_paired(sample, sample, seed=1, resamples=50)
    assert found is not None
    assert (found.difference, found.low, found.high, found.p) == (0, 0, 0, 1)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=15))
def test_who_comes_first_only_turns_the_sign(pairs: list[tuple[float, float]]) -> None:
    a, b = (column(list(side)) for side in zip(*pairs, strict=True))
    there, back = (compare_paired(*runs, seed=1, resamples=60) for runs in ((a, b), (b, a)))
    assert there is not None
    assert back is not None
    assert there.difference == -back.difference
    assert there.low == pytest.approx(-back.high)
    assert there.p == back.p
    assert 0 < there.p <= 1


def test_the_randomisation_test_is_that_of_all_exchanges() -> None:
    # 6 questions, all better: 2 of the 64 exchanges are as extreme as what was seen.
    a, b = column([0.0] * 6), column([1.0] * 6)
    found = compare_paired(a, b, seed=1, resamples=50_000)
    assert found is not None
    assert found.p == pytest.approx(2 / 64, abs=0.004)
    # 3 better, 1 worse: |difference| ≥ 2/4 in 10 of 16 exchanges.
    mixed = compare_paired(column([0, 0, 0, 1]), column([1, 1, 1, 0]), seed=1, resamples=50_000)
    assert mixed is not None
    assert mixed.p == pytest.approx(10 / 16, abs=0.01)


def test_a_clear_change_is_found_and_noise_is_not() -> None:
    generator = np.random.default_rng(3)
    a = generator.random((200, 1))
    better = compare_paired(a, np.minimum(a + 0.1, 1), seed=1)
    noise = compare_paired(a, a + generator.normal(0, 0.2, size=a.shape), seed=1)
    assert better is not None
    assert noise is not None
    assert better.low > 0.05
    assert better.p < 0.001
    assert noise.low < 0 < noise.high
    assert noise.p > 0.05


def test_false_alarms_are_as_rare_as_the_level_says() -> None:
    generator = np.random.default_rng(11)
    alarms = 0
    for seed in range(200):
        a, b = generator.integers(0, 2, size=(2, 60, 1)).astype(float)
        found = compare_paired(a, b, seed=seed, resamples=200)
        assert found is not None
        alarms += found.p < 0.05
    assert alarms / 200 < 0.09


def test_measures_over_other_questions_in_each_run_can_be_compared() -> None:
    """Refusal precision is over the refusals of a run, which are others in each."""
    a = column([1, math.nan, 0, math.nan])
    b = column([math.nan, 1, 1, math.nan])
    found = compare_paired(a, b, seed=1)
    assert found is not None
    assert (found.a, found.b, found.difference, found.n) == (0.5, 1, 0.5, 3)
    assert found.p > 0.1
    assert compare_paired(a, column([math.nan] * 4), seed=1) is None


def test_a_summary_does_not_depend_on_the_order_of_questions(tmp_path: Path) -> None:
    rows = make_run(tmp_path / "run").rows
    assert summarise(rows[::-1], seed=1) == summarise(rows, seed=1)


@pytest.mark.parametrize("reply", [perfect, empty, silent, wrong], ids=lambda reply: reply.__name__)
def test_a_summary_has_every_measure_in_its_bounds(
    tmp_path: Path, reply: Callable[[GoldRecord], Reply]
) -> None:
    summary = summarise(make_run(tmp_path / "run", reply).rows, seed=1)
    assert set(summary["by_type"]) == {record.type for record in RECORDS}
    for table in (summary["overall"], *summary["by_type"].values()):
        found = estimates(table)
        assert found.keys() <= MEASURES.keys()
        for name, value in found.items():
            assert 0 <= value.low <= value.value <= value.high, name
            assert value.high <= 1 or name == "length"
            assert 1 <= value.n <= len(RECORDS)


def test_the_perfect_and_the_silent_system_in_sum(tmp_path: Path) -> None:
    best = estimates(summarise(make_run(tmp_path / "a").rows, seed=1)["overall"])
    # 4 of 6 questions are answered, the other two rightly refused.
    assert best["answered"].value == pytest.approx(4 / 6)
    assert (best["risk"].value, best["AURC"].value, best["complete"].value) == (0, 0, 1)
    assert (best["refusal_precision"].value, best["refusal_precision"].n) == (1, 2)
    none = estimates(summarise(make_run(tmp_path / "b", silent).rows, seed=1)["overall"])
    assert none["refusal_precision"].value == pytest.approx(2 / 6)
    assert (none["refusal_recall"].value, none["false_refusal"].value) == (1, 1)
    assert not {"risk", "AURC", "verbatim", "length"} & none.keys()
