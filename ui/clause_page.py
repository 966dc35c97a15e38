"""The page of a clause: its policy in full, the clause marked and scrolled to, no script at all.

Pure: nouns in, an HTML page and its content security policy out. Everything a document says is
escaped; the policy forbids whatever the page does not hold itself.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import NamedTuple
from urllib.parse import quote

from corpus.schema import Clause, Policy
from ui.cards import escape, path_html, titled, units_html
from ui.text import ZH, Wording

_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DEEPEST = 5  # levels that are indented; a deeper clause stands as far in as this


class Page(NamedTuple):
    """An HTML page and the value of its Content-Security-Policy header."""

    html: str
    security_policy: str


def clause_url(clause_id: str) -> str:
    """The permalink of a clause."""
    return f"/clauses/{quote(clause_id, safe='/')}"


def clause_page(policy: Policy, clause: Clause, *, style: str, wording: Wording = ZH) -> Page:
    """The policy as a page that opens at the clause.

    Args:
        policy: the document that holds the clause.
        clause: the clause to mark.
        style: the style sheet, put into the page; the policy allows this one only.
        wording: the language of the labels around the text.
    """
    title = f"{clause.label} · {policy.title.value}"
    body = (
        f'<header class="bar"><a href="/">{escape(wording.product)}</a>'
        f'<a href="/">{escape(wording.back_to_chat)}</a></header><main>'
        f"{_head(policy, wording)}{_where(policy, clause, wording)}"
        f'<section class="text" lang="zh-CN" aria-label="{escape(wording.whole_policy)}">'
        f"{_text(policy, clause, wording)}</section></main>"
    )
    return _page(title, body, style, wording)


def missing_page(*, style: str, wording: Wording = ZH) -> Page:
    """What a link to a clause that is not here leads to."""
    body = (
        f'<header class="bar"><a href="/">{escape(wording.product)}</a></header><main>'
        f'<p class="missing">{escape(wording.clause_missing)}</p>'
        f'<p><a href="/">{escape(wording.back_to_chat)}</a></p></main>'
    )
    return _page(wording.product, body, style, wording)


def _page(title: str, body: str, style: str, wording: Wording) -> Page:
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    security_policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    html = (
        f'<!doctype html><html lang="{wording.html_language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><link rel="icon" href="/favicon.svg">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>{body}</body></html>"
    )
    return Page(html, security_policy)


def _head(policy: Policy, wording: Wording) -> str:
    facts = [policy.document_number.value if policy.document_number else wording.unnumbered]
    if policy.issuers:
        issuers = "、".join(issuer.value for issuer in policy.issuers)
        facts.append(f"{wording.issued_by}：{issuers}")
    facts += [f"{kind} {_date(date.value)}" for kind, date in policy.dates]
    items = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    title = escape(titled(policy.title.value))
    return f'<h1 lang="zh-CN">{title}</h1><ul class="facts" lang="zh-CN">{items}</ul>'


def _date(value: str) -> str:
    """An ISO date as documents print it; anything else as it is."""
    match = _ISO_DATE.fullmatch(value)
    return f"{int(match[1])}年{int(match[2])}月{int(match[3])}日" if match else value


def _where(policy: Policy, clause: Clause, wording: Wording) -> str:
    """Heading path, and the ways to the clause itself and to those beside it."""
    at = policy.clauses.index(clause)
    jump = wording.jump_to_clause.format(label=clause.label)
    links = [f'<a href="#clause">{escape(jump)}</a>']
    if at > 0:
        links.append(_link(policy.clauses[at - 1], wording.previous_clause))
    if at + 1 < len(policy.clauses):
        links.append(_link(policy.clauses[at + 1], wording.next_clause))
    return (
        f'<nav class="where">{path_html(clause.path, wording=wording)}'
        f'<p class="steps">{"".join(links)}</p></nav>'
    )


def _link(clause: Clause, words: str) -> str:
    url = escape(clause_url(clause.clause_id))
    return f'<a href="{url}">{escape(words)} <span>{escape(clause.label)}</span></a>'


def _text(policy: Policy, target: Clause, wording: Wording) -> str:
    parents = {clause.clause_id: clause.parent_id for clause in policy.clauses}
    return "".join(
        _clause(clause, _depth(clause.clause_id, parents), wording, is_target=clause == target)
        for clause in policy.clauses
    )


def _depth(clause_id: str, parents: dict[str, str | None]) -> int:
    depth = 0
    parent = parents.get(clause_id)
    while parent is not None and depth < _DEEPEST:
        depth += 1
        parent = parents.get(parent)
    return depth


def _clause(clause: Clause, depth: int, wording: Wording, *, is_target: bool) -> str:
    url = escape(clause_url(clause.clause_id))
    # Focus scrolls the page to the clause without a script.
    target = ' id="clause" tabindex="-1" autofocus' if is_target else ""
    kind = "clause is-target" if is_target else "clause"
    units = tuple(unit.printed for unit in clause.units) if is_target else ()
    return (
        f'<section class="{kind} depth-{depth}"{target}>'
        f'<a class="label" href="{url}">{escape(clause.label)}</a>'
        f"<p>{escape(clause.text)}</p>{units_html(units, wording=wording)}</section>"
    )
