"""The parts of the chat page around an answer: masthead, welcome, turns, source panel.

Pure: text in, HTML out, everything given escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant.schema import Answer
from corpus.schema import Policy
from ui.cards import cards_html, escape, titled
from ui.render import answer_html, markdown_answer
from ui.text import ZH, Wording

_MAX_ECHO = 2_000  # characters of a question shown back; a longer one is refused anyway


class LibraryEntry(NamedTuple):
    """A policy in the list of what the library holds."""

    title: str
    document_number: str | None
    region: str | None
    clauses: int

    @classmethod
    def of(cls, policy: Policy) -> LibraryEntry:
        """The entry of a policy."""
        return cls(
            policy.title.value,
            policy.document_number.value if policy.document_number else None,
            policy.region.value if policy.region else None,
            len(policy.clauses),
        )


class Turn(NamedTuple):
    """A question and its answer as the page takes them in."""

    id: str
    question: str
    html: str
    sources: str = ""
    markdown: str = ""
    counts: bool = False  # whether the question belongs to the history of the conversation


def masthead_html(*, other_language_url: str, wording: Wording = ZH) -> str:
    """The strip at the top: name, purpose, and what can be switched."""
    other = "en" if wording.language == "zh" else "zh-CN"
    return (
        '<header class="masthead"><div class="brand">'
        f'<h1 class="brand-name">{escape(wording.product)}</h1>'
        f'<p class="brand-line">{escape(wording.tagline)}</p></div><div class="tools">'
        '<button type="button" class="tool" data-action="restart">'
        f"{escape(wording.restart)}</button>"
        '<button type="button" class="tool tool-icon" data-action="theme" '
        f'aria-label="{escape(wording.switch_theme)}" title="{escape(wording.switch_theme)}">'
        '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
        '<circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5"/>'
        '<path d="M10 2.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor"/></svg></button>'
        f'<a class="tool" href="{escape(other_language_url)}" lang="{other}">'
        f"{escape(wording.other_language)}</a></div></header>"
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
        f"{_tab('library', wording.library_tab, selected=True)}</div>"
        '<div class="tab-body" id="panel-sources" role="tabpanel" aria-labelledby="tab-sources" '
        f'hidden><p class="panel-empty">{escape(wording.sources_empty)}</p></div>'
        '<div class="tab-body" id="panel-library" role="tabpanel" aria-labelledby="tab-library">'
        f"{_library(library, wording)}</div></section>"
    )


def pending_turn(turn_id: str, question: str, *, wording: Wording = ZH) -> Turn:
    """A turn whose answer is being looked for."""
    body = f'<p class="pending"><span class="pending-dot"></span>{escape(wording.pending)}</p>'
    return Turn(turn_id, question, _turn(turn_id, question, "pending", body, wording))


def answered_turn(turn_id: str, answer: Answer, *, wording: Wording = ZH) -> Turn:
    """A turn with its answer, the cards of its sources, and a copy for the clipboard."""
    body = (
        f"{_understood(answer, wording)}{answer_html(answer, wording=wording)}"
        f"{_turn_foot(turn_id, answer, wording)}"
    )
    return Turn(
        turn_id,
        answer.question,
        _turn(turn_id, answer.question, answer.status, body, wording),
        _sources(turn_id, answer, wording),
        markdown_answer(answer, wording=wording),
        counts=answer.status != "error",
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
        f'<li lang="zh-CN"><p class="library-title">{escape(titled(entry.title))}</p>'
        f'<p class="card-facts">{spans}</p></li>'
    )


def _turn(turn_id: str, question: str, status: str, body: str, wording: Wording) -> str:
    shown = question if len(question) <= _MAX_ECHO else f"{question[:_MAX_ECHO]}……"
    return (
        f'<article class="turn" id="{escape(turn_id)}" tabindex="-1">'
        f'<div class="question"><h2 class="unseen">{escape(wording.question_heading)}</h2>'
        f"<p>{escape(shown)}</p></div>"
        f'<div class="answer answer-{status}">{body}</div></article>'
    )


def _understood(answer: Answer, wording: Wording) -> str:
    standalone = answer.standalone_question.strip()
    if not standalone or standalone == answer.question.strip():
        return ""
    text = wording.understood_as.format(question=standalone)
    return f'<p class="understood">{escape(text)}</p>'


def _turn_foot(turn_id: str, answer: Answer, wording: Wording) -> str:
    label = wording.show_sources if answer.citations else wording.show_nearest
    count = len(answer.citations or answer.nearest)
    buttons = [_button("sources", turn_id, label.format(count=count))] if count else []
    if answer.status == "answered":
        buttons.append(_button("copy", turn_id, wording.copy))
    facts = []
    if answer.status == "answered":
        facts.append(wording.engines.get(answer.engine, answer.engine))
    if "total" in answer.seconds:
        facts.append(wording.took.format(seconds=f"{answer.seconds['total']:.2f}"))
    took = f'<span class="took">{escape(" · ".join(facts))}</span>' if facts else ""
    return f'<footer class="turn-foot">{"".join(buttons)}{took}</footer>'


def _button(action: str, turn_id: str, label: str) -> str:
    return (
        f'<button type="button" class="turn-action" data-action="{action}" '
        f'data-turn="{escape(turn_id)}">{escape(label)}</button>'
    )


def _sources(turn_id: str, answer: Answer, wording: Wording) -> str:
    parts = []
    for title, citations in (
        (wording.sources_title, answer.citations),
        (wording.nearest_title, () if answer.citations else answer.nearest),
    ):
        if citations:
            cards = cards_html(citations, anchor=turn_id, wording=wording)
            parts.append(f'<h2 class="panel-title">{escape(title)}</h2>{cards}')
    return "".join(parts)
