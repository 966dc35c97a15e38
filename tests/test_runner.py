"""Runs: each question asked once, whatever stops them; nothing counts before all of it is there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import hypothesis
import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import EvaluationMisused, RunUnusable, SystemFailed
from eval.run_folder import read_manifest, read_measures, read_partial, read_run
from eval.runner import Plan, run_plan
from eval.schema import GoldRecord, Json, Reply, RunManifest
from eval.trec import falling, token
from tests.sample_gold import CORPUS, RECORDS, Replies, make_run, manifest, perfect, wrong

ROOT = Path(__file__).parent.parent
IDS = [record.id for record in RECORDS]
CHANGING = {"started_at", "finished_at"}


def unseen(_done: int, _total: int) -> None:
    pass


def go(out: Path, system: Replies, **changes: object) -> None:
    run_plan(Plan(RECORDS, CORPUS, manifest(**changes)), system, out=out, progress=unseen)


def contents(folder: Path) -> dict[str, object]:
    """All that a run wrote, but for the time of day."""
    found: dict[str, object] = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    rest = asdict(read_manifest(folder))
    return {**found, "manifest.json": {k: v for k, v in rest.items() if k not in CHANGING}}


def test_a_run_writes_what_it_promises(tmp_path: Path) -> None:
    made = make_run(tmp_path / "run")
    assert sorted(contents(tmp_path / "run")) == [
        "answers.jsonl", "manifest.json", "measures.json", "qrels.trec", "run.trec",
    ]  # fmt: skip
    assert [row.id for row in made.rows] == IDS
    assert (made.manifest.complete, made.manifest.engine) == (True, "extractive")
    line = json.loads((tmp_path / "run" / "answers.jsonl").read_text("utf-8").split("\n")[0])
    assert list(line) == [
        "id", "type", "question", "history", "answerable", "gold", "answer", "hits", "measures",
        "seconds",
    ]  # fmt: skip
    assert line["gold"]["clauses"] == ["city/1"]
    assert line["measures"]["MRR@10"] == 1


def test_a_run_is_read_as_it_was_made(tmp_path: Path) -> None:
    made = make_run(tmp_path / "run")
    read = read_run(tmp_path / "run")
    assert read.rows == made.rows
    assert read.manifest == made.manifest


def test_the_same_run_gives_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        make_run(tmp_path / name)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


@pytest.mark.parametrize("workers", [2, 8])
def test_many_at_a_time_give_what_one_gives(tmp_path: Path, workers: int) -> None:
    make_run(tmp_path / "one")
    go(tmp_path / "many", Replies(seconds=0.01), workers=workers)
    one, many = contents(tmp_path / "one"), contents(tmp_path / "many")
    assert one.pop("manifest.json") != many.pop("manifest.json")  # the workers are pinned
    assert one == many


def test_workers_ask_at_the_same_time(tmp_path: Path) -> None:
    both = threading.Barrier(2, timeout=20)

    def together(record: GoldRecord) -> Reply:
        both.wait()
        return perfect(record)

    go(tmp_path / "run", Replies(together), workers=2)
    assert read_run(tmp_path / "run").manifest.complete


def test_progress_counts_up_to_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    plan = Plan(RECORDS, CORPUS, manifest())
    run_plan(plan, Replies(), out=tmp_path / "run", progress=lambda *now: told.append(now))
    assert told == [(done, len(RECORDS)) for done in range(len(RECORDS) + 1)]


KILLED = """
import sys, time
from itertools import count
from pathlib import Path
from tests.sample_gold import Replies, perfect
from tests.test_runner import go
numbers = count(1)
def never_ends(record):
    if next(numbers) > 2:
        time.sleep(600)
    return perfect(record)
