"""An answer piece by piece, within its time, and logged when it is complete."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from assistant.events import CitationEvent, EndEvent, Event, ResetEvent, StatementEvent
from assistant.schema import Answer, Question
from index.errors import IndexingError
from ui.api_web import Web
from ui.desk import DeskBusy
from ui.records_schema import Channel


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Questions to go on with; they come before the whole answer."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """Why an answer broke off: an HTTP status, and a sentence."""

    status: int
    detail: str


Piece = CitationEvent | StatementEvent | ResetEvent | FollowUps | Answer


async def answer_events(
    web: Web, asked: Question, *, who: str, channel: Channel, with_follow_ups: bool = False
) -> AsyncIterator[Piece | Failed]:
    """The events of an answer; the last one is the whole answer, or why there is none.

    One piece of work writes the whole answer. Were each event a piece of its own, every one of
    them would wait behind the questions of all others.
    """
    loop = asyncio.get_running_loop()
    pieces: asyncio.Queue[Piece | None] = asyncio.Queue()
    gone = threading.Event()

    def hand_over(piece: Piece) -> None:
        with suppress(RuntimeError):  # the server has ended meanwhile
            loop.call_soon_threadsafe(pieces.put_nowait, piece)

    writing = _Writing(web, who, channel, with_follow_ups=with_follow_ups)
    task = asyncio.ensure_future(web.run(lambda: writing.write(asked, hand_over, gone)))
    task.add_done_callback(lambda _: pieces.put_nowait(None))
    try:
        while (piece := await pieces.get()) is not None:
            yield piece
        if failure := task.exception():
            yield _failed(web, failure)
    finally:
        gone.set()  # the thread stops at its next event; work that still waits never begins
        task.cancel()


@dataclass(frozen=True, slots=True)
class _Writing:
    """What happens in the thread."""

    web: Web
    who: str
    channel: Channel
    with_follow_ups: bool

    def write(
        self, asked: Question, hand_over: Callable[[Piece], None], gone: threading.Event
    ) -> None:
        """Hand over piece by piece, until the end or until nobody is there to read."""
        events = self.web.service.stream(asked)
        try:
            for event in events:
                if gone.is_set():
                    return
                if isinstance(event, EndEvent):
                    self._end(event.answer, hand_over)
                else:
                    hand_over(event)
        finally:
            _close(events)

    def _end(self, answer: Answer, hand_over: Callable[[Piece], None]) -> None:
        self.web.recorder.note(answer, who=self.who, channel=self.channel)
        if self.with_follow_ups and answer.status != "error":
            hand_over(FollowUps(tuple(self.web.service.understand(answer).follow_ups)))
        hand_over(answer)


def _close(events: Iterator[Event]) -> None:
    """End what is still writing, a language model's reply say."""
    with suppress(AttributeError):  # an iterator that is no generator
        events.close()  # type: ignore[attr-defined]


def _failed(web: Web, failure: BaseException) -> Failed:
    """What whoever asked is told; the headers are sent, so that it is the last event."""
    wording = web.wording
    for kind, status, detail in (
        (TimeoutError, 504, wording.too_slow),
        (DeskBusy, 503, wording.busy),
        (IndexingError, 503, wording.not_ready),
    ):
        if isinstance(failure, kind):
            return Failed(status, detail)
    logging.getLogger("wenzheng").error("an answer broke off", exc_info=failure)
    return Failed(500, wording.internal_error)
