"""The parts of the chat page around the conversation: masthead, welcome, panel of sources.

Pure: text in, HTML out, everything given escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.schema import Policy
from ui.cards import escape, titled
from ui.document_outline import clause_url
from ui.page_shell import PLACES, address, theme_button
from ui.text import ZH, Wording


class LibraryEntry(NamedTuple):
    """A policy in the list of what the library holds."""

    title: str
    document_number: str | None
    region: str | None
    clauses: int
    first: str = ""  # the id of its first clause

    @classmethod
    def of(cls, policy: Policy) -> LibraryEntry:
        """The entry of a policy."""
        return cls(
            policy.title.value,
            policy.document_number.value if policy.document_number else None,
            policy.region.value if policy.region else None,
            len(policy.clauses),
            policy.clauses[0].clause_id if policy.clauses else "",
        )


def masthead_html(*, other_language_url: str, wording: Wording = ZH, keeps: bool = True) -> str:
    """The strip at the top: name, the ways to the other pages, and what can be switched.

    Args:
        other_language_url: the chat in the other language.
        wording: the language of this one.
        keeps: whether conversations are kept, so that there is a history to open.
    """
    other = "en" if wording.language == "zh" else "zh-CN"
    names = wording.group("places")
    ways = "".join(
        f'<a class="way" href="{escape(address(f"/{place}", wording))}">{escape(names[place])}</a>'
        for place in PLACES
    )
    history = _tool("history", wording.history, expands="history-drawer") if keeps else ""
    return (
        '<header class="masthead"><div class="brand">'
        f'<h1 class="brand-name">{escape(wording.product)}</h1>'
        f'<p class="brand-line">{escape(wording.tagline)}</p></div>'
        f'<nav class="ways" aria-label="{escape(wording.ways_label)}">{ways}</nav>'
        f'<div class="tools">{history}{_tool("restart", wording.restart)}{theme_button(wording)}'
        f'<a class="tool" href="{escape(other_language_url)}" lang="{other}">'
        f"{escape(wording.other_language)}</a></div></header>"
    )


def _tool(action: str, label: str, *, expands: str = "") -> str:
    opens = f' aria-expanded="false" aria-controls="{expands}"' if expands else ""
    return (
        f'<button type="button" class="tool" data-action="{action}"{opens}>{escape(label)}</button>'
    )


def welcome_html(
    library: Sequence[LibraryEntry], examples: Sequence[str], *, wording: Wording = ZH
) -> str:
    """What stands in the conversation before the first question."""
    text = wording.welcome_text.format(policies=len(library), clauses=_clauses(library))
    items = "".join(
        f'<li><button type="button" class="example" data-ask="{escape(example)}">'
        f"{escape(example)}</button></li>"
        for example in examples
    )
    title = f'<h3 class="examples-title">{escape(wording.examples_title)}</h3>' if items else ""
    return (
        f'<section class="welcome"><h2 class="welcome-title">{escape(wording.welcome_title)}</h2>'
        f'<p class="welcome-text">{escape(text)}</p>'
        f'{title}<ul class="examples">{items}</ul></section>'
    )


def panel_html(library: Sequence[LibraryEntry], *, wording: Wording = ZH) -> str:
    """The panel of sources: one tab for the clauses of an answer, one for the library."""
    return (
        f'<section class="panel" aria-label="{escape(wording.panel_label)}">'
        f'<div class="tabs" role="tablist">{_tab("sources", wording.sources_tab, selected=False)}'
        f"{_tab('document', wording.document_tab, selected=False)}"
        f"{_tab('library', wording.library_tab, selected=True)}"
        f'<button type="button" class="panel-close" data-action="close-document" hidden>'
        f"{escape(wording.close_document)}</button></div>"
        '<div class="tab-body" id="panel-sources" role="tabpanel" aria-labelledby="tab-sources" '
        f'hidden><p class="panel-empty">{escape(wording.sources_empty)}</p></div>'
        '<div class="tab-body" id="panel-document" role="tabpanel" aria-labelledby="tab-document" '
        f'hidden><p class="panel-empty">{escape(wording.document_empty)}</p></div>'
        '<div class="tab-body" id="panel-library" role="tabpanel" aria-labelledby="tab-library">'
        f"{_library(library, wording)}</div></section>"
    )


def _tab(name: str, label: str, *, selected: bool) -> str:
    return (
        f'<button type="button" role="tab" class="tab" id="tab-{name}" data-tab="{name}" '
        f'aria-controls="panel-{name}" aria-selected="{str(selected).lower()}">'
        f"{escape(label)}</button>"
    )


def _clauses(library: Sequence[LibraryEntry]) -> int:
    return sum(entry.clauses for entry in library)


def _library(library: Sequence[LibraryEntry], wording: Wording) -> str:
    title = wording.library_title.format(policies=len(library), clauses=_clauses(library))
    items = "".join(_library_item(entry, wording) for entry in library)
    return f'<h2 class="panel-title">{escape(title)}</h2><ul class="library">{items}</ul>'


def _library_item(entry: LibraryEntry, wording: Wording) -> str:
    facts = [
        entry.region,
        entry.document_number or wording.unnumbered,
        wording.library_clauses.format(count=entry.clauses),
    ]
    spans = "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
    return (
        f'<li lang="zh-CN"><p class="library-title"><a href="{escape(clause_url(entry.first))}" '
        f'data-clause="{escape(entry.first)}">{escape(titled(entry.title))}</a></p>'
        f'<p class="card-facts">{spans}</p></li>'
    )


def drawer_html(*, wording: Wording = ZH) -> str:
    """The drawer with the conversations of the person who is there; a script fills the list."""
    return (
        f'<aside class="drawer" id="history-drawer" aria-label="{escape(wording.history)}" hidden>'
        f'<header><h2>{escape(wording.history)}</h2><button type="button" class="turn-action" '
        f'data-action="history">{escape(wording.close)}</button></header>'
        f'<label><span class="unseen">{escape(wording.history_search)}</span>'
        f'<input type="search" class="drawer-search" maxlength="100" '
        f'placeholder="{escape(wording.history_search)}"></label>'
        '<ul class="drawer-list" aria-live="polite"></ul></aside>'
    )
