"""An answer piece by piece, within its time, and logged when it is complete."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from assistant.events import CitationEvent, EndEvent, Event, ResetEvent, StatementEvent
from assistant.schema import Answer, Question
from index.errors import IndexingError
from ui.api_web import Web
from ui.desk import DeskBusy
from ui.records_schema import Channel


@dataclass(frozen=True, slots=True)
class Failed:
    """Why an answer broke off: an HTTP status, and a sentence."""

    status: int
    detail: str


async def answer_events(
    web: Web, asked: Question, *, who: str, channel: Channel
) -> AsyncIterator[CitationEvent | StatementEvent | ResetEvent | Answer | Failed]:
    """The events of an answer; the last one is the whole answer, or why there is none."""
    events = web.service.stream(asked)
    ends = time.monotonic() + web.settings.request_seconds
    try:
        while True:
            seconds = max(0.0, ends - time.monotonic())
            event = await web.desk.run(partial(next, events, None), seconds=seconds)
            if event is None:
                return
            if isinstance(event, EndEvent):
                await web.run(partial(web.recorder.note, event.answer, who=who, channel=channel))
                yield event.answer
            else:
                yield event
    except TimeoutError:
        yield Failed(504, web.wording.too_slow)
    except DeskBusy:
        yield Failed(503, web.wording.busy)
    except IndexingError:
        yield Failed(503, web.wording.not_ready)
    finally:
        _close(events)


def _close(events: Iterator[Event]) -> None:
    """End what is still writing; one that runs in its thread right now ends by itself."""
    with suppress(ValueError, AttributeError):
        events.close()  # type: ignore[attr-defined]
