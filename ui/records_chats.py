"""Conversations and their turns, each seen by its owner only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast
from uuid import uuid4

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from assistant.schema import Answer
from ui.records_schema import MAX_TITLE_CHARS, Conversation, RecordMissing, Turn, Verdict
from ui.records_store import Store, answer_of, answer_text, now, plain
from ui.records_tables import ConversationRow, FeedbackRow, TurnRow

_BATCH = 500


class Conversations:
    """The conversations of everybody; each call names whose it is about."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, owner: str, title: str) -> Conversation:
        """A new conversation; the title is one line of at most ``MAX_TITLE_CHARS`` characters."""
        at = now()
        row = ConversationRow(
            id=uuid4().hex, owner=owner, title=_title(title), created=at, updated=at
        )
        with self._store.writing() as session:
            session.add(row)
        return _conversation(row)

    def list(
        self, owner: str, *, search: str = "", limit: int = 50, offset: int = 0
    ) -> Sequence[Conversation]:
        """The owner's conversations, the latest first.

        Args:
            owner: whose.
            search: only those with these words in the title or in a question, as they stand.
            limit: how many at most.
            offset: how many to leave out at the start.
        """
        wanted = select(ConversationRow).where(ConversationRow.owner == owner)
        if words := plain(search).strip():
            asked = select(TurnRow.id).where(
                TurnRow.conversation_id == ConversationRow.id,
                TurnRow.question.icontains(words, autoescape=True),
            )
            titled = ConversationRow.title.icontains(words, autoescape=True)
            wanted = wanted.where(or_(titled, asked.exists()))
        order = (ConversationRow.updated.desc(), ConversationRow.id)
        with self._store.reading() as session:
            rows = session.scalars(wanted.order_by(*order).limit(limit).offset(offset)).all()
            return tuple(_conversation(row) for row in rows)

    def get(self, owner: str, conversation_id: str) -> Conversation:
        """One conversation.

        Raises:
            RecordMissing: there is none with this id, or it is somebody else's.
        """
        with self._store.reading() as session:
            return _conversation(_own(session, owner, conversation_id))

    def rename(self, owner: str, conversation_id: str, title: str) -> Conversation:
        """Give a conversation another title.

        Raises:
            RecordMissing: as for ``get``.
        """
        with self._store.writing() as session:
            row = _own(session, owner, conversation_id)
            row.title = _title(title)
            return _conversation(row)

    def delete(self, owner: str, conversation_id: str) -> None:
        """Delete a conversation with its turns; feedback that was given stays.

        Raises:
            RecordMissing: as for ``get``.
        """
        with self._store.writing() as session:
            _own(session, owner, conversation_id)
            session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))

    def turns(self, owner: str, conversation_id: str) -> Sequence[Turn]:
        """The turns of a conversation, the first one first.

        Raises:
            RecordMissing: as for ``get``.
        """
        verdict = (
            select(FeedbackRow.verdict)
            .where(FeedbackRow.turn_id == TurnRow.id, FeedbackRow.owner == owner)
            .scalar_subquery()
        )
        with self._store.reading() as session:
            _own(session, owner, conversation_id)
            rows = session.execute(
                select(TurnRow, verdict)
                .where(TurnRow.conversation_id == conversation_id)
                .order_by(TurnRow.number)
            ).all()
            return tuple(_turn(row, cast("Verdict | None", said)) for row, said in rows)

    def export(self) -> Iterator[tuple[Conversation, Turn]]:
        """Every turn of everybody with its conversation, by conversation and number."""
        wanted = (
            select(ConversationRow, TurnRow)
            .join(TurnRow, TurnRow.conversation_id == ConversationRow.id)
            .order_by(ConversationRow.created, ConversationRow.id, TurnRow.number)
        )
        with self._store.reading() as session:
            for row, turn in session.execute(wanted.execution_options(yield_per=_BATCH)):
                yield _conversation(row), _turn(turn, None)

    def append(self, owner: str, conversation_id: str, answer: Answer) -> Turn:
        """Add an answer, with the question that it holds, at the end of a conversation.

        Raises:
            RecordMissing: as for ``get``.
        """
        at = now()
        with self._store.writing() as session:
            _own(session, owner, conversation_id)
            last = session.scalar(
                select(func.max(TurnRow.number)).where(TurnRow.conversation_id == conversation_id)
            )
            row = TurnRow(
                id=uuid4().hex,
                conversation_id=conversation_id,
                number=(last or 0) + 1,
                question=plain(answer.question),
                standalone_question=plain(answer.standalone_question),
                answer=answer_text(answer),
                status=answer.status,
                engine=answer.engine,
                seconds=answer.seconds.get("total", 0.0),
                asked=at,
            )
            session.add(row)
            session.execute(
                update(ConversationRow)
                .where(ConversationRow.id == conversation_id)
                .values(updated=at)
            )
            return _turn(row, None)


def _own(session: Session, owner: str, conversation_id: str) -> ConversationRow:
    row = session.get(ConversationRow, conversation_id)
    if row is None or row.owner != owner:
        raise RecordMissing("no such conversation; it may have been deleted: reload the list")
    return row


def _title(text: str) -> str:
    return " ".join(plain(text).split())[:MAX_TITLE_CHARS]


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(row.id, row.owner, row.title, row.created, row.updated)


def _turn(row: TurnRow, verdict: Verdict | None) -> Turn:
    answer = answer_of(row.answer)
    return Turn(row.id, row.conversation_id, row.number, answer, row.asked, verdict)
