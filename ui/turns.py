"""A turn of a conversation, from the question to what the page shows; knows no web framework.

A turn comes as payloads that each replace the one before: waiting, as much as has been answered,
the whole answer. Only the last one is kept in the records.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol
from uuid import uuid4

from assistant.events import CitationEvent, EndEvent, Event, ResetEvent, StatementEvent
from assistant.schema import Answer, Citation, Question, Statement
from assistant.understanding import Understanding
from ui.records_chats import Conversations
from ui.records_schema import MAX_TITLE_CHARS, RecordMissing, RecordsError
from ui.records_schema import Turn as RecordedTurn
from ui.text import Wording
from ui.turn_frames import Turn, answered_turn, partial_turn, pending_turn

Payload = dict[str, object]
Note = Callable[[Answer, str], None]

MAX_QUESTION_CHARS = 2_000
_HISTORY = 10  # earlier questions that go along with a new one
_BETWEEN_SECONDS = 0.08  # pieces that come faster are shown together


class ChatService(Protocol):
    """What the chat needs of the assistant; every method may be called from many threads."""

    def stream(self, question: Question) -> Iterator[Event]:
        """Answer a question piece by piece; the last event holds the whole answer."""

    def understand(self, answer: Answer) -> Understanding:
        """How the question of an answer was read, and what can be asked next."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation while it goes on: its record, and what was asked so far, oldest first.

    Questions that were refused leave nothing to the next ones; ``refused`` is the last one, if so.
    """

    conversation: str = ""
    questions: tuple[str, ...] = ()
    refused: str = ""

    @classmethod
    def of(cls, conversation: str, questions: Iterable[object]) -> Talk:
        """A conversation as a page tells of it: cut to what the assistant takes."""
        texts = [text for text in questions if isinstance(text, str)]
        short = [text for text in texts if len(text) <= MAX_QUESTION_CHARS]
        return cls(conversation, tuple(short[-_HISTORY:]))

    def after(self, answer: Answer, conversation: str) -> Talk:
        """With one more question, which was answered, asked back or refused."""
        if answer.status == "refused":
            return Talk(conversation, self.questions, answer.question[:MAX_QUESTION_CHARS])
        return Talk.of(conversation, (*self.questions, answer.question))

    def without_last(self, question: str) -> Talk:
        """Before the last question, if that is this one."""
        is_last = bool(self.questions) and self.questions[-1] == question
        return replace(self, questions=self.questions[:-1]) if is_last else self


@dataclass(frozen=True, slots=True)
class Talking:
    """Asks, shows, records.

    Args:
        service: answers.
        wording: the language of the page.
        conversations: where turns are kept; None keeps nothing.
        note: told of each answer and of who asked.
    """

    service: ChatService
    wording: Wording
    conversations: Conversations | None = None
    note: Note = lambda _answer, _who: None

    def turn(
        self, text: str, talk: Talk, who: str, *, fresh: bool = False
    ) -> Iterator[tuple[Payload, Talk]]:
        """The payloads of one turn, each with the conversation as it then is.

        Args:
            text: the question.
            talk: what was asked before.
            who: whose conversation it is.
            fresh: the question stands alone, whatever was asked before.
        """
        turn_id = f"turn-{uuid4().hex[:12]}"
        yield _payload(pending_turn(turn_id, text, wording=self.wording)), talk
        history = () if fresh else talk.questions
        partial = _Partial(Answer(turn_id, text, text, "answered"))
        shown = time.monotonic()
        refused = "" if fresh else talk.refused
        asked = Question(text, id=turn_id, history=history, refused=refused)
        for event in self.service.stream(asked):
            if isinstance(event, EndEvent):
                yield self._ended(turn_id, event.answer, talk, who)
                return
            partial.take(event)
            if time.monotonic() - shown >= _BETWEEN_SECONDS and partial.statements:
                yield _payload(partial_turn(turn_id, partial.answer(), wording=self.wording)), talk
                shown = time.monotonic()

    def recorded(self, turn: RecordedTurn) -> Payload:
        """A turn of the records as the page takes it in."""
        shown = answered_turn(
            f"turn-{turn.id[:12]}",
            turn.answer,
            self.service.understand(turn.answer),
            place=(turn.conversation_id, turn.id),
            verdict=turn.verdict or "",
            wording=self.wording,
        )
        return {**_payload(shown), "done": True, "conversation": turn.conversation_id}

    def _ended(self, turn_id: str, answer: Answer, talk: Talk, who: str) -> tuple[Payload, Talk]:
        self.note(answer, who)
        after, place = talk, None
        if answer.status != "error":
            place = self._kept(answer, talk, who)
            conversation = place[0] if place else talk.conversation
            after = talk.after(answer, conversation)
        understanding = self.service.understand(answer)
        turn = answered_turn(turn_id, answer, understanding, place=place, wording=self.wording)
        return {**_payload(turn), "conversation": after.conversation, "done": True}, after

    def _kept(self, answer: Answer, talk: Talk, who: str) -> tuple[str, str] | None:
        """Conversation and turn as recorded; an answer that cannot be kept is shown, too."""
        if self.conversations is None:
            return None
        try:
            return _append(self.conversations, answer, talk.conversation, who)
        except RecordsError as error:
            logging.getLogger("wenzheng").warning("conversation not kept: %s", error)
            return None


@dataclass(slots=True)
class _Partial:
    """An answer while it comes."""

    blank: Answer
    statements: list[Statement] = field(default_factory=list)
    citations: dict[int, Citation] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        if isinstance(event, CitationEvent):
            self.citations[event.citation.number] = event.citation
        elif isinstance(event, StatementEvent):
            self.statements.append(event.statement)
        elif isinstance(event, ResetEvent):
            self.statements.clear()
            self.citations.clear()

    def answer(self) -> Answer:
        marked = (
            statement.text + "".join(f"[{number}]" for number in statement.citations)
            for statement in self.statements
        )
        return replace(
            self.blank,
            text="".join(marked),
            statements=tuple(self.statements),
            citations=tuple(self.citations.values()),
        )


def _append(
    conversations: Conversations, answer: Answer, conversation: str, who: str
) -> tuple[str, str]:
    """Record an answer; in a new conversation where there is none yet, or it was deleted."""
    if conversation:
        try:
            return conversation, conversations.append(who, conversation, answer).id
        except RecordMissing:
            pass  # deleted in another window
    title = answer.question[:MAX_TITLE_CHARS]
    fresh = conversations.create(who, title).id
    return fresh, conversations.append(who, fresh, answer).id


def _payload(turn: Turn) -> Payload:
    return {**turn._asdict(), "done": False}
