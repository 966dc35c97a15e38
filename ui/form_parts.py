"""Parts of forms and tables that several pages share. Pure: text in, HTML out, all escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ui.cards import escape
from ui.page_shell import Dress


def choice(name: str, label: str, options: Mapping[str, str], chosen: str, *, any_text: str) -> str:
    """A labelled list to choose from; its first entry limits nothing."""
    entries = [f'<option value="">{escape(any_text)}</option>']
    for value, text in options.items():
        is_chosen = " selected" if value == chosen else ""
        entries.append(f'<option value="{escape(value)}"{is_chosen}>{escape(text)}</option>')
    return (
        f'<label class="field"><span>{escape(label)}</span>'
        f'<select name="{name}" data-submit>{"".join(entries)}</select></label>'
    )


def entry(
    name: str,
    label: str,
    value: str,
    *,
    hint: str = "",
    wide: bool = False,
    known: Iterable[str] = (),
) -> str:
    """A labelled line to write in, with values to choose from where some are known."""
    options = "".join(f'<option value="{escape(text)}"></option>' for text in known)
    listed = f' list="known-{name}"' if options else ""
    values = f'<datalist id="known-{name}">{options}</datalist>' if options else ""
    kind = "field is-wide" if wide else "field"
    return (
        f'<label class="{kind}"><span>{escape(label)}</span>'
        f'<input type="search" name="{name}" value="{escape(value)}" maxlength="200" '
        f'placeholder="{escape(hint)}"{listed}>{values}</label>'
    )


def form(path: str, fields: str, dress: Dress, *, extra: str = "") -> str:
    """A form that asks the same page again, with what was chosen."""
    wording = dress.wording
    language = '<input type="hidden" name="lang" value="en">' if wording.language == "en" else ""
    return (
        f'<form class="filters" method="get" action="{escape(path)}" role="search">'
        f'{fields}{language}<div class="filter-tools"><button type="submit" class="primary">'
        f'{escape(wording.search)}</button><a class="plain" href="{dress.link(path)}">'
        f"{escape(wording.clear_filters)}</a>{extra}</div></form>"
    )


def table(columns: Iterable[str], rows: Iterable[Iterable[str]], *, kind: str = "") -> str:
    """A table; the cells are HTML already, the first of a row is its head."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body: list[str] = []
    for row in rows:
        first, *others = row
        cells = "".join(f"<td>{cell}</td>" for cell in others)
        body.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    return (
        f'<div class="table-frame" tabindex="0"><table class="{kind}">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def nothing(sentence: str) -> str:
    """What stands where there is nothing to list."""
    return f'<p class="empty">{escape(sentence)}</p>'
