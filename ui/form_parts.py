"""Parts of forms and tables that several pages share. Pure: text in, HTML out, all escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ui.cards import escape
from ui.page_shell import Dress
from ui.text import Wording

_MAX_CHOICES = 40  # of a list that is read from the top


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


def pick(name: str, label: str, options: Sequence[str], chosen: str, *, wording: Wording) -> str:
    """A list to choose from; where it would be too long to read, a line to write a part in."""
    if len(options) > _MAX_CHOICES:
        return entry(name, label, chosen, hint=wording.type_to_find, known=options)
    known = {option: option for option in options}
    known |= {chosen: chosen} if chosen else {}  # a part of a name is a choice, too
    return choice(name, label, known, chosen, any_text=wording.any_value)


def pages_html(path: str, count: int, page: int, dress: Dress, **parameters: str) -> str:
    """The ways to the pages before and behind one of ``count``; nothing for a single one."""
    if count < 2:
        return ""
    wording, links = dress.wording, ""
    for words, other in ((wording.previous_page, page - 1), (wording.next_page, page + 1)):
        if 1 <= other <= count:
            url = dress.link(path, page=str(other), **parameters)
            links += f'<a href="{url}">{escape(words)}</a>'
    line = escape(wording.page_line.format(page=page, pages=count))
    return f'<nav class="page-ways" aria-label="{line}"><span>{line}</span>{links}</nav>'


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
    """A table; the cells are HTML already, the first of a row is its head.

    Where the screen is too narrow for columns, each row of a table of the kind ``stacks`` becomes
    a list, so that every cell knows its column.
    """
    names = tuple(columns)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body: list[str] = []
    for row in rows:
        first, *others = row
        cells = "".join(
            f'<td data-label="{escape(name)}">{cell}</td>'
            for name, cell in zip(names[1:], others, strict=True)
        )
        body.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    return (
        f'<div class="table-frame" tabindex="0"><table class="{kind}">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def nothing(sentence: str) -> str:
    """What stands where there is nothing to list."""
    return f'<p class="empty">{escape(sentence)}</p>'
