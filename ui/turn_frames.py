"""A turn of the conversation as HTML: the question, how it was read, the answer, what to do next.

Pure: text in, HTML out, everything given escaped.
"""

from __future__ import annotations

from typing import NamedTuple

from assistant.schema import Answer
from assistant.understanding import ScopeName, Understanding
from ui.cards import cards_html, escape
from ui.render import answer_html, markdown_answer
from ui.text import ZH, Wording

_MAX_ECHO = 2_000  # characters of a question shown back; a longer one is refused anyway
_THUMB = (  # pointing up; the other one is turned round by the style sheet
    "M7 10v10H4V10zM7 10l4-7c1.5 0 2.4 1 2.2 2.6L12.6 9H19c1.1 0 1.9 1 1.6 2l-1.8 7.4"
    "c-.2.9-1 1.6-2 1.6H7"
)


class Turn(NamedTuple):
    """A question and its answer as the page takes them in."""

    id: str
    question: str
    html: str
    sources: str = ""
    markdown: str = ""
    counts: bool = False  # whether the question belongs to the history of the conversation


def pending_turn(turn_id: str, question: str, *, wording: Wording = ZH) -> Turn:
    """A turn whose answer is being looked for."""
    return Turn(turn_id, question, _turn(turn_id, question, "pending", _waiting(wording), wording))


def partial_turn(turn_id: str, answer: Answer, *, wording: Wording = ZH) -> Turn:
    """A turn whose answer is coming: the statements so far."""
    body = answer_html(answer, wording=wording) + _waiting(wording, wording.writing)
    html = _turn(turn_id, answer.question, "pending", body, wording)
    return Turn(turn_id, answer.question, html, _sources(turn_id, answer, wording))


def answered_turn(
    turn_id: str,
    answer: Answer,
    understanding: Understanding | None = None,
    *,
    place: tuple[str, str] | None = None,
    verdict: str = "",
    wording: Wording = ZH,
) -> Turn:
    """A turn with its answer, the cards of its sources, and a copy for the clipboard.

    Args:
        turn_id: of the turn on the page.
        answer: what to show.
        understanding: how its question was read, to be checked and changed.
        place: conversation and turn in the records, where it is kept.
        verdict: what its owner said of it: ``up``, ``down`` or nothing.
        wording: the language of the labels.
    """
    known = understanding or Understanding()
    body = (
        f"{answer_html(answer, wording=wording)}{_note(answer)}"
        f"{_understood(answer, known, wording)}{_foot(turn_id, answer, place, verdict, wording)}"
    )
    after = _follow_ups(known, wording)
    return Turn(
        turn_id,
        answer.question,
        _turn(turn_id, answer.question, answer.status, body, wording, after=after),
        _sources(turn_id, answer, wording),
        markdown_answer(answer, wording=wording),
        counts=answer.status in ("answered", "clarify"),
    )


def _waiting(wording: Wording, words: str = "") -> str:
    text = escape(words or wording.pending)
    return f'<p class="pending"><span class="pending-dot"></span>{text}</p>'


def _turn(
    turn_id: str, question: str, status: str, body: str, wording: Wording, *, after: str = ""
) -> str:
    shown = question if len(question) <= _MAX_ECHO else f"{question[:_MAX_ECHO]}……"
    return (
        f'<article class="turn" id="{escape(turn_id)}" tabindex="-1">'
        f'<div class="question"><h2 class="unseen">{escape(wording.question_heading)}</h2>'
        f"<p>{escape(shown)}</p></div>"
        f'<div class="answer answer-{status}">{body}</div>{after}</article>'
    )


def _note(answer: Answer) -> str:
    """Why another engine answered than the one that is set up."""
    return f'<p class="engine-note" lang="zh-CN">{escape(answer.note)}</p>' if answer.note else ""


def _understood(answer: Answer, known: Understanding, wording: Wording) -> str:
    """How the question was read: in full where it leant on earlier ones, and its names as chips."""
    standalone = answer.standalone_question.strip()
    said = ""
    if standalone and standalone != answer.question.strip():
        text = wording.understood_as.format(question=standalone)
        said = f'<p class="understood">{escape(text)}</p>'
    if answer.status == "error":
        return said
    chips = "".join(_chip(name, wording) for name in known.names)
    if not any(name.kind == "place" for name in known.names) and known.places:
        chips += _open_chip(standalone or answer.question, known, wording)
    if not chips:
        return said
    label = escape(wording.scope_label)
    return f'{said}<div class="chips" role="group" aria-label="{label}">{chips}</div>'


