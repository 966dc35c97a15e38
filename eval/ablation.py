"""A table of systems run on the same gold, each held against the first: what every part is worth.

    [[system]]
    name = "wenzheng"            # the first is the reference

    [[system]]
    name = "without-meaning"     # a part switched off: see ``switches.PARTS``
    off = ["meaning"]

    [[system]]
    name = "bm25-alone"          # a function of a file beside this one, as for `eval run --system`
    system = "baselines.py:bm25_alone"

    [[system]]
    name = "before"              # a run that is there; the path starts from this file too
    run = "../runs/before"

    [[system]]
    name = "rival"               # a server, as for `eval run --endpoint`
    endpoint = "http://127.0.0.1:8000/v1"
    model = "qwen"

``settings = { key = "value" }`` changes settings, as ``--set`` does.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from eval.compare import Comparison, compare_runs
from eval.errors import EvaluationMisused, GoldInvalid, RunUnusable
from eval.gold_check import check_evidence
from eval.opening import Opened, manifest_of, open_system
from eval.run_folder import MANIFEST, read_manifest, read_run, same_run
from eval.runner import Plan, run_plan
from eval.schema import Gold, Run
from eval.switches import PARTS, open_switched
from eval.systems import WENZHENG, with_settings

Progress = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ONE_OF = ("off", "system", "endpoint", "run")


@dataclass(frozen=True, slots=True)
class Entry:
    """A system of the table: how it is called, and how it is opened."""

    name: str = ""
    off: tuple[str, ...] = ()
    system: str = ""
    endpoint: str = ""
    model: str = ""
    key_file: str = ""
    run: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ablation:
    """The runs of all systems in the order of the table, and each after the first against it."""

    reference: Run
    others: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """What all systems of a table have in common."""

    gold: Gold
    settings: Settings
    out: Path
    seed: int
    workers: int = 1


def read_entries(path: Path) -> tuple[Entry, ...]:
    """The systems that a TOML file describes.

    Raises:
        EvaluationMisused: it cannot be read, or an entry says something that cannot be.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EvaluationMisused(f"{path}: no such file; check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EvaluationMisused(f"{path}: not TOML ({error}); correct it") from error
    rows = tables.get("system")
    if not isinstance(rows, list) or len(rows) < 2 or set(tables) != {"system"}:
        raise EvaluationMisused(f"{path}: write [[system]] for each of two systems or more")
    entries = tuple(_entry(row, f"{path}, system {n}") for n, row in enumerate(rows, start=1))
    names = [entry.name for entry in entries]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise EvaluationMisused(f"{path}: two systems are called '{twice}'; rename one")
    return entries


def ablate(entries: Sequence[Entry], bench: Bench, *, beside: Path, progress: Progress) -> Ablation:
    """Run every system that has no complete run yet, and hold each against the first.

    Args:
        entries: the systems; the first is the reference.
        bench: gold, settings and folder; each system's run stands in a folder of its name.
        beside: the folder that the paths of the entries start from.
        progress: gives a bar for each system by its name.

    Raises:
        RunUnusable: a folder holds a run of something else; or the index or gold changed meanwhile.
        EvaluationError, IndexingError: a system cannot answer; the same call goes on from there.
    """
    runs = [run_entry(entry, bench, beside=beside, progress=progress) for entry in entries]
    made = [run for run, entry in zip(runs, entries, strict=True) if not entry.run]
    changed = next((r for r in made if r.manifest.corpus != made[0].manifest.corpus), None)
    if changed:
        what = "the index changed while the table was made"
        raise RunUnusable(
            f"{bench.out}: {what}, before {changed.name}; delete the runs made before"
        )
    compared = [compare_runs(runs[0], run, seed=bench.seed) for run in runs[1:]]
    return Ablation(runs[0], tuple(compared))


def run_entry(entry: Entry, bench: Bench, *, beside: Path, progress: Progress) -> Run:
    """The run of a system: the one that is there, or a new one; raises what ``ablate`` does."""
    if entry.run:
        return _named(read_run(beside / entry.run), entry)
    opened = _open(entry, bench.settings, beside)
    problems = check_evidence(bench.gold.records, opened.corpus).problems
    if problems:
        raise GoldInvalid(f"{entry.name}: the gold does not fit its corpus: {problems[0]}")
    manifest = manifest_of(
        opened, bench.gold, name=entry.name, seed=bench.seed, workers=bench.workers
    )
    out = bench.out / entry.name
    if (out / MANIFEST).exists() and (found := read_manifest(out)).complete:
        differs = same_run(found, manifest)
        if differs:
            what = f"a run with another '{differs}' is there"
            raise RunUnusable(f"{out}: {what}; name another folder, or delete it")
        return _named(read_run(out), entry)
    plan = Plan(bench.gold.records, opened.corpus, manifest)
    with progress(entry.name) as told:
        return _named(run_plan(plan, opened.system, out=out, progress=told), entry)


def _open(entry: Entry, settings: Settings, beside: Path) -> Opened:
    changes = [f"{key}={value}" for key, value in entry.settings.items()]
    if entry.off:
        return open_switched(with_settings(settings, changes), frozenset(entry.off))
    options = argparse.Namespace(
        system=str(beside / entry.system) if entry.system else WENZHENG,
        endpoint=entry.endpoint,
        model=entry.model,
        key_file=str(beside / entry.key_file) if entry.key_file else "",
        set=changes,
    )
    return open_system(options, settings)


def _named(run: Run, entry: Entry) -> Run:
    return Run(entry.name, run.manifest, run.rows)


def _entry(row: Mapping[str, Any], where: str) -> Entry:
    known = {entry.name: entry for entry in fields(Entry)}
    unknown = next((key for key in row if key not in known), None)
    if unknown:
        raise EvaluationMisused(f"{where}: no key '{unknown}'; known are {', '.join(known)}")
    for key, value in row.items():
        wanted = {"off": list, "settings": dict}.get(key, str)
        if not isinstance(value, wanted):
            raise EvaluationMisused(f"{where}: '{key}' is not a {wanted.__name__}; correct it")
    entry = Entry(**{**row, "off": tuple(map(str, row.get("off", ())))})
    problem = _problem(entry)
    if problem:
        raise EvaluationMisused(f"{where}: {problem}")
    return entry


def _problem(entry: Entry) -> str:
    """What an entry says that cannot be, or nothing."""
    if not _NAME.fullmatch(entry.name):
        return f"the name '{entry.name}' has something else than letters, digits, '.', '_', '-'"
    given = [key for key in _ONE_OF if getattr(entry, key)]
    if len(given) > 1:
        return f"'{given[0]}' and '{given[1]}' exclude each other; remove one"
    missing = next((part for part in entry.off if part not in PARTS), None)
    if missing is not None:
        return f"no part '{missing}' to switch off; there are {', '.join(PARTS)}"
    if (entry.run or entry.endpoint) and entry.settings:
        return "'settings' change nothing of a run or a server; remove them"
    return ""
