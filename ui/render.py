"""Answers as JSON, as HTML and as Markdown.

Pure: text in, text out. Everything that an answer holds is data and leaves here escaped. Cards
are made in ``ui/cards.py``, the frame around an answer in ``ui/frames.py``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

from assistant.schema import Answer, Citation, Table
from ui.cards import citation_place, citation_url, escape, one_line, opens_clause
from ui.text import ZH, Wording

_MARK = re.compile(r"\[(\d{1,3})\]")
_UNIT = (
    "个百分点|百分点|万元|亿元|万|亿|元|年|月|日|％|%|‰|个|家|名|人|张|所|项|类|种|倍|次|级|岁"
    "|分钟|小时|天|床|公里|平方米|支|台|套|周"
)
_AMOUNT = rf"\d+(?:[.．,，]\d+)*\s?(?:{_UNIT})?"
# The digits of a document number, of a code such as 5G or in a mark are a name, not a figure.
FIGURE = re.compile(
    r"[〔［\[（(]\d{4}[〕］\]）)]\s*第?\d+\s*号|[A-Za-z]+\d+|\d+[A-Za-z]+|\[\d+\]"
    rf"|(?P<figure>{_AMOUNT}(?:[：:／/~～—–-]?{_AMOUNT})*)"
)
_AFTER_LIST_NUMBER = (".", "．", "、", ")", "）")
_HTML_IN_MARKDOWN = re.compile(r"<(?=[A-Za-z/!?])")


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The answer object of the contract, keys in its order, sequences as lists."""
    plain: dict[str, Any] = _plain(asdict(answer))
    for optional in ("choices", "error", "note", "withheld"):
        if not plain[optional]:
            del plain[optional]
    return plain


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def answer_html(answer: Answer, *, wording: Wording = ZH) -> str:
    """What the assistant says: prose with marks, a table, a notice, or questions to choose from."""
    if answer.status == "answered":
        # The table says all that the prose says, side by side.
        body = _table(answer, wording) or _prose(answer, wording)
        return f'<div class="answer-body">{body}</div>'
    return _notice(answer, wording)


def mark_html(citation: Citation, *, wording: Wording = ZH) -> str:
    """The mark [n]: a link to the clause that says on hover where it stands and what it says."""
    place = citation_place(citation)
    label = wording.mark_label.format(number=citation.number, place=place)
    hover = f"{place}\n“{one_line(citation.quote)}”"
    return (
        f'<a class="mark" href="{citation_url(citation)}" target="_blank" rel="noopener" '
        f'{opens_clause(citation)} data-citation="{citation.number}" aria-label="{escape(label)}" '
        f'title="{escape(hover)}">[{citation.number}]</a>'
    )


def markdown_answer(answer: Answer, *, wording: Wording = ZH) -> str:
    """The answer as Markdown: the text, the table, and the citations as a list of notes."""
    parts = [answer.error or answer.text]
    if answer.table is not None:
        parts.append("\n".join(table_lines(answer.table, wording)))
    if answer.choices:
        parts.append("\n".join(f"- {choice}" for choice in answer.choices))
    if answer.citations:
        parts.append(f"{wording.sources_heading}：")
    parts.extend(
        f"[{citation.number}] {citation_place(citation)}：“{one_line(citation.quote)}”"
        for citation in answer.citations
    )
    return markdown_text("\n\n".join(part for part in parts if part)) + "\n"


def markdown_text(text: str) -> str:
    """The text with whatever a reader of Markdown would take for HTML made plain."""
    return _HTML_IN_MARKDOWN.sub(r"\\<", text)


def _marks(answer: Answer, wording: Wording) -> dict[int, str]:
    return {citation.number: mark_html(citation, wording=wording) for citation in answer.citations}


def _paragraphs(text: str, marks: Mapping[int, str]) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{_rich(line, marks)}</p>" for line in lines if line)


def _prose(answer: Answer, wording: Wording) -> str:
    return _paragraphs(answer.text, _marks(answer, wording))


