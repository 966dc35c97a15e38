"""Runs and comparisons as lines of text and as Markdown; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from eval.compare import Change, Comparison, differing
from eval.errors import EvaluationMisused
from eval.run_folder import write_whole
from eval.schema import Estimate, Json, RunManifest
from eval.summary import MEASURES, estimates

# What the table by type shows; measures.json has all.
_BY_TYPE = ("hit@5", "recall@10", "first_citation", "citation_F1", "fact_recall", "complete")
_BY_TYPE_REFUSALS = ("refusal_recall", "false_refusal")
_SIGNS = {"better": "+", "worse": "-", "same": " "}
FIGURES_BEGIN = "<!-- figures: written by `wenzheng eval run --figures` -->"
FIGURES_END = "<!-- end of figures -->"


def run_lines(measures: Json) -> Iterable[str]:
    """The measures of a run: overall with intervals, then some of them by type."""
    yield f"{'measure':<20}{'value':>8}  {'95 % interval':<19}{'n':>5}"
    for name, found in estimates(measures["overall"]).items():
        interval = f"[{_shown(name, found.low)}, {_shown(name, found.high)}]"
        yield f"{name:<20}{_shown(name, found.value):>8}  {interval:<19}{found.n:>5}"
    yield ""
    columns = (*_BY_TYPE, *_BY_TYPE_REFUSALS)
    yield f"{'type':<18}{'n':>4}" + "".join(f"{name:>15}" for name in columns)
    for kind, table in measures["by_type"].items():
        cells = _type_cells(estimates(table), columns)
        yield f"{kind:<18}{table['answered']['n']:>4}" + "".join(f"{cell:>15}" for cell in cells)


def comparison_lines(comparison: Comparison) -> Iterable[str]:
    """A comparison: pins that differ, overall, what is significant by type, what turned."""
    yield from differing(comparison)
    yield f"  {'measure':<20}{'A':>8}{'B':>8}{'B-A':>9}  {'95 % interval':<21}{'p':>7}{'n':>5}"
    yield from map(_change_line, comparison.overall)
    for kind, changes in comparison.by_type.items():
        notable = [change for change in changes if change.verdict != "same"]
        if notable:
            yield f"type {kind}"
            yield from map(_change_line, notable)
    for now in ("wrong", "right"):
        found = [turned for turned in comparison.turned if turned.now == now]
        yield f"turned {now}: {len(found)}"
        for turned in found:
            yield f"  {turned.id}  {turned.type}  {' '.join(turned.question.split())[:60]}"
    if comparison.one_sided:
        yield f"in one run only: {', '.join(comparison.one_sided)}"


def figures_markdown(manifest: RunManifest, measures: Json) -> str:
    """The figures of a run as a Markdown section, with what they were measured on."""
    files = ", ".join(f"{file.file} ({file.records})" for file in manifest.gold)
    lines = [
        f"System `{manifest.system}`, split `{manifest.split}`, {manifest.finished_at[:10]}. "
        f"Commit `{manifest.commit or 'none'}`, code `{manifest.code[:12]}`, "
        f"corpus `{str(manifest.corpus['sha256'])[:12]}` ({manifest.corpus['policies']} policies, "
        f"{manifest.corpus['clauses']} clauses), model `{manifest.model}`, seed {manifest.seed}, "
        f"{manifest.machine['cpus']} processors, {manifest.workers} at a time. Gold: {files}.",
        "",
        "| measure | value | 95 % interval | questions |",
        "|---|---|---|---|",
    ]
    for name, found in estimates(measures["overall"]).items():
        interval = f"{_shown(name, found.low)} – {_shown(name, found.high)}"
        lines.append(f"| {name} | {_shown(name, found.value)} | {interval} | {found.n} |")
    columns = (*_BY_TYPE, *_BY_TYPE_REFUSALS)
    lines += [
        "",
        f"| type | questions | {' | '.join(columns)} |",
        "|---" * (len(columns) + 2) + "|",
    ]
    for kind, table in measures["by_type"].items():
        cells = _type_cells(estimates(table), columns)
        lines.append(f"| {kind} | {table['answered']['n']} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def check_figures_place(path: Path) -> None:
    """Make sure that a document has the marked place, before a long run is begun for it.

    Raises:
        EvaluationMisused: there is no such file, or no such place in it.
    """
    if not path.is_file():
        raise EvaluationMisused(f"{path}: no such document; check the path")
    text = path.read_text(encoding="utf-8")
    begin, end = text.find(FIGURES_BEGIN), text.find(FIGURES_END)
    if not 0 <= begin < end:
        raise EvaluationMisused(f"{path}: no place for figures; add the line {FIGURES_BEGIN}")


def write_figures(path: Path, markdown: str) -> None:
    """Put figures into the marked place of a document, instead of those that stand there."""
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(FIGURES_BEGIN)
    after = rest.partition(FIGURES_END)[2]
    write_whole(path, f"{before}{FIGURES_BEGIN}\n\n{markdown}\n{FIGURES_END}{after}")


def _type_cells(table: Mapping[str, Estimate], columns: Sequence[str]) -> list[str]:
    return [_shown(name, table[name].value) if name in table else "–" for name in columns]


def _change_line(change: Change) -> str:
    found, name = change.difference, change.measure
    interval = f"[{_shown(name, found.low, sign='+')}, {_shown(name, found.high, sign='+')}]"
    return (
        f"{_SIGNS[change.verdict]} {name:<20}{_shown(name, found.a):>8}{_shown(name, found.b):>8}"
        f"{_shown(name, found.difference, sign='+'):>9}  {interval:<21}{found.p:>7.4f}{found.n:>5}"
    )


def _shown(name: str, value: float, *, sign: str = "") -> str:
    """A value as it is printed: shares with four digits, lengths with one."""
    is_length = MEASURES[name].columns == ("length",)
    return f"{value:{sign}.1f}" if is_length else f"{value:{sign}.4f}"
