"""What `wenzheng eval report | ablate | sheet | candidates | judge` do; see ``report_options``."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from assistant.settings import Settings
from eval.ablation import Bench, Entry, read_entries, run_entry
from eval.ablation import ablate as ablate_systems
from eval.ablation_report import terminal_lines, write_ablation
from eval.commands import FAILED, Command, Print, Progress, unseen
from eval.endpoint import Server, chat_url
from eval.errors import EvaluationMisused
from eval.gold import read_gold, shipped_gold
from eval.judge import agreements, sample
from eval.judge import judge as ask_judge
from eval.report import write_report
from eval.run_folder import dump, read_measures, read_run, write_whole
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


def judge(
    options: argparse.Namespace, _: Settings, line: Print, progress: Progress = unseen
) -> int:
    """Ask a language model about answers of a run, and say how far it agrees with the rules."""
    folder = Path(options.folder)
    chosen = sample(read_run(folder).rows, size=options.sample, seed=options.seed)
    key = Path(options.key_file).read_text("utf-8-sig").strip() if options.key_file else ""
    server = Server(chat_url(options.endpoint), key)
    cache = folder / "judge.cache.jsonl"
    with progress("judging") as told:
        opinions = ask_judge(chosen, server, model=options.model, cache=cache, progress=told)
    found = agreements(chosen, opinions)
    rows = {"agreement": list(map(asdict, found)), "opinions": list(map(asdict, opinions))}
    write_whole(folder / "judge.json", dump({"model": options.model, **rows}) + "\n")
    for each in found:
        line(
            f"{each.about:<9} judged {each.n}, unusable {each.unusable}; approved by the judge "
            f"{_share(each.judge)}, by the rule {_share(each.rule)}; equal {_share(each.equal)}, "
            f"kappa {_share(each.kappa)}"
        )
    return 0


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


REPORT_COMMANDS: dict[str, Command] = {
    "report": report,
    "ablate": ablate,
    "sheet": sheet,
    "candidates": candidates,
    "judge": judge,
}
