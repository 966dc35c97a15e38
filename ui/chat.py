"""The web chat: a question box, the conversation, and the sources of the answer beside it.

The only module that imports Gradio. Gradio carries the page and the events; what is shown is the
escaped HTML of ``ui/frames.py`` and ``ui/turn_frames.py``, put in place by the scripts in
``ui/assets``. The page loads nothing from elsewhere: system fonts, no analytics, no run history.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

import gradio as gr

from ui.access import person_of
from ui.cards import escape
from ui.feedback_form import feedback_form
from ui.frames import LibraryEntry, chat_masthead, drawer_html, panel_html, welcome_html
from ui.site import asset, style_of
from ui.text import Wording
from ui.turns import MAX_QUESTION_CHARS, Payload, Talk, Talking

_SCRIPTS = ("chat.js", "home.js", "reader.js", "history.js", "feedback.js", "start.js")
_STYLES = ("document.css", "chat.css", "turns.css")
_AT_ONCE = 8  # questions answered at the same time; more wait in the queue
_WAITING = 200
_IDLE_SECONDS = 12 * 3_600
_SANS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
_MONO = ("Consolas", "Menlo", "monospace")


def build_chat(
    talking: Talking,
    library: Sequence[LibraryEntry],
    *,
    examples: Sequence[str] = (),
    other_language_url: str = "/en/",
) -> gr.Blocks:
    """The chat as Gradio blocks; nothing is served until it is mounted.

    Args:
        talking: answers and records, in the language of the page; called in worker threads.
        library: what there is to ask about; the page asks for it again, as it changes.
        examples: questions to offer before the first one.
        other_language_url: where the same chat stands in the other language.
    """
    wording = talking.wording
    keeps = talking.conversations is not None
    title = f"{wording.product} · {wording.tagline}"
    blocks = gr.Blocks(analytics_enabled=False, title=title, fill_width=True)
    with blocks:
        session = gr.State(Talk(), time_to_live=_IDLE_SECONDS)
        url = other_language_url
        masthead = chat_masthead(other_language_url=url, wording=wording, keeps=keeps)
        _static(masthead, "masthead")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                welcome = welcome_html(library, examples, wording=wording)
                conversation = _conversation(welcome, wording)
                box, send, stop = _composer(wording)
            _static(panel_html(library, wording=wording), "sources")
        _connect(_Events(talking), session, conversation, box, (send, stop))
    blocks.queue(max_size=_WAITING, default_concurrency_limit=_AT_ONCE, api_open=False)
    # After every event Gradio sums up the last 10,000 with pandas, for a page that is closed here.
    blocks._queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize
    blocks._queue.ANALYTICS_MAX_EVENTS = 100
    return blocks


def mount_chat(app: Any, blocks: gr.Blocks, path: str) -> None:  # noqa: ANN401 - see ui/api.py
    """Serve the chat under ``path`` of a FastAPI application, with its own theme."""
    style = style_of(*_STYLES)
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


class _Events:
    """Turns events of the page into turns of the conversation."""

    def __init__(self, talking: Talking) -> None:
        self._talking = talking

    def typed(
        self, text: str | None, talk: Talk, request: gr.Request
    ) -> Iterator[tuple[Payload, str, Talk]]:
        """The question in the box; the box is cleared once the server has it."""
        if not (text or "").strip():
            return
        for payload, after in self._talking.turn(text or "", talk, _who(request)):
            yield payload, "", after

    def chosen(
        self, talk: Talk, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Payload, Talk]]:
        """A question that the page offered, or one to be asked again."""
        question = str(event._data["question"])
        before = talk.without_last(question) if event._data.get("again") else talk
        fresh = bool(event._data.get("fresh"))
        yield from self._talking.turn(question, before, _who(request), fresh=fresh)

    def resumed(self, event: gr.EventData) -> Talk:
        """A conversation that the page opened, or kept over a reload."""
        return Talk.of(str(event._data.get("conversation") or ""), event._data["questions"])

    def restarted(self) -> tuple[Payload, Talk]:
        """An empty conversation."""
        return {"restart": uuid4().hex}, Talk()  # each one is news to the page


def _who(request: gr.Request) -> str:
    """Whose conversation it is."""
    inner = request.request
    return person_of(inner.scope).name if inner is not None else person_of({}).name


def _static(html: str, name: str) -> None:
    gr.HTML(html, elem_id=name, apply_default_css=False, js_on_load=None)


def _conversation(welcome: str, wording: Wording) -> gr.HTML:
    # The template holds no value, so no text of a question is ever read as a template.
    return gr.HTML(
        value={},
        html_template='<div class="log" role="log" aria-live="polite"></div>',
        js_on_load="".join(asset(name) for name in _SCRIPTS),
        apply_default_css=False,
        elem_id="conversation",
        welcome=welcome,
        drawer=drawer_html(wording=wording),
        feedback=feedback_form(wording=wording),
        labels={**wording.group("script"), "language": wording.html_language},
    )


def _composer(wording: Wording) -> tuple[gr.Textbox, gr.Button, gr.Button]:
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
        stop = gr.Button(wording.stop, elem_id="stop")
    _static(
        f'<p class="notice-line"><span>{escape(wording.keys)}</span>'
        f"<span>{escape(wording.notice)}</span></p>",
        "notice",
    )
    return box, send, stop


def _connect(
    events: _Events,
    session: gr.State,
    conversation: gr.HTML,
    box: gr.Textbox,
    buttons: tuple[gr.Button, gr.Button],
) -> None:
    send, stop = buttons
    shared: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    typed = gr.on(
        [box.submit, send.click],
        events.typed,
        [box, session],
        [conversation, box, session],
        concurrency_id="ask",
        **shared,
    )
    chosen = conversation.ask(
        events.chosen, session, [conversation, session], concurrency_id="ask", **shared
    )
    for event in (typed, chosen):
        event.failure(None, js=_tells("failed"), **shared)
    stop.click(None, js=_tells("stopped"), cancels=[typed, chosen], **shared)
    conversation.restart(events.restarted, None, [conversation, session], **shared)
    conversation.resume(events.resumed, None, session, **shared)


def _tells(what: str) -> str:
    return f"() => {{ document.dispatchEvent(new Event('wenzheng:{what}')); }}"


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
