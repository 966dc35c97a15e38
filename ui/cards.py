"""Citations as cards: where a clause stands, the whole clause, the quoted words marked in it.

Pure: text in, HTML out. Whatever a document holds is data and leaves here escaped; the only
links are to pages of this site.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from assistant.schema import Citation
from ui.quotes import quoted_span
from ui.text import ZH, Wording


def escape(text: str) -> str:
    """Text made safe for HTML, in elements and in quoted attributes."""
    return html.escape(text, quote=True)


def safe_url(url: str) -> str:
    """A link inside this site, escaped; anything else becomes a link to nowhere."""
    local = url.startswith("/") and not url.startswith(("//", "/\\"))
    return escape(url) if local else "#"


def citation_url(citation: Citation) -> str:
    """The permalink of the clause with the quoted words marked in it, escaped."""
    span = f"?span={citation.start}-{citation.end}" if citation.start < citation.end else ""
    url = safe_url(citation.url)
    return url if url == "#" else f"{url}{span}"


def opens_clause(citation: Citation) -> str:
    """Attributes that let the page open the clause beside the chat."""
    return f'data-clause="{escape(citation.clause_id)}" data-span="{citation.start}-{citation.end}"'


def titled(title: str) -> str:
    """A title in its marks 《》, once."""
    return title if title.startswith("《") else f"《{title}》"


def citation_place(citation: Citation) -> str:
    """Where a citation stands, as officials write it: 《title》（number）label."""
    number = f"（{citation.document_number}）" if citation.document_number else ""
    return f"{titled(citation.title)}{number}{citation.label}"


def one_line(text: str) -> str:
    """The text without the line breaks of its file; spaces inside a line stay."""
    return "".join(line.strip() for line in text.splitlines())


def clause_html(text: str, quote: str = "") -> str:
    """A clause with the words of the quote in ``<mark>``; all of it escaped."""
    span = quoted_span(text, quote) if quote else None
    if span is None:
        return escape(text)
    start, end = span
    return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"


def path_html(path: Iterable[str], *, wording: Wording = ZH) -> str:
    """Headings from the outermost to the innermost; nothing where there are none."""
    items = "".join(f"<li>{escape(heading)}</li>" for heading in path)
    if not items:
        return ""
    return f'<ol class="path" aria-label="{escape(wording.place_label)}">{items}</ol>'


def units_html(units: Iterable[str], *, wording: Wording = ZH) -> str:
    """Units of government as a labelled list; nothing where there are none."""
    items = "".join(f"<li>{escape(unit)}</li>" for unit in units)
    if not items:
        return ""
    return (
        f'<div class="units"><span class="units-label">{escape(wording.units_label)}</span>'
        f"<ul>{items}</ul></div>"
    )


def cards_html(citations: Iterable[Citation], *, anchor: str, wording: Wording = ZH) -> str:
    """A card for each citation.

    Args:
        citations: what to show, in order.
        anchor: the id of the answer; card n has the id ``{anchor}-source-{n}``.
        wording: the language of the labels around the clause.
    """
    return "".join(_card(citation, anchor, wording) for citation in citations)


def _card(citation: Citation, anchor: str, wording: Wording) -> str:
    label = wording.mark_label.format(number=citation.number, place=citation_place(citation))
    number = escape(citation.document_number or wording.unnumbered)
    return (
        f'<article class="card" id="{escape(anchor)}-source-{citation.number}" tabindex="-1" '
        f'aria-label="{escape(label)}">'
        f'<header class="card-head"><span class="card-number">{citation.number}</span>'
        f'<div><h3 class="card-title">{escape(titled(citation.title))}</h3>'
        f'<p class="card-facts"><span>{number}</span>'
        f'<span class="card-label">{escape(citation.label)}</span></p></div></header>'
        f"{path_html(_headings(citation), wording=wording)}"
        f'<blockquote class="clause" lang="zh-CN">'
        f"{clause_html(citation.clause_text, citation.quote)}</blockquote>"
        f"{units_html(citation.responsible_units, wording=wording)}"
        f'<footer class="card-foot"><a class="open-clause" href="{citation_url(citation)}" '
        f'{opens_clause(citation)} target="_blank" rel="noopener">{escape(wording.open_clause)}</a>'
        f'<button type="button" class="back" data-turn="{escape(anchor)}">'
        f"{escape(wording.back_to_answer)}</button></footer>"
        "</article>"
    )


def _headings(citation: Citation) -> tuple[str, ...]:
    """The heading path, without a last heading that opens the clause text anyway."""
    *outer, last = citation.path or ("",)
    return tuple(outer) if citation.clause_text.startswith(last) else citation.path
