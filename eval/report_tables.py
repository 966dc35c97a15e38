"""The measures of a run as rows of text, and those rows as HTML tables; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from eval.page import Cell, row, table
from eval.schema import Estimate
from eval.summary import MEASURES
from eval.wording import Wording

# What a group of measures is about; a measure that is not named here stands in the last group.
GROUPS: dict[str, tuple[str, ...]] = {
    "retrieval": ("hit", "recall", "precision", "MRR", "nDCG"),
    "citation": (
        "citation_precision", "citation_recall", "citation_F1", "evidence_recall",
        "first_citation", "verbatim", "figure_support",
    ),
    "answer": ("fact_recall", "complete", "char_F1", "ROUGE-L", "length"),
    "refusal": ("refusal_recall", "refusal_precision", "false_refusal", "answered", "risk", "AURC"),
    "time": ("seconds_p50", "seconds_p95"),
    "other": (),
}  # fmt: skip
# The table by type has one column each; more would not be read.
BY_TYPE = (
    "hit@1", "recall@10", "evidence_recall", "citation_precision", "fact_recall", "complete",
    "false_refusal", "refusal_recall", "seconds_p50",
)  # fmt: skip
_WEAK = (0.9, 0.8, 0.7, 0.5)

Estimates = Mapping[str, Estimate]


def shown(name: str, value: float) -> str:
    """A value as it is printed: shares with three digits, seconds and characters by their size.

    >>> shown("hit@1", 0.8567), shown("length", 81.4), shown("seconds_p50", 0.0123)
    ('0.857', '81', '0.012')
    """
    return f"{value:.0f}" if name == "length" else f"{value:.3f}"


def interval(name: str, estimate: Estimate) -> str:
    """The interval of an estimate as it is printed."""
    return f"[{shown(name, estimate.low)}, {shown(name, estimate.high)}]"


def grouped(overall: Estimates) -> Iterator[tuple[str, list[str]]]:
    """The measures that a run has, group by group; groups without one are left out."""
    left = [name for name in MEASURES if name in overall]
    left += sorted(name for name in overall if name not in MEASURES)
    for group, names in GROUPS.items():
        inside = [name for name in left if group == "other" or name.partition("@")[0] in names]
        left = [name for name in left if name not in inside]
        if inside:
            yield group, inside


def overall_table(overall: Estimates, wording: Wording) -> str:
    """All measures over all questions, group by group."""
    keys = ("measure", "value", "interval", "questions", "meaning")
    kinds = ("", "number", "number", "number", "")
    header = [(escape(wording.say(key)), kind) for key, kind in zip(keys, kinds, strict=True)]
    rows: list[str] = []
    for group, names in grouped(overall):
        title = escape(wording.of("groups", group))
        rows.append(f'<tr><th scope="rowgroup" colspan="{len(keys)}">{title}</th></tr>')
        rows += [_measure_row(name, overall[name], wording) for name in names]
    return table(header, rows, label=wording.say("overall"))


def type_table(overall: Estimates, by_type: Mapping[str, Estimates], wording: Wording) -> str:
    """The chief measures for each type of question, shaded where they are weak."""
    names = [name for name in BY_TYPE if name in overall]
    header: list[Cell] = [(escape(wording.say("type")), "")]
    header += [(escape(wording.say("questions")), "number")]
    header += [(escape(wording.measure(name)[0]), "number") for name in names]
    rows = [_type_row(wording.of("types", kind), found, names) for kind, found in by_type.items()]
    rows.append(_type_row(wording.say("all_types"), overall, names))
    note = f'<p class="note">{escape(wording.say("weak_note"))}</p>'
    return table(header, rows, label=wording.say("by_type")) + note


def questions_of(estimates: Estimates) -> int:
    """How many questions there were: every question took its seconds."""
    return max((estimate.n for estimate in estimates.values()), default=0)


def _measure_row(name: str, estimate: Estimate, wording: Wording) -> str:
    title, meaning = wording.measure(name)
    cells: list[Cell] = [
        (shown(name, estimate.value), "number value"),
        (interval(name, estimate), "number"),
        (str(estimate.n), "number"),
        (escape(meaning), "meaning"),
    ]
    return row(title, cells)


def _type_row(title: str, found: Estimates, names: list[str]) -> str:
    cells: list[Cell] = [(str(questions_of(found)), "number")]
    for name in names:
        estimate = found.get(name)
        if estimate is None:
            cells.append(("–", "number none"))
        else:
            cells.append(
                (shown(name, estimate.value), f"number {_shade(name, estimate.value)}".strip())
            )
    return row(title, cells)


def _shade(name: str, value: float) -> str:
    """The weaker, the darker, so that the eye finds what to work at; only where more is better."""
    if name not in MEASURES or MEASURES[name].better != "higher":
        return ""
    level = sum(value < limit for limit in _WEAK)
    return f"weak-{level}" if level else ""
