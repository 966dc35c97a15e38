"""The parts of the chat page around the conversation: masthead, welcome, panel of sources.

Pure: text in, HTML out, everything given escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.schema import Policy
from ui.cards import escape, titled
from ui.document_outline import clause_url, first_clause_id
from ui.page_shell import ANYBODY, Guest, address, chat_address, masthead_html
from ui.text import WORDINGS, ZH, Wording

_MAX_LISTED = 100  # documents in the panel; the library has a page of its own


class LibraryEntry(NamedTuple):
    """A policy in the list of what the library holds."""

    title: str
    document_number: str | None
    region: str | None
    clauses: int
    first: str = ""  # the id of the clause that it is opened at

    @classmethod
    def of(cls, policy: Policy) -> LibraryEntry:
        """The entry of a policy."""
        return cls(
            policy.title.value,
            policy.document_number.value if policy.document_number else None,
            policy.region.value if policy.region else None,
            len(policy.clauses),
            first_clause_id(policy),
        )


def chat_masthead(
    *,
    other_language_url: str,
    wording: Wording = ZH,
    keeps: bool = True,
    guest: Guest = ANYBODY,
) -> str:
    """The strip at the top of the chat.

    Args:
        other_language_url: the chat in the other language.
        wording: the language of this one.
        keeps: whether conversations are kept, so that there is a history to open.
        guest: who looks at it.
    """
    history = _tool("history", wording.history, expands="history-drawer") if keeps else ""
    return masthead_html(
        wording,
        guest,
        place="chat",
        other_language_url=other_language_url,
        tools=history + _tool("restart", wording.restart),
    )


def _tool(action: str, label: str, *, expands: str = "") -> str:
    opens = f' aria-expanded="false" aria-controls="{expands}"' if expands else ""
    return (
        f'<button type="button" class="tool" data-action="{action}"{opens}>{escape(label)}</button>'
    )


def welcome_html(
    library: Sequence[LibraryEntry],
    examples: Sequence[str],
    *,
    wording: Wording = ZH,
    guest: Guest = ANYBODY,
    preparing: str = "",
) -> str:
    """What stands in the conversation before the first question.

    Args:
        library: the documents that are held.
        examples: questions to offer.
        wording: the language.
        guest: who looks at it.
        preparing: how far the index is while it is being made; empty once it answers.
    """
    text = wording.welcome_text.format(policies=len(library), clauses=_clauses(library))
    items = "".join(
        f'<li><button type="button" class="example" lang="zh-CN" data-ask="{escape(example)}">'
        f"{escape(example)}</button></li>"
        for example in examples
    )
    title = f'<h3 class="examples-title">{escape(wording.examples_title)}</h3>' if items else ""
    if preparing:
        text_html = f'<p class="welcome-text is-preparing" role="status">{escape(preparing)}</p>'
    elif library:
        text_html = f'<p class="welcome-text">{escape(text)}</p>'
    else:
        text_html = _empty(wording, guest)
    return (
        f'<section class="welcome"><h2 class="welcome-title">{escape(wording.welcome_title)}</h2>'
        f'{text_html}{title}<ul class="examples">{items}</ul></section>'
    )


def _empty(wording: Wording, guest: Guest) -> str:
    """There is no document yet, and who can do what about it."""
    if not guest.administers:
        return f'<p class="welcome-text">{escape(wording.welcome_empty)}</p>'
    url = escape(address("/admin/documents", wording))
    return (
        f'<p class="welcome-text">{escape(wording.welcome_empty_here)} '
        f'<a class="welcome-link" href="{url}">{escape(wording.uploads_heading)}</a></p>'
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
        f"{library_html(library, wording=wording)}</div></section>"
    )


def _tab(name: str, label: str, *, selected: bool) -> str:
    return (
        f'<button type="button" role="tab" class="tab" id="tab-{name}" data-tab="{name}" '
        f'aria-controls="panel-{name}" aria-selected="{str(selected).lower()}">'
        f"{escape(label)}</button>"
    )


def _clauses(library: Sequence[LibraryEntry]) -> int:
    return sum(entry.clauses for entry in library)


def library_html(
    library: Sequence[LibraryEntry], *, wording: Wording = ZH, preparing: str = ""
) -> str:
    """The documents that are held, the first of them where they are many, and the way to all."""
    if preparing or not library:
        return f'<p class="panel-empty">{escape(preparing or wording.library_empty)}</p>'
    title = wording.library_title.format(policies=len(library), clauses=_clauses(library))
    items = "".join(_library_item(entry, wording) for entry in library[:_MAX_LISTED])
    rest = len(library) - _MAX_LISTED
    words = wording.more_documents.format(count=rest) if rest > 0 else wording.search_library
    url = escape(address("/library", wording))
    return (
        f'<h2 class="panel-title">{escape(title)}</h2><ul class="library">{items}</ul>'
        f'<p class="library-all"><a href="{url}">{escape(words)}</a></p>'
    )


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


def home_parts(
    library: Sequence[LibraryEntry],
    examples: Sequence[str],
    *,
    wording: Wording,
    guest: Guest,
    keeps: bool,
    preparing: str = "",
) -> dict[str, str]:
    """What of the page changes while the server runs: documents come and go, people log in."""
    other = chat_address(WORDINGS["en" if wording.language == "zh" else "zh"])
    return {
        "masthead": chat_masthead(
            other_language_url=other, wording=wording, keeps=keeps, guest=guest
        ),
        "welcome": welcome_html(
            library, examples, wording=wording, guest=guest, preparing=preparing
        ),
        "library": library_html(library, wording=wording, preparing=preparing),
    }


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