def _chip(name: ScopeName, wording: Wording) -> str:
    """A name that can be changed for another, or taken out of the question."""
    kind = wording.group("name_kinds")[name.kind]
    remove = escape(wording.remove_name.format(name=name.text))
    value = f'<span class="chip-name" lang="zh-CN">{escape(name.text)}</span>'
    if name.others:
        value = _select(name.text, name.others, f"{kind} {name.text}")
    return (
        f'<span class="chip" data-before="{escape(name.before)}" data-after="{escape(name.after)}">'
        f'<span class="chip-kind">{escape(kind)}</span>{value}'
        f'<button type="button" class="chip-remove" data-action="unname" aria-label="{remove}" '
        f'title="{remove}">×</button></span>'
    )


def _open_chip(question: str, known: Understanding, wording: Wording) -> str:
    """No place was named: one can be put in front."""
    kind = wording.group("name_kinds")["place"]
    return (
        f'<span class="chip" data-before="" data-after="{escape(question)}">'
        f'<span class="chip-kind">{escape(kind)}</span>'
        f"{_select(wording.any_place, known.places, kind)}</span>"
    )


def _select(current: str, others: tuple[str, ...], label: str) -> str:
    options = "".join(f"<option>{escape(other)}</option>" for other in others)
    return (
        f'<select class="chip-name" data-rename aria-label="{escape(label)}">'
        f'<option value="" selected>{escape(current)}</option>{options}</select>'
    )


def _follow_ups(known: Understanding, wording: Wording) -> str:
    items = "".join(
        f'<li><button type="button" class="follow-up" lang="zh-CN" data-ask="{escape(question)}">'
        f"{escape(question)}</button></li>"
        for question in known.follow_ups
    )
    if not items:
        return ""
    label = escape(wording.follow_ups_label)
    return f'<div class="follow-ups"><h3>{label}</h3><ul aria-label="{label}">{items}</ul></div>'


def _foot(
    turn_id: str, answer: Answer, place: tuple[str, str] | None, verdict: str, wording: Wording
) -> str:
    label = wording.show_sources if answer.citations else wording.show_nearest
    count = len(answer.citations or answer.nearest)
    buttons = [_button("sources", turn_id, label.format(count=count))] if count else []
    if answer.status == "answered":
        buttons.append(_button("copy", turn_id, wording.copy))
    if answer.status != "error" and place:
        buttons.append(_downloads(answer, place, wording))
    buttons.append(_button("retry", turn_id, wording.retry))
    facts = []
    if answer.status == "answered":
        facts.append(wording.engines.get(answer.engine, answer.engine))
    if "total" in answer.seconds:
        facts.append(wording.took.format(seconds=f"{answer.seconds['total']:.2f}"))
    took = f'<span class="took">{escape(" · ".join(facts))}</span>' if facts else ""
    votes = _votes(turn_id, place, verdict, wording) if place else ""
    return f'<footer class="turn-foot">{"".join(buttons)}{votes}{took}</footer>'


def _button(action: str, turn_id: str, label: str) -> str:
    return (
        f'<button type="button" class="turn-action" data-action="{action}" '
        f'data-turn="{escape(turn_id)}">{escape(label)}</button>'
    )


def _downloads(answer: Answer, place: tuple[str, str], wording: Wording) -> str:
    """The answer as files to take away; a table also as a sheet."""
    kinds = ["docx", "md"] + (["xlsx"] if answer.table else [])
    names = wording.group("file_kinds")
    language = "?lang=en" if wording.language == "en" else ""
    links = "".join(
        f'<li><a download href="/conversations/{escape("/".join(place))}.{kind}{language}">'
        f"{escape(names[kind])}</a></li>"
        for kind in kinds
    )
    return (
        f'<details class="menu"><summary class="turn-action">{escape(wording.download)}</summary>'
        f"<ul>{links}</ul></details>"
    )


def _votes(turn_id: str, place: tuple[str, str], verdict: str, wording: Wording) -> str:
    buttons = ""
    for name, label in (("up", wording.vote_up), ("down", wording.vote_down)):
        pressed = str(verdict == name).lower()
        buttons += (
            f'<button type="button" class="vote vote-{name}" data-action="vote" '
            f'data-turn="{escape(turn_id)}" data-verdict="{name}" aria-pressed="{pressed}" '
            f'data-place="{escape("/".join(place))}" aria-label="{escape(label)}" '
            f'title="{escape(label)}"><svg viewBox="0 0 24 24" width="20" height="20" '
            f'aria-hidden="true"><path d="{_THUMB}"/></svg></button>'
        )
    return f'<span class="votes">{buttons}</span>'


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
