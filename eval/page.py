"""The shell of a report: one HTML file that needs no other and reaches for none; pure.

The content security policy in its head allows the style and the script that are in it and nothing
else, so that even text that got past escaping would not run.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from eval.wording import Wording, asset

_LONG = 60  # characters; a longer value has a line of its own

Cell = tuple[str, str]
"""A cell as HTML, and the classes that it has."""


def page(title: str, body: str, *, wording: Wording, sections: Mapping[str, str]) -> str:
    """A whole page.

    Args:
        title: what the page is, as text.
        body: what stands in it, as HTML.
        wording: the language of the frame.
        sections: id → name of the sections that the head of the page leads to.
    """
    style, script = asset("report.css"), asset("report.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    links = "".join(f'<a href="#{key}">{escape(name)}</a>' for key, name in sections.items())
    return (
        f'<!doctype html>\n<html lang="{wording.say("html_language")}"><head>'
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>"
        f'<header class="bar"><div class="brand"><b>{escape(wording.say("product"))}</b>'
        f"<span>{escape(wording.say('heading'))}</span></div><nav>{links}</nav></header>"
        f"<main>{body}</main><script>{script}</script></body></html>\n"
    )


def section(key: str, title: str, *parts: str) -> str:
    """A section with its heading, which a link leads to."""
    return f'<section id="{key}"><h2>{escape(title)}</h2>{"".join(parts)}</section>'


def table(header: Sequence[Cell], rows: Iterable[str], *, label: str) -> str:
    """A table that scrolls by itself where it is wider than the page."""
    cells = "".join(f'<th scope="col"{_class(kind)}>{text}</th>' for text, kind in header)
    return (
        f'<div class="frame" tabindex="0" role="region" aria-label="{escape(label)}"><table>'
        f"<thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def row(name: str, cells: Iterable[Cell]) -> str:
    """A row of a table; its name is text, its cells are HTML."""
    inside = "".join(f"<td{_class(kind)}>{text}</td>" for text, kind in cells)
    return f'<tr><th scope="row">{escape(name)}</th>{inside}</tr>'


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values, as text; those without a value are left out."""
    inside = "".join(
        f"<div{_class('wide' if len(value) > _LONG else '')}><dt>{escape(name)}</dt>"
        f"<dd>{escape(value)}</dd></div>"
        for name, value in pairs
        if value
    )
    return f'<dl class="facts">{inside}</dl>'


def figure(title: str, plot: str) -> str:
    """A plot with its title."""
    return f"<figure><figcaption><h3>{escape(title)}</h3></figcaption>{plot}</figure>"


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _digest(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
