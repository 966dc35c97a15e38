"""What `wenzheng eval run | compare | check` do; each takes options, settings and its line.

``options.py`` says which options there are.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from pathlib import Path

from assistant.settings import Settings
from eval.compare import Change, Comparison, compare_runs
from eval.errors import GoldInvalid
from eval.gates import failures, parse_floors
from eval.gold import read_gold, read_split, shipped_gold
from eval.gold_check import check_evidence, check_gold
from eval.opening import manifest_of, open_system
from eval.run_folder import dump, read_measures, read_run
from eval.runner import Plan, run_plan
from eval.schema import Corpus, Gold, Json
from eval.summary import estimates
from eval.systems import corpus_of
from eval.tables import (
    check_figures_place,
    comparison_lines,
    figures_markdown,
    run_lines,
    write_figures,
)

FAILED = 1
_SHOWN_PROBLEMS = 50

Print = Callable[[str], None]
Progress = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]


@contextmanager
def unseen(_: str) -> Iterator[Callable[[int, int], None]]:
    """Progress that nobody looks at."""
    yield lambda _done, _total: None


def run(
    options: argparse.Namespace, settings: Settings, line: Print, progress: Progress = unseen
) -> int:
    """Ask the gold questions, write the run, print its measures, hold it against its gates."""
    floors = parse_floors(options.fail_under)
    document = Path(options.figures) if options.figures else None
    if document:
        check_figures_place(document)
    gold = read_gold(_gold_files(options), split=options.split)
    opened = open_system(options, settings)
    _refuse_spoiled(gold, opened.corpus)
    manifest = manifest_of(opened, gold, seed=options.seed, workers=options.workers)
    plan = Plan(gold.records, opened.corpus, manifest)
    with progress("evaluating") as told:
        found = run_plan(plan, opened.system, out=Path(options.out), progress=told)
    measures = read_measures(Path(options.out))
    failed = failures(floors, estimates(measures["overall"]))
    if document:
        write_figures(document, figures_markdown(found.manifest, measures))
    as_json = [dump({**measures, "failed": failed})]
    return _report(as_json if options.json else [*run_lines(measures)], failed, options, line)


def compare(options: argparse.Namespace, _: Settings, line: Print, __: Progress = unseen) -> int:
    """Compare two complete runs, and hold the later one against its gates."""
    floors = parse_floors(options.fail_under)
    a, b = read_run(Path(options.a)), read_run(Path(options.b))
    comparison = compare_runs(a, b, seed=options.seed)
    failed = failures(floors, estimates(read_measures(Path(options.b))["overall"]))
    if options.fail_on_regression:
        failed += [f"{c.measure} is significantly worse" for c in comparison.regressions]
    as_json = [dump(comparison_row(comparison, failed))]
    return _report(
        as_json if options.json else [*comparison_lines(comparison)], failed, options, line
    )


def check(
    options: argparse.Namespace, settings: Settings, line: Print, _: Progress = unseen
) -> int:
    """Prove every quote, fact and id of gold files against a corpus."""
    files = _gold_files(options)
    gold = read_gold(files)
    splits: dict[str, str] = {}
    for folder in dict.fromkeys(file.parent for file in files):
        splits |= read_split(folder)
    corpus, place = corpus_of([Path(path) for path in options.paths], settings)
    found = check_gold(gold.records, corpus, splits=splits or None)
    if options.json:
        line(dump({**asdict(found), "records": len(gold.records), "corpus": corpus.sha256}))
        return FAILED if found.problems else 0
    for problem in found.problems[:_SHOWN_PROBLEMS]:
        line(problem)
    for remark in found.remarks:
        line(f"remark: {remark}")
    line(
        f"{len(gold.records)} records, {len(found.problems)} problems, {len(found.remarks)} "
        f"remarks; held against {place} (corpus {corpus.sha256[:12]})"
    )
    return FAILED if found.problems else 0


def comparison_row(comparison: Comparison, failed: Sequence[str]) -> Json:
    """A comparison as JSON."""
    return {
        "a": comparison.a.name,
        "b": comparison.b.name,
        "overall": {change.measure: _change_row(change) for change in comparison.overall},
        "by_type": {
            kind: {change.measure: _change_row(change) for change in changes}
            for kind, changes in comparison.by_type.items()
        },
        "turned": [asdict(turned) for turned in comparison.turned],
        "in_one_run_only": list(comparison.one_sided),
        "failed": list(failed),
    }


def _gold_files(options: argparse.Namespace) -> list[Path]:
    return [Path(file) for file in options.gold] if options.gold else shipped_gold()


def _refuse_spoiled(gold: Gold, corpus: Corpus) -> None:
    """No run over evidence that is not in the corpus: its scores would say nothing."""
    problems = check_evidence(gold.records, corpus).problems
    if problems:
        more = f" (and {len(problems) - 1} more: `wenzheng eval check`)" if problems[1:] else ""
        raise GoldInvalid(f"the gold does not fit the corpus: {problems[0]}{more}")


def _report(
    lines: Sequence[str], failed: Sequence[str], options: argparse.Namespace, line: Print
) -> int:
    """Say what was measured and which gates did not hold."""
    for text in lines:
        line(text)
    if not options.json:
        for failure in failed:
            line(f"gate not held: {failure}")
    return FAILED if failed else 0


def _change_row(change: Change) -> Json:
    return {**asdict(change.difference), "verdict": change.verdict}


Command = Callable[[argparse.Namespace, Settings, Print, Progress], int]
COMMANDS: dict[str, Command] = {"run": run, "compare": compare, "check": check}
