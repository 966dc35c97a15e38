"""What every part of the web server works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from assistant.schema import Question
from ui.access import Person, person_of
from ui.api_problems import ProblemError
from ui.desk import Desk
from ui.metrics import Metrics
from ui.recorder import Recorder
from ui.records import Records
from ui.service import AssistantService, WebSettings
from ui.text import Wording
from ui.waiting_room import Preparing, is_ready

Result = TypeVar("Result")


def sender_of(request: Request) -> Person:
    """Who sent the request."""
    return person_of(request.scope)


Sender = Annotated[Person, Depends(sender_of)]


@dataclass(frozen=True, slots=True)
class Web:
    """The assistant, and everything around it that requests share."""

    service: AssistantService
    settings: WebSettings
    wording: Wording
    records: Records | None
    recorder: Recorder
    metrics: Metrics
    desk: Desk
    preparing: Preparing = is_ready

    async def run(self, work: Callable[[], Result]) -> Result:
        """What a function returns, in a thread and within the time that a request may take."""
        return await self.desk.run(work, seconds=self.settings.request_seconds)

    def check(self, question: Question) -> None:
        """Have a question that cannot be asked end as a problem."""
        settings, wording = self.settings, self.wording
        if not question.text.strip():
            raise ProblemError(422, wording.blank_question)
        limit = settings.max_question_chars
        for text in (question.text, *question.history):
            if len(text) > limit:
                raise ProblemError(422, wording.long_question.format(length=len(text), limit=limit))
        length, limit = len(question.history), settings.max_history
        if length > limit:
            raise ProblemError(422, wording.long_history.format(length=length, limit=limit))
