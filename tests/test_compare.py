"""Comparisons: what changed, which questions turned, and what a gate lets through."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.compare import compare_runs, differing, is_right, verdict
from eval.errors import EvaluationMisused, RunUnusable
from eval.gates import Floor, failures, parse_floors
from eval.schema import Estimate, GoldRecord, Reply, Run, Scored
from eval.statistics import Difference
from eval.summary import MEASURES
from eval.tables import comparison_lines
from tests.sample_gold import make_run, silent, wrong


@pytest.fixture
def best(tmp_path: Path) -> Run:
    return make_run(tmp_path / "best")


@pytest.fixture
def worst(tmp_path: Path) -> Run:
    return make_run(tmp_path / "worst", wrong)


def many(run: Run, times: int = 10) -> Run:
    """The run with each question so many times, so that changes can be significant."""
    rows = [replace(r, id=f"{r.id}-{n:02d}") for r in run.rows for n in range(times)]
    return replace(run, rows=tuple(rows))


def test_a_run_against_itself_has_no_change(best: Run) -> None:
    found = compare_runs(best, best, seed=1)
    assert found.turned == ()
    assert found.regressions == ()
    for change in (*found.overall, *(c for changes in found.by_type.values() for c in changes)):
        assert (change.difference.difference, change.difference.p) == (0, 1)
        assert change.verdict == "same"
    assert set(found.by_type) == {row.type for row in best.rows}
    assert list(differing(found)) == []


def test_what_got_worse_is_a_regression_and_the_other_way_round_none(best: Run, worst: Run) -> None:
    down = compare_runs(many(best), many(worst), seed=1)
    names = {change.measure for change in down.regressions}
    assert {"hit@1", "complete", "citation_F1", "refusal_recall", "risk", "AURC"} <= names
    # Nobody promised a time or a length; and each quote was right, whatever it was about.
    assert not {"seconds_p50", "seconds_p95", "length", "answered", "verbatim"} & names
    up = compare_runs(many(worst), many(best), seed=1)
    assert up.regressions == ()
    assert {change.measure for change in up.overall if change.verdict == "better"} >= names


def test_the_questions_that_turned(best: Run, worst: Run) -> None:
    found = compare_runs(best, worst, seed=1).turned
    assert [(turned.id, turned.now) for turned in found] == [
        (f"q{n}", "wrong") for n in range(1, 7)
    ]
    back = compare_runs(worst, best, seed=1).turned
    assert {turned.now for turned in back} == {"right"}


def test_the_order_of_questions_does_not_matter(best: Run, worst: Run) -> None:
    turned = replace(best, rows=best.rows[::-1])
    there, same = (compare_runs(run, worst, seed=1) for run in (best, turned))
    assert (there.overall, there.turned) == (same.overall, same.turned)


def test_who_asks_back_rightly_is_right(tmp_path: Path) -> None:
    def asks(record: GoldRecord) -> Reply:
        answer, hits, seconds = silent(record)
        return {**answer, "status": "clarify"}, hits, seconds

    right = {row.id for row in make_run(tmp_path, asks).rows if is_right(row)}
    assert right == {"q4", "q5", "q6"}


def renamed(run: Run, **changes: object) -> Run:
    first: Scored = replace(run.rows[0], **changes)  # type: ignore[arg-type]
    return replace(run, rows=(first, *run.rows[1:]))


def test_only_runs_of_the_same_questions_and_gold_are_compared(best: Run) -> None:
    fewer = replace(best, rows=best.rows[1:])
    for a, b in ((best, fewer), (fewer, best), (best, renamed(best, id="q0"))):
        with pytest.raises(RunUnusable, match=r"not the same questions \(q[01] is in one only\)"):
            compare_runs(a, b, seed=1)
    gold = {**best.rows[0].gold, "facts": [["3"]]}
    for other in (renamed(best, gold=gold), renamed(best, question="？")):
        with pytest.raises(RunUnusable, match="q1 has another question or gold"):
            compare_runs(best, other, seed=1)
    # Other clauses hold the same quotes after a new way to cut the documents: the same gold.
    cut = renamed(best, gold={**best.rows[0].gold, "clauses": ["city/9"]})
    assert compare_runs(best, cut, seed=1).turned == ()


@pytest.mark.parametrize(
    ("measure", "low", "high", "p", "expected"),
    [
        ("complete", 0.1, 0.3, 0.01, "better"),
        ("complete", -0.3, -0.1, 0.01, "worse"),
        ("false_refusal", 0.1, 0.3, 0.01, "worse"),
        ("false_refusal", -0.3, -0.1, 0.01, "better"),
        ("complete", -0.3, -0.1, 0.05, "same"),
        ("complete", -0.3, 0.0, 0.01, "same"),
        ("length", 0.1, 0.3, 0.01, "same"),
    ],
)
def test_a_verdict_needs_both_interval_and_test(
    measure: str, low: float, high: float, p: float, expected: str
) -> None:
    middle = (low + high) / 2
    difference = Difference(0.5, 0.5 + middle, middle, low, high, p, 100)
    assert verdict(difference, MEASURES[measure]) == expected


def test_what_differs_between_the_runs_is_told(best: Run) -> None:
    other = replace(
        best.manifest,
        commit="beef",
        corpus={**best.manifest.corpus, "sha256": "f" * 64, "clauses_sha256": "e" * 64},
        settings={"data": "there", "top": "5"},
    )
    found = list(differing(compare_runs(best, replace(best, manifest=other), seed=1)))
    assert found[0] == "commit: c0ffee → beef"
    assert found[1].endswith("→ ffffffffffff")
    assert found[2:] == ["clauses: — → eeeeeeeeeeee", "data: here → there", "top: — → 5"]


def test_a_comparison_reads_as_a_table(best: Run, worst: Run) -> None:
    lines = list(comparison_lines(compare_runs(many(best), many(worst), seed=1)))
    complete = next(line for line in lines if line.split()[1:2] == ["complete"])
    assert complete.split()[:5] == ["-", "complete", "1.0000", "0.0000", "-1.0000"]
    assert "type compare" in lines
    turned = lines.index("turned wrong: 60")
    assert lines[turned + 1] == "  q1-00  number  安丘医护比要多少？"
    assert lines[-2:] == ["turned right: 0", "in one run only: refusal_precision, figure_support"]


def test_floors_are_read_or_refused() -> None:
    assert parse_floors(["complete=0.8", "false_refusal=.02"]) == (
        Floor("complete", 0.8),
        Floor("false_refusal", 0.02),
    )
    for text in ("complete", "complete=", "complete=much", "complete=nan", "complete=inf"):
        with pytest.raises(EvaluationMisused, match="is not complete=NUMBER"):
            parse_floors([text])
    for text in ("beauty=1", "=1", ""):
        with pytest.raises(EvaluationMisused, match="no measure"):
            parse_floors([text])


def test_a_floor_is_a_ceiling_where_lower_is_better() -> None:
    measured = {
        "complete": Estimate(0.8, 0.7, 0.9, 100),
        "false_refusal": Estimate(0.02, 0.0, 0.04, 100),
    }
    held = parse_floors(["complete=0.8", "false_refusal=0.02"])
    assert failures(held, measured) == []
    missed = parse_floors(["complete=0.81", "false_refusal=0.01", "verbatim=1"])
    assert failures(missed, measured) == [
        "complete 0.8000 < 0.81",
        "false_refusal 0.0200 > 0.01",
        "verbatim has no value; 1 was asked for",
    ]


def test_perfect_against_silent_by_hand(best: Run, tmp_path: Path) -> None:
    found = compare_runs(best, make_run(tmp_path / "none", silent), seed=1)
    changes = {change.measure: change.difference for change in found.overall}
    assert (changes["complete"].a, changes["complete"].b) == (1, 0)
    assert (changes["refusal_precision"].a, changes["refusal_precision"].n) == (1, 6)
    assert changes["refusal_precision"].b == pytest.approx(1 / 3)
    # Nothing was answered, so that nothing can be said of how wrong it was: that is told.
    assert "risk" not in changes
    assert found.one_sided == ("risk", "AURC", "verbatim", "figure_support", "length")
    assert list(comparison_lines(found))[-1].startswith("in one run only: risk, AURC")