def _rich(text: str, marks: Mapping[int, str]) -> str:
    """Text with its marks as links and its figures in bold.

    A number in brackets that no citation bears stays text: [0] must not point anywhere.
    """
    pieces: list[str] = []
    position = 0
    for match in _MARK.finditer(text):
        mark = marks.get(int(match.group(1)))
        if mark is None:
            continue
        pieces += [_with_figures(text[position : match.start()]), mark]
        position = match.end()
    return "".join([*pieces, _with_figures(text[position:])])


def _with_figures(text: str) -> str:
    pieces: list[str] = []
    position = 0
    for match in FIGURE.finditer(text):
        if match.group("figure") is None or _numbers_an_item(text, match):
            continue
        pieces.append(escape(text[position : match.start()]))
        pieces.append(f"<strong>{escape(match.group())}</strong>")
        position = match.end()
    return "".join([*pieces, escape(text[position:])])


def _numbers_an_item(text: str, match: re.Match[str]) -> bool:
    """Whether the figure only numbers an item: "1.改革…", "（2）…"."""
    opens_line = not text[: match.start()].strip("（( ")
    return opens_line and text.startswith(_AFTER_LIST_NUMBER, match.end())


def _rows(table: Table) -> Iterable[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Each row with the numbers of its citations; a row without any has none."""
    citations = table.citations[: len(table.rows)]
    return zip_longest(table.rows, citations, fillvalue=())


def _table(answer: Answer, wording: Wording) -> str:
    if answer.table is None:
        return ""
    marks = _marks(answer, wording)
    columns = (*answer.table.columns, wording.table_sources)
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    places = {citation.number: citation.label for citation in answer.citations}
    body = "".join(
        _row(
            row,
            columns,
            "".join(marks.get(number, "") for number in numbers),
            labels={places[number] for number in numbers if number in places},
        )
        for row, numbers in _rows(answer.table)
    )
    return (
        '<div class="table-frame" tabindex="0"><table class="stacks">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(
    row: tuple[str, ...], columns: tuple[str, ...], marks: str, *, labels: Collection[str]
) -> str:
    """A row; each cell knows its column, for screens too narrow to show columns.

    The figures of a label (二（四）1) only say where a clause stands.
    """
    head = "".join(f'<th scope="row">{escape(cell)}</th>' for cell in row[:1])
    shown = [escape(cell) if cell in labels else _with_figures(cell) for cell in row[1:]]
    cells = "".join(
        f'<td data-label="{escape(column)}">{cell}</td>'
        for column, cell in zip(columns[1:], (*shown, marks), strict=False)
    )
    return f"<tr>{head}{cells}</tr>"


def table_lines(table: Table, wording: Wording) -> list[str]:
    """A table as lines of Markdown, with the marks of each row behind it."""
    lines = [_markdown_row((*table.columns, wording.table_sources))]
    lines.append(_markdown_row(("---",) * (len(table.columns) + 1)))
    for row, numbers in _rows(table):
        lines.append(_markdown_row((*row, "".join(f"[{number}]" for number in numbers))))
    return lines


def _markdown_row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(one_line(cell).replace("|", r"\|") for cell in cells) + " |"


def _notice(answer: Answer, wording: Wording) -> str:
    titles = {
        "refused": wording.reasons[answer.reason] if answer.reason else wording.refused_title,
        "clarify": wording.clarify_title,
        "error": wording.error_title,
    }
    body = _paragraphs(answer.error or answer.text, _marks(answer, wording))
    hint = f'<p class="notice-hint">{escape(wording.nearest_hint)}</p>' if answer.nearest else ""
    return (
        f'<div class="notice notice-{answer.status}">'
        f'<h3 class="notice-title">{escape(titles[answer.status])}</h3>'
        f"{body}{_choices(answer.choices)}{hint}</div>"
    )


def _choices(choices: tuple[str, ...]) -> str:
    items = "".join(
        f'<li><button type="button" class="choice" data-ask="{escape(choice)}">'
        f"{escape(choice)}</button></li>"
        for choice in choices
    )
    return f'<ul class="choices">{items}</ul>' if items else ""
