"""An ablation as one table: lines for the terminal, and a page with Markdown and CSV beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from eval.ablation import Ablation
from eval.compare import Change
from eval.page import Cell, facts, page, row, section, table
from eval.report import about_run
from eval.report_tables import shown
from eval.report_text import markdown_table, plain
from eval.run_folder import write_whole
from eval.schema import Estimate, Run
from eval.sheets import csv_text
from eval.statistics import estimate
from eval.summary import MEASURES, sample_of
from eval.wording import Wording, load_wording

COLUMNS = (
    "hit@1", "recall@10", "MRR@10", "nDCG@10", "evidence_recall", "citation_F1", "fact_recall",
    "complete", "refusal_recall", "false_refusal", "length", "seconds_p50",
)  # fmt: skip
_MARKS = {"better": "▲", "worse": "▼", "same": ""}
_WIDTH = 18  # of a column on the terminal: a value and its interval, one above the other


@dataclass(frozen=True, slots=True)
class Line:
    """A system of the table: its own figures, and its changes against the reference by measure."""

    name: str
    estimates: dict[str, Estimate]
    changes: dict[str, Change]


def lines_of(ablation: Ablation) -> list[Line]:
    """The systems in their order, with all figures that they have."""
    first = Line(ablation.reference.name, _estimates(ablation.reference), {})
    others = [
        Line(each.b.name, _estimates(each.b), {change.measure: change for change in each.overall})
        for each in ablation.others
    ]
    return [first, *others]


def write_ablation(ablation: Ablation, out: Path, *, language: str = "zh") -> list[Path]:
    """Write ablation.html, ablation.md and ablation.csv; the files in that order.

    Raises:
        EvaluationMisused: there are no reports in that language.
    """
    wording = load_wording(language)
    lines = lines_of(ablation)
    title = wording.say("ablation_title", systems=len(lines), n=len(ablation.reference.rows))
    files = {
        "ablation.html": _html(ablation, lines, title, wording),
        "ablation.md": _markdown(lines, title, wording),
        "ablation.csv": csv_text(csv_lines(lines)),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        write_whole(out / name, text)
    return [out / name for name in files]


def terminal_lines(ablation: Ablation) -> Iterator[str]:
    """The table for a terminal: under each value the interval of its difference."""
    lines = lines_of(ablation)
    columns = _columns(lines)
    width = max(len(line.name) for line in lines) + 2
    per_block = 6  # columns that stand side by side
    for start in range(0, len(columns), per_block):
        block = columns[start : start + per_block]
        yield " " * width + "".join(f"{name:>{_WIDTH}}" for name in block)
        for line in lines:
            yield f"{line.name:<{width}}" + "".join(f"{_value(line, n):>{_WIDTH}}" for n in block)
            if line.changes:
                yield " " * width + "".join(f"{_interval(line, n):>{_WIDTH}}" for n in block)
        yield ""
    yield f"{lines[0].name} is the reference; [95 % interval of the difference to it, paired]"


def csv_lines(lines: Sequence[Line]) -> Iterator[list[str]]:
    """All measures of all systems, a line each."""
    yield [
        "system", "measure", "value", "low", "high", "n",
        "difference", "difference_low", "difference_high", "p", "verdict",
    ]  # fmt: skip
    for line in lines:
        for name, each in line.estimates.items():
            own = [f"{number:.6g}" for number in (each.value, each.low, each.high)]
            change = line.changes.get(name)
            found = change.difference if change else None
            numbers = (found.difference, found.low, found.high, found.p) if found else ()
            against = [f"{number:.6g}" for number in numbers] or [""] * 4
            verdict = change.verdict if change else ""
            yield [line.name, name, *own, str(each.n), *against, verdict]


def _html(ablation: Ablation, lines: Sequence[Line], title: str, wording: Wording) -> str:
    columns = _columns(lines)
    header: list[Cell] = [(escape(wording.say("system")), "")]
    header += [(escape(wording.measure(name)[0]), "number") for name in columns]
    rows = [row(line.name, (_cell(line, name, wording) for name in columns)) for line in lines]
    note = f'<p class="note">{escape(wording.say("ablation_note"))}</p>'
    meanings = [(title, meaning) for title, meaning in map(wording.measure, columns)]
    body = (
        f'<h1>{escape(title)}</h1><p class="lead">{escape(wording.say("ablation_lead"))}</p>'
        f"{facts(about_run(ablation.reference.manifest, wording))}"
        + section(
            "systems", wording.say("ablation_heading"), table(header, rows, label=title), note
        )
        + section("meaning", wording.say("meaning"), facts(meanings))
    )
    names = {"systems": wording.say("ablation_heading"), "meaning": wording.say("meaning")}
    return page(title, body, wording=wording, sections=names)


def _cell(line: Line, name: str, wording: Wording) -> Cell:
    if name not in line.estimates:
        return "–", "number none"
    value = f"<b>{shown(name, line.estimates[name].value)}</b>"
    change = line.changes.get(name)
    if change is None:
        own = "" if line.changes else f"<br><small>{_own_interval(line, name)}</small>"
        return value + own, "number"
    kind = {"better": " better", "worse": " worse", "same": ""}[change.verdict]
    difference, _, interval = _difference(change).partition(" [")
    against = f"<br><small>{escape(difference)}<br>{escape('[' + interval)}</small>"
    return value + against, f"number{kind}"


def _markdown(lines: Sequence[Line], title: str, wording: Wording) -> str:
    columns = _columns(lines)
    head = [wording.say("system"), *(wording.measure(name)[0] for name in columns)]
    rows = [[line.name, *(_text(line, name) for name in columns)] for line in lines]
    parts = [f"# {plain(title)}", "", plain(wording.say("ablation_lead")), ""]
    return "\n".join([*parts, *markdown_table(head, rows)]) + "\n"


def _text(line: Line, name: str) -> str:
    change = line.changes.get(name)
    against = f" {_difference(change)}" if change else ""
    return _value(line, name) + against


def _value(line: Line, name: str) -> str:
    return shown(name, line.estimates[name].value) if name in line.estimates else "–"


def _own_interval(line: Line, name: str) -> str:
    each = line.estimates[name]
    return f"[{shown(name, each.low)}, {shown(name, each.high)}]"


def _interval(line: Line, name: str) -> str:
    change = line.changes.get(name)
    if change is None:
        return ""
    found = change.difference
    low, high = (_signed(name, value) for value in (found.low, found.high))
    return f"{_MARKS[change.verdict]}[{low}, {high}]"


def _difference(change: Change) -> str:
    found, name = change.difference, change.measure
    low, high = (_signed(name, value) for value in (found.low, found.high))
    mark = _MARKS[change.verdict]
    return f"{mark} {_signed(name, found.difference)} [{low}, {high}]".strip()


def _signed(name: str, value: float) -> str:
    text = shown(name, abs(value))
    return f"{'−' if value < 0 else '+'}{text}"


def _columns(lines: Iterable[Line]) -> list[str]:
    """The columns that some system has figures for."""
    present = {name for line in lines for name in line.estimates}
    return [name for name in COLUMNS if name in present]


def _estimates(run: Run) -> dict[str, Estimate]:
    rows = sorted(run.rows, key=lambda each: each.id)
    found = {
        name: estimate(sample_of(rows, measure), measure.statistic, seed=run.manifest.seed)
        for name, measure in MEASURES.items()
    }
    return {name: each for name, each in found.items() if each is not None}