go(Path(sys.argv[1]), Replies(never_ends))
"""


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    out = tmp_path / "run"
    killed = subprocess.Popen([sys.executable, "-c", KILLED, str(out)], cwd=ROOT)
    partial = out / "answers.partial.jsonl"
    deadline = time.monotonic() + 200
    while not (partial.exists() and partial.read_bytes().count(b"\n") >= 2):
        assert killed.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    done = list(read_partial(out))
    assert len(done) == 2
    with pytest.raises(RunUnusable, match="not complete"):
        read_run(out)

    rest = Replies()
    go(out, rest)
    assert sorted([*done, *rest.asked]) == IDS
    make_run(tmp_path / "whole")
    assert contents(out) == contents(tmp_path / "whole")


@hypothesis.settings(max_examples=5)
@given(cut=st.integers(0, 10**6))
def test_a_line_that_was_cut_off_is_asked_again(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    out = tmp_path_factory.mktemp("cut")
    stop_after(out, 3)
    partial = out / "answers.partial.jsonl"
    content = partial.read_bytes()
    kept = content[: cut % len(content)]
    partial.write_bytes(kept)
    rest = Replies()
    go(out, rest)
    assert len(rest.asked) == len(RECORDS) - kept.count(b"\n")
    assert [row.id for row in read_run(out).rows] == IDS


def stop_after(out: Path, count: int) -> None:
    """A run whose system fails when it has answered so many questions."""
    system = Replies()

    def until(record: GoldRecord) -> Reply:
        if len(system.asked) > count:
            raise SystemFailed("the server has gone")
        return perfect(record)

    system.reply = until
    with pytest.raises(SystemFailed, match="the server has gone"):
        go(out, system)


def test_a_system_that_fails_leaves_a_run_to_go_on_with(tmp_path: Path) -> None:
    stop_after(tmp_path / "run", 4)
    assert not read_manifest(tmp_path / "run").complete
    rest = Replies()
    go(tmp_path / "run", rest)
    assert rest.asked == IDS[4:]


@pytest.mark.parametrize(
    ("name", "value"),
    [("code", "1"), ("seed", 2), ("settings", {"data": "there"}), ("workers", 2), ("gold", ()),
     ("corpus", {"sha256": "other"}), ("machine", {"cpus": 9}), ("model", "other")],
)  # fmt: skip
def test_only_the_same_run_is_continued(tmp_path: Path, name: str, value: object) -> None:
    stop_after(tmp_path / "run", 1)
    with pytest.raises(RunUnusable, match=f"another '{name}'"):
        go(tmp_path / "run", Replies(), **{name: value})


def test_a_complete_run_is_neither_asked_again_nor_overwritten(tmp_path: Path) -> None:
    make_run(tmp_path / "run")
    before = contents(tmp_path / "run")
    system = Replies(wrong)
    with pytest.raises(EvaluationMisused, match="a complete run is there"):
        go(tmp_path / "run", system)
    assert system.asked == []
    assert contents(tmp_path / "run") == before


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(EvaluationMisused, match="holds no run"):
        go(tmp_path, Replies())
    with pytest.raises(EvaluationMisused, match="holds no run"):
        go(tmp_path / "thesis.docx", Replies())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    problems: list[str] = []

    def meet(record: GoldRecord) -> Reply:
        if not problems:
            with pytest.raises(RunUnusable) as caught:
                go(tmp_path / "run", Replies())
            problems.append(str(caught.value))
        return perfect(record)

    go(tmp_path / "run", Replies(meet))
    assert "another run writes to it" in problems[0]


def without_answers(out: Path) -> None:
    (out / "answers.jsonl").unlink()


def with_one_answer_less(out: Path) -> None:
    lines = (out / "answers.jsonl").read_text("utf-8").splitlines(keepends=True)
    (out / "answers.jsonl").write_text("".join(lines[1:]), "utf-8")


def with_half_an_answer(out: Path) -> None:
    content = (out / "answers.jsonl").read_bytes()
    (out / "answers.jsonl").write_bytes(content[: len(content) // 2])


def with_a_broken_manifest(out: Path) -> None:
    (out / "manifest.json").write_text("{}")


def not_complete(out: Path) -> None:
    row = json.loads((out / "manifest.json").read_text("utf-8"))
    (out / "manifest.json").write_text(json.dumps(row | {"complete": False}))


@pytest.mark.parametrize(
    "damage",
    [without_answers, with_one_answer_less, with_half_an_answer, with_a_broken_manifest,
     not_complete],
)  # fmt: skip
def test_a_run_that_is_not_whole_is_not_read(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    make_run(tmp_path)
    damage(tmp_path)
    with pytest.raises(RunUnusable, match=str(tmp_path)):
        read_run(tmp_path)


def test_what_is_no_run_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RunUnusable, match="wenzheng eval run"):
        read_run(tmp_path / "absent")
    with pytest.raises(RunUnusable, match="make the run anew"):
        read_measures(tmp_path)


def test_text_that_is_no_unicode_does_not_stop_a_run(tmp_path: Path) -> None:
    def broken(record: GoldRecord) -> Reply:
        answer, hits, seconds = perfect(record)
        return {**answer, "text": "医护比\ud800\u2028\x85"}, hits, seconds

    go(tmp_path / "run", Replies(broken))
    assert read_run(tmp_path / "run").rows[0].answer["text"] == "医护比?\u2028\x85"


@pytest.mark.parametrize("reply", [perfect, wrong], ids=lambda reply: reply.__name__)
def test_the_files_for_trec_give_the_same_figures(
    tmp_path: Path, reply: Callable[[GoldRecord], Reply]
) -> None:
    run = make_run(tmp_path, reply)
    qrels = list(ir_measures.read_trec_qrels(str(tmp_path / "qrels.trec")))  # type: ignore[no-untyped-call]
    found = list(ir_measures.read_trec_run(str(tmp_path / "run.trec")))  # type: ignore[no-untyped-call]
    theirs = {
        (str(metric.measure), metric.query_id): metric.value
        for metric in ir_measures.iter_calc(
            [ir_measures.nDCG @ 10, ir_measures.P @ 5, ir_measures.RR @ 10], qrels, found
        )
    }
    for row in run.rows:
        for ours, name in (("nDCG@10", "nDCG@10"), ("precision@5", "P@5"), ("MRR@10", "RR@10")):
            if row.answerable:
                assert row.measures[ours] == pytest.approx(theirs[name, row.id]), (row.id, ours)


@given(st.lists(st.one_of(st.none(), st.floats(-10, 10)), max_size=8))
def test_scores_fall_so_that_every_tool_keeps_the_order(scores: list[float | None]) -> None:
    hits: list[Json] = [{"score": score} for score in scores]
    found = falling(hits)
    assert found == sorted(set(found), reverse=True)
    assert len(found) == len(hits)


@given(st.text())
def test_a_name_is_one_word(text: str) -> None:
    assert len(token(f"x{text}").split()) == 1


def test_a_manifest_changes_only_what_it_may(tmp_path: Path) -> None:
    made = make_run(tmp_path).manifest
    begun = replace(made, engine="", started_at="", finished_at="", complete=False)
    assert begun == manifest()
    assert isinstance(made, RunManifest)
    assert made.started_at <= made.finished_at
