"""A run as Markdown and as CSV, beside its page; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from eval.failures import Failure, kinds_of
from eval.report_tables import BY_TYPE, Estimates, grouped, interval, questions_of, shown
from eval.schema import Scored
from eval.summary import MEASURES
from eval.wording import Wording

Line = list[str]

# Whatever could be taken for Markdown or HTML in what somebody wrote.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|&~$])")


def plain(text: str) -> str:
    """Text as one line of Markdown that says nothing but itself."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def markdown(
    title: str,
    facts: Sequence[tuple[str, str]],
    overall: Estimates,
    by_type: Mapping[str, Estimates],
    failures: Sequence[Failure],
    wording: Wording,
) -> str:
    """The report as Markdown: figures, and the questions that failed by id."""
    lines = [f"# {plain(title)}", ""]
    lines += [f"- {plain(name)}: {plain(value)}" for name, value in facts if value]
    lines += ["", f"## {wording.say('overall')}", ""]
    head = [wording.say(key) for key in ("measure", "value", "interval", "questions")]
    rows = [
        [wording.measure(name)[0], shown(name, each.value), interval(name, each), str(each.n)]
        for _, names in grouped(overall)
        for name, each in ((name, overall[name]) for name in names)
    ]
    lines += markdown_table(head, rows)
    lines += ["", f"## {wording.say('by_type')}", ""]
    lines += _type_lines(overall, by_type, wording)
    lines += ["", f"## {wording.say('failures')} ({len(failures)})", ""]
    head = ["id", wording.say("type"), wording.say("kind"), wording.say("answer")]
    lines += markdown_table(head, [_failure_line(failure, wording) for failure in failures])
    return "\n".join(lines) + "\n"


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table of text, its cells escaped; columns after the first two stand at the right."""
    marks = ["---" if column < 1 else "---:" for column in range(len(head))]
    cells = [[plain(cell) for cell in line] for line in (head, *rows)]
    lines = ["| " + " | ".join(line) + " |" for line in cells]
    return [lines[0], "| " + " | ".join(marks) + " |", *lines[1:]]


def measure_lines(overall: Estimates, by_type: Mapping[str, Estimates]) -> Iterator[Line]:
    """All figures, a line each, under the names that the program knows them by."""
    yield ["type", "measure", "value", "low", "high", "n"]
    for kind, found in {"all": overall, **by_type}.items():
        for name, each in found.items():
            figures = [f"{number:.6g}" for number in (each.value, each.low, each.high)]
            yield [kind, name, *figures, str(each.n)]


def question_lines(rows: Sequence[Scored]) -> Iterator[Line]:
    """All questions, a line each, with what came back and every measure."""
    columns = list(dict.fromkeys(name for row in rows for name in row.measures))
    known = [name for name in MEASURES if name in columns]
    columns = known + [name for name in columns if name not in known]
    yield [
        "id", "type", "failed", "question", "history", "status", "answer", "cited", "found",
        "gold", "facts", *columns,
    ]  # fmt: skip
    for row in rows:
        cited = [str(each.get("clause_id", "")) for each in row.answer.get("citations") or ()]
        found = [str(each.get("clause_id", "")) for each in row.hits]
        quotes = [f"{each['doc']}: {each['quote']}" for each in row.gold.get("evidence") or ()]
        facts = ["|".join(forms) for forms in row.gold.get("facts") or ()]
        yield [
            row.id, row.type, " ".join(kinds_of(row)), row.question, "\n".join(row.history),
            str(row.answer.get("status", "")), str(row.answer.get("text") or ""),
            " ".join(cited), " ".join(found), "\n".join(quotes), "；".join(facts),
            *(f"{row.measures[name]:.6g}" if name in row.measures else "" for name in columns),
        ]  # fmt: skip


def _type_lines(
    overall: Estimates, by_type: Mapping[str, Estimates], wording: Wording
) -> list[str]:
    names = [name for name in BY_TYPE if name in overall]
    head = [wording.say("type"), wording.say("questions")]
    head += [wording.measure(name)[0] for name in names]
    titled = {wording.of("types", kind): found for kind, found in by_type.items()}
    rows = [
        [title, str(questions_of(found))]
        + [shown(name, found[name].value) if name in found else "–" for name in names]
        for title, found in {**titled, wording.say("all_types"): overall}.items()
    ]
    return markdown_table(head, rows)


def _failure_line(failure: Failure, wording: Wording) -> Line:
    kinds = "、".join(wording.of("kinds", kind) for kind in failure.kinds)
    status = wording.of("statuses", str(failure.row.answer.get("status", "")))
    return [failure.row.id, wording.of("types", failure.row.type), kinds, status]
