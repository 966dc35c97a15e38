"""The files of the library as a table, each with what can be done with it. Pure: HTML out."""

from __future__ import annotations

from collections.abc import Sequence

from ui.cards import escape, titled
from ui.document_outline import clause_url, first_clause_id
from ui.form_parts import entry, form, nothing, table
from ui.page_shell import Dress
from ui.upload_rows import Shelved

PATH = "/admin/documents"
_MAX_SHELF = 300  # files that are listed; a word finds the others


def shelf_html(shelf: Sequence[Shelved], words: str, dress: Dress) -> str:
    """The files that have the words in their name or title, the first of them."""
    wording = dress.wording
    words = words.casefold()
    held = [
        row
        for row in shelf
        if words in row.name.casefold()
        or any(words in p.title.value.casefold() for p in row.policies)
    ]
    rows = [_row(row, dress) for row in held[:_MAX_SHELF]]
    fields = entry("q", wording.find_file, words, wide=True)
    rest = len(held) - _MAX_SHELF
    more = (
        f'<p class="more">{escape(wording.more_found.format(count=rest))}</p>' if rest > 0 else ""
    )
    columns = wording.group("shelf_columns").values()
    listed = table(columns, rows, kind="files stacks") if rows else nothing(wording.nothing_found)
    heading = wording.shelf_heading.format(count=len(shelf))
    return (
        f'<section class="part"><h2>{escape(heading)}</h2>{form(PATH, fields, dress)}'
        f"{listed}{more}</section>"
    )


def _row(row: Shelved, dress: Dress) -> tuple[str, ...]:
    wording = dress.wording
    titles = "".join(
        f'<div lang="zh-CN"><a href="{dress.link(clause_url(first_clause_id(policy)))}">'
        f"{escape(titled(policy.title.value))}</a></div>"
        for policy in row.policies
        if policy.clauses
    )
    origin = wording.origin_uploaded if row.is_uploaded else wording.origin_elsewhere
    state = wording.group("shelf_states")[row.state]
    return (
        f'<span class="file-name">{escape(row.name)}</span>',
        titles,
        escape(origin),
        f'<span class="state state-{row.state}">{escape(state)}</span>',
        _act(row, dress),
    )


def _act(row: Shelved, dress: Dress) -> str:
    """Withdraw, which asks once more, or put back."""
    wording = dress.wording
    if row.state in ("leaving", "withdrawn"):
        return button_form("restore", row.name, wording.put_back, dress)
    sure = button_form("withdraw", row.name, wording.withdraw_sure, dress)
    return (
        f'<details class="withdraw"><summary>{escape(wording.withdraw)}</summary>'
        f"<p>{escape(wording.withdraw_warning)}</p>{sure}</details>"
    )


def button_form(action: str, name: str, words: str, dress: Dress) -> str:
    """A form that is one button: an action, with the name of a file where it is about one."""
    field = f'<input type="hidden" name="name" value="{escape(name)}">' if name else ""
    url = dress.link(f"{PATH}/{action}")
    return (
        f'<form method="post" action="{url}">{field}'
        f'<button type="submit" class="quiet">{escape(words)}</button></form>'
    )
