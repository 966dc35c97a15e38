"""The web chat: a question box, the conversation, and the sources of the answer beside it.

The only module that imports Gradio. Gradio carries the page and the events; what is shown is the
escaped HTML of ``ui/frames.py``, put in place by ``ui/assets/chat.js``. The page loads nothing
from elsewhere: system fonts, no analytics, no footer, no run history.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import gradio as gr

from assistant.schema import Answer, Question
from ui.cards import escape
from ui.frames import (
    LibraryEntry,
    answered_turn,
    masthead_html,
    panel_html,
    pending_turn,
    welcome_html,
)
from ui.text import WORDINGS, Language, Wording

Ask = Callable[[Question], Answer]
DescribeLibrary = Callable[[], Sequence[LibraryEntry]]
Payload = dict[str, object]

MAX_QUESTION_CHARS = 2_000
_ASSETS = Path(__file__).parent / "assets"
_HISTORY = 10  # earlier questions that go along with a new one
_AT_ONCE = 8  # questions answered at the same time; more wait in the queue
_WAITING = 200
_IDLE_SECONDS = 12 * 3_600
_SANS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
_MONO = ("Consolas", "Menlo", "monospace")


Questions = tuple[str, ...]  # what a conversation has asked so far, oldest first


def build_chat(
    ask: Ask,
    describe_library: DescribeLibrary,
    *,
    examples: Sequence[str] = (),
    language: Language = "zh",
    other_language_url: str = "/en/",
) -> gr.Blocks:
    """The chat as Gradio blocks; nothing is served until it is mounted.

    Args:
        ask: answers a question; called in worker threads, several at a time.
        describe_library: what the library holds, read once, now.
        examples: questions to offer before the first one.
        language: of the interface; answers are in the language of the documents.
        other_language_url: where the same chat stands in the other language.
    """
    wording = WORDINGS[language]
    library = describe_library()
    title = f"{wording.product} · {wording.tagline}"
    blocks = gr.Blocks(analytics_enabled=False, title=title, fill_width=True)
    with blocks:
        session = gr.State((), time_to_live=_IDLE_SECONDS)
        masthead = masthead_html(other_language_url=other_language_url, wording=wording)
        _static(masthead, "masthead")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                welcome = welcome_html(library, examples, wording=wording)
                conversation = _conversation(welcome, wording)
                box, send = _composer(wording)
            _static(panel_html(library, wording=wording), "sources")
        _connect(_Answering(ask, wording), session, conversation, box, send)
    blocks.queue(max_size=_WAITING, default_concurrency_limit=_AT_ONCE, api_open=False)
    # After every event Gradio sums up the last 10,000 with pandas, for a page that is closed here.
    blocks._queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize
    blocks._queue.ANALYTICS_MAX_EVENTS = 100
    return blocks


def mount_chat(app: Any, blocks: gr.Blocks, path: str) -> None:  # noqa: ANN401 - see ui/api.py
    """Serve the chat under ``path`` of a FastAPI application, with its own theme."""
    style = (_ASSETS / "chat.css").read_text("utf-8")
    gr.mount_gradio_app(
        app,
        blocks,
        path=path,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        pwa=False,
        max_file_size=0,
        theme=_theme(),
        head=f'<link rel="icon" href="/favicon.svg"><style>{style}</style>',
    )


@dataclass(frozen=True, slots=True)
class _Answering:
    """Turns events of the page into questions, and answers into turns of the page."""

    ask: Ask
    wording: Wording

    def typed(
        self, text: str | None, earlier: Questions
    ) -> Iterator[tuple[Payload, str, Questions]]:
        """The question in the box; the box is cleared once the server has it."""
        if not (text or "").strip():
            return
        for payload, questions in self.turn(text or "", earlier):
            yield payload, "", questions

    def chosen(
        self, earlier: Questions, event: gr.EventData
    ) -> Iterator[tuple[Payload, Questions]]:
        """A question that the page offered: an example, or a choice of a question back."""
        yield from self.turn(str(event._data["question"]), earlier)

    def turn(self, text: str, earlier: Questions) -> Iterator[tuple[Payload, Questions]]:
        """The turn as it waits, then the turn answered."""
        turn_id = f"turn-{uuid4().hex[:12]}"
        pending = pending_turn(turn_id, text, wording=self.wording)
        yield {**pending._asdict(), "done": False}, earlier
        answer = self.ask(Question(text, id=turn_id, history=earlier))
        turn = answered_turn(turn_id, answer, wording=self.wording)
        questions = _bounded((*earlier, text)) if turn.counts else earlier
        yield {**turn._asdict(), "done": True}, questions


def _bounded(questions: Iterable[object]) -> Questions:
    """The latest questions, of a length that the assistant takes; the page sent them."""
    texts = [text for text in questions if isinstance(text, str)]
    return tuple(text for text in texts if len(text) <= MAX_QUESTION_CHARS)[-_HISTORY:]


def _resumed(event: gr.EventData) -> Questions:
    """The questions of a conversation that the page kept over a reload."""
    return _bounded(event._data["questions"])


def _restarted() -> tuple[Payload, Questions]:
    return {"restart": uuid4().hex}, ()  # each one is news to the page


def _static(html: str, name: str) -> None:
    gr.HTML(html, elem_id=name, apply_default_css=False, js_on_load=None)


def _conversation(welcome: str, wording: Wording) -> gr.HTML:
    # The template holds no value, so no text of a question is ever read as a template.
    return gr.HTML(
        value={},
        html_template='<div class="log" role="log" aria-live="polite"></div>',
        js_on_load=(_ASSETS / "chat.js").read_text("utf-8"),
        apply_default_css=False,
        elem_id="conversation",
        welcome=welcome,
        labels={
            "language": wording.html_language,
            "conversation": wording.conversation_label,
            "sourcesEmpty": wording.sources_empty,
            "failed": wording.failed,
            "lost": wording.lost,
            "copied": wording.copied,
            "copyFailed": wording.copy_failed,
        },
    )


def _composer(wording: Wording) -> tuple[gr.Textbox, gr.Button]:
    with gr.Row(elem_id="composer"):
        box = gr.Textbox(
            label=wording.question_label,
            show_label=True,
            placeholder=wording.placeholder,
            lines=1,
            max_lines=6,
            max_length=MAX_QUESTION_CHARS,
            autofocus=True,
            elem_id="question",
        )
        send = gr.Button(wording.send, variant="primary", elem_id="send")
    _static(
        f'<p class="notice-line"><span>{escape(wording.keys)}</span>'
        f"<span>{escape(wording.notice)}</span></p>",
        "notice",
    )
    return box, send


def _connect(
    answering: _Answering,
    session: gr.State,
    conversation: gr.HTML,
    box: gr.Textbox,
    send: gr.Button,
) -> None:
    shared: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    failed = "() => document.dispatchEvent(new Event('wenzheng:failed'))"
    typed = gr.on(
        [box.submit, send.click],
        answering.typed,
        [box, session],
        [conversation, box, session],
        concurrency_id="ask",
        **shared,
    )
    chosen = conversation.ask(
        answering.chosen, session, [conversation, session], concurrency_id="ask", **shared
    )
    for event in (typed, chosen):
        event.failure(None, js=failed, **shared)
    conversation.restart(_restarted, None, [conversation, session], **shared)
    conversation.resume(_resumed, None, session, **shared)


def _theme() -> gr.themes.Base:
    ink = gr.themes.Color(
        *("#eef3fa", "#dbe6f4", "#bccfe8", "#93b0d8", "#6488bf", "#3f669f"),
        *("#2b4f85", "#1f3f6e", "#17335c", "#11284a", "#0b1b33"),
        name="ink",
    )
    warm = gr.themes.Color(
        *("#faf8f4", "#f3f0ea", "#e6e1d7", "#d0c9bb", "#a49c8d", "#7a7367"),
        *("#5b554b", "#433f38", "#2b2925", "#1e1d1a", "#141311"),
        name="warm",
    )
    return gr.themes.Base(
        primary_hue=ink,
        secondary_hue=ink,
        neutral_hue=warm,
        font=[gr.themes.Font(name) for name in _SANS],
        font_mono=[gr.themes.Font(name) for name in _MONO],
    )
