"""Asks a system every gold question, several at a time, and goes on where it was stopped.

Each answer is written when it is there. What is computed from the answers is computed at the end,
from what was written, so that a run that was killed and continued equals one that was not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from eval.errors import EvaluationMisused, RunUnusable
from eval.run_folder import (
    MANIFEST,
    MEASURES,
    PARTIAL,
    dump,
    partial_answers,
    read_manifest,
    read_partial,
    same_run,
    write_answers,
    write_manifest,
    write_whole,
)
from eval.schema import Corpus, GoldRecord, Json, Run, RunManifest, Scored, System
from eval.scoring import Scorer
from eval.summary import summarise
from eval.trec import qrels_lines, run_lines

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: the questions, over which corpus, and how the run is to be named."""

    records: tuple[GoldRecord, ...]
    corpus: Corpus
    manifest: RunManifest


def run_plan(plan: Plan, system: System, *, out: Path, progress: Progress) -> Run:
    """Ask every question that has no answer yet, then write all files of the run.

    Args:
        plan: what to run.
        system: what to ask.
        out: the folder of the run; it may hold the begun run of the same plan.
        progress: told how many of how many questions are done.

    Raises:
        RunUnusable: the folder holds a begun run of something else, or another run writes to it.
        EvaluationMisused: it holds a complete run, or something that is no run.
        EvaluationError, IndexingError: the system cannot answer; the same call goes on from there.
    """
    manifest = _begin(plan.manifest, out)
    with partial_answers(out) as file:
        done = read_partial(out)
        todo = [record for record in plan.records if record.id not in done]
        progress(len(done), len(plan.records))
        for row in _answers(todo, system, workers=manifest.workers):
            _append(file, row)
            done[row["id"]] = row
            progress(len(done), len(plan.records))
        return _finish(plan, manifest, read_partial(out), out)


def _begin(manifest: RunManifest, out: Path) -> RunManifest:
    """The manifest of the run that the folder holds from now on."""
    if (out / MANIFEST).exists():
        begun = read_manifest(out)
        if begun.complete:
            raise EvaluationMisused(f"{out}: a complete run is there; name another folder")
        differs = same_run(begun, manifest)
        if differs:
            what = f"a run is begun there with another '{differs}'"
            raise RunUnusable(f"{out}: {what}; name another folder, or delete it")
        return begun
    # A kill in the middle of the first write leaves that behind, and nothing else.
    begun_file = MANIFEST + ".new"
    if out.exists() and not (out.is_dir() and {f.name for f in out.iterdir()} <= {begun_file}):
        raise EvaluationMisused(f"{out}: it is there and holds no run; name another folder")
    out.mkdir(parents=True, exist_ok=True)
    begun = replace(manifest, started_at=_now(), complete=False)
    write_manifest(out, begun)
    return begun


def _answers(records: list[GoldRecord], system: System, *, workers: int) -> Iterable[Json]:
    """Answers as they come; what is still waiting is given up if one cannot be had."""
    pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="gold")
    try:
        for future in as_completed([pool.submit(_ask, system, record) for record in records]):
            yield future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ask(system: System, record: GoldRecord) -> Json:
    answer, hits, seconds = system.answer(record)
    return {"id": record.id, "answer": answer, "hits": hits, "seconds": seconds}


def _append(file: IO[str], row: Json) -> None:
    file.write(dump(row) + "\n")
    file.flush()


def _finish(plan: Plan, manifest: RunManifest, done: dict[str, Json], out: Path) -> Run:
    """Score what was answered and write it; the manifest says last that all of it is there."""
    scorer = Scorer(plan.corpus)
    rows = tuple(_scored(record, done[record.id], scorer) for record in plan.records)
    write_answers(out, rows)
    write_whole(out / "run.trec", run_lines(rows, system=manifest.system))
    records = {record.id: record for record in plan.records}
    gold = {record.id: scorer.gold_clauses(record) for record in plan.records}
    write_whole(out / "qrels.trec", qrels_lines(rows, records, gold))
    write_whole(out / MEASURES, dump(summarise(rows, seed=manifest.seed)) + "\n")
    engines = sorted({str(row.answer.get("engine", "")) for row in rows} - {""})
    complete = replace(manifest, engine=",".join(engines), finished_at=_now(), complete=True)
    write_manifest(out, complete)
    (out / PARTIAL).unlink()
    return Run(out.name, complete, rows)


def _scored(record: GoldRecord, row: Json, scorer: Scorer) -> Scored:
    found = scorer.score(record, answer=row["answer"], hits=row["hits"], seconds=row["seconds"])
    return Scored(
        id=record.id,
        type=record.type,
        question=record.question,
        history=record.history,
        answerable=record.answerable,
        gold={
            "evidence": [asdict(item) for item in record.evidence],
            "facts": [list(forms) for forms in record.facts],
            "clauses": scorer.gold_clauses(record),
        },
        answer=row["answer"],
        hits=row["hits"] or [],
        measures=found,
        seconds=row["seconds"],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
