"""What `wenzheng eval report | ablate | sheet | candidates` do; see ``report_options``."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.settings import Settings
from eval.ablation import Bench, Entry, read_entries, run_entry
from eval.ablation import ablate as ablate_systems
from eval.ablation_report import terminal_lines, write_ablation
from eval.commands import FAILED, Command, Print, Progress, unseen
from eval.errors import EvaluationMisused
from eval.gold import read_gold, shipped_gold
from eval.report import write_report
from eval.run_folder import read_measures
from eval.sheet_files import read_answers, write_candidates, write_gold, write_template
from eval.sheet_gold import read_sheet
from eval.sheets import SheetInvalid
from eval.systems import WENZHENG, corpus_of
from eval.tables import run_lines


def report(options: argparse.Namespace, _: Settings, line: Print, __: Progress = unseen) -> int:
    """Make the report of a run."""
    folder = Path(options.folder)
    out = Path(options.out) if options.out else folder / "report"
    for path in write_report(folder, out, language=options.language):
        line(str(path))
    return 0


def ablate(
    options: argparse.Namespace, settings: Settings, line: Print, progress: Progress = unseen
) -> int:
    """Run a table of systems and hold each against the first."""
    table, out = Path(options.table), Path(options.out)
    entries = read_entries(table)
    files = [Path(file) for file in options.gold] if options.gold else shipped_gold()
    gold = read_gold(files, split=options.split)
    bench = Bench(gold, settings, out, seed=options.seed, workers=options.workers)
    found = ablate_systems(entries, bench, beside=table.parent, progress=progress)
    for text in terminal_lines(found):
        line(text)
    for path in write_ablation(found, out, language=options.language):
        line(str(path))
    return 0


def sheet(
    options: argparse.Namespace, settings: Settings, line: Print, progress: Progress = unseen
) -> int:
    """Evaluate on questions of an Excel or CSV file: gold, run and report in one folder."""
    if options.template:
        write_template(Path(options.template))
        line(options.template)
        return 0
    if not options.sheet or not options.out:
        raise EvaluationMisused("name a sheet and --out DIR; --template FILE.xlsx writes a sheet")
    corpus, _ = corpus_of([], settings)
    try:
        gold = read_sheet(Path(options.sheet), corpus)
    except SheetInvalid as error:
        for problem in error.problems:
            line(problem)
        return FAILED
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    write_gold(gold.records, out / "gold.jsonl")
    bench = Bench(gold, settings, out, seed=options.seed, workers=options.workers)
    run_entry(Entry(WENZHENG), bench, beside=out, progress=progress)
    for text in run_lines(read_measures(out / WENZHENG)):
        line(text)
    for path in write_report(out / WENZHENG, out, language=options.language):
        line(str(path))
    return 0


def candidates(options: argparse.Namespace, _: Settings, line: Print, __: Progress = unseen) -> int:
    """Write answers that users objected to as a sheet to correct."""
    count = write_candidates(read_answers(Path(options.answers)), Path(options.out))
    line(f"{options.out}: {count} questions to correct")
    return 0


REPORT_COMMANDS: dict[str, Command] = {
    "report": report,
    "ablate": ablate,
    "sheet": sheet,
    "candidates": candidates,
}
