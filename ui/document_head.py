"""What stands above a document: its title, whether it is in force, its number, issuers, dates.

Pure: nouns in, HTML out, everything escaped.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.schema import Clause, Place, Policy, Segment
from ui.cards import escape, titled
from ui.standing import UNKNOWN, Standing
from ui.standing_parts import printed_date, repealed_by, standing_html
from ui.text import Wording


@dataclass(frozen=True, slots=True)
class Opened:
    """A document opened at a clause.

    ``quote`` is the run of the source that somebody cites, ``places`` are the printed lines that
    it fills where the original can be shown as a picture; ``is_text_only`` says that it has pages
    that cannot.
    """

    policy: Policy
    clause: Clause
    quote: Segment | None = None
    places: tuple[Place, ...] = ()
    standing: Standing = UNKNOWN
    is_text_only: bool = False


def head_html(opened: Opened, *, wording: Wording, level: int) -> str:
    """Title, standing, number, issuers and dates; the title is a heading of ``level``."""
    policy = opened.policy
    facts = [policy.document_number.value if policy.document_number else wording.unnumbered]
    if policy.issuers:
        issuers = "、".join(issuer.value for issuer in policy.issuers)
        facts.append(f"{wording.issued_by} {issuers}")
    facts += [f"{kind} {printed_date(date.value)}" for kind, date in policy.dates]
    items = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    title = escape(titled(policy.title.value))
    note = f'<p class="doc-note">{escape(wording.no_picture)}</p>' if opened.is_text_only else ""
    return (
        f'<header class="doc-head" lang="zh-CN"><h{level} class="doc-title">{title}'
        f"{standing_html(opened.standing, wording)}</h{level}>"
        f'<ul class="facts">{items}</ul>{repealed_by(opened.standing, wording)}{note}</header>'
    )
