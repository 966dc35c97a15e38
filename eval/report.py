"""A run as a report for people: one HTML file, with Markdown and CSV beside it.

The same run gives the same files, byte for byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from eval.failures import Failure, failures_of
from eval.page import facts, page, section
from eval.report_failures import failures_html
from eval.report_plots import plots_html
from eval.report_tables import Estimates, overall_table, type_table
from eval.report_text import markdown, measure_lines, question_lines
from eval.run_folder import read_measures, read_run, write_whole
from eval.schema import Json, Run, RunManifest
from eval.sheets import csv_text
from eval.summary import estimates
from eval.wording import Wording, load_wording

_SHOWN_HASH = 10  # characters of a hash or commit: enough to tell two apart


def write_report(run_folder: Path, out: Path, *, language: str = "zh") -> list[Path]:
    """Write report.html, report.md, measures.csv and questions.csv; the files in that order.

    Args:
        run_folder: a complete run.
        out: the folder for the report, made where it is not there.
        language: of the words around the figures, zh or en.

    Raises:
        RunUnusable: the run is not complete, or cannot be read.
        EvaluationMisused: there are no reports in that language.
    """
    wording = load_wording(language)
    run = read_run(run_folder)
    summary = read_measures(run_folder)
    overall = estimates(summary["overall"])
    by_type = {kind: estimates(found) for kind, found in summary["by_type"].items()}
    failures = failures_of(run.rows)
    title = wording.say("title", system=run.manifest.system, n=len(run.rows))
    about = about_run(run.manifest, wording)
    files = {
        "report.html": _html(run, summary, failures, wording),
        "report.md": markdown(title, about, overall, by_type, failures, wording),
        "measures.csv": csv_text(measure_lines(overall, by_type)),
        "questions.csv": csv_text(question_lines(run.rows)),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        write_whole(out / name, text)
    return [out / name for name in files]


def about_run(manifest: RunManifest, wording: Wording) -> list[tuple[str, str]]:
    """What the run is made of, name by name."""
    corpus, machine = manifest.corpus, manifest.machine
    gold = "；".join(
        f"{each.file} ({each.records}, {each.sha256[:_SHOWN_HASH]})" for each in manifest.gold
    )
    corpus_facts = wording.say("corpus_facts", **{"policies": "?", "clauses": "?", **corpus})
    return [
        (wording.say("system"), manifest.system),
        (wording.say("settings"), "，".join(f"{k}={v}" for k, v in manifest.settings.items() if v)),
        (wording.say("corpus"), f"{corpus_facts} ({str(corpus.get('sha256', ''))[:_SHOWN_HASH]})"),
        (wording.say("commit"), manifest.commit[:_SHOWN_HASH]),
        (wording.say("engine"), manifest.engine),
        (wording.say("model"), manifest.model),
        (wording.say("seed"), str(manifest.seed)),
        (wording.say("machine"), " · ".join(map(str, machine.values()))),
        (wording.say("finished"), manifest.finished_at),
        (wording.say("gold_files"), f"{manifest.split} · {gold}"),
    ]


def _html(run: Run, summary: Json, failures: Sequence[Failure], wording: Wording) -> str:
    overall: Estimates = estimates(summary["overall"])
    by_type = {kind: estimates(found) for kind, found in summary["by_type"].items()}
    curve = summary.get("risk_coverage") or []
    title = wording.say("title", system=run.manifest.system, n=len(run.rows))
    head = (
        f'<h1>{escape(title)}</h1><p class="lead">{escape(wording.say("lead"))}</p>'
        f"{facts(about_run(run.manifest, wording))}"
    )
    names = {key: wording.say(key) for key in ("overall", "by_type", "plots")}
    names["failures-head"] = f"{wording.say('failures')} ({len(failures)})"
    inside = {
        "overall": overall_table(overall, wording),
        "by_type": type_table(overall, by_type, wording),
        "plots": plots_html(run.rows, by_type, curve, wording),
        "failures-head": failures_html(failures, wording),
    }
    body = head + "".join(section(key, name, inside[key]) for key, name in names.items())
    return page(title, body, wording=wording, sections=names)
