"""Feedback: what people said of answers, kept, and exported as candidates for gold questions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.schema import Answer
from ui.records_schema import Opinion, RecordInvalid, RecordMissing, Verdict
from ui.records_store import Store, answer_of, answer_text, now, plain
from ui.records_tables import ConversationRow, FeedbackRow, TurnRow
from ui.render import answer_to_json

MAX_REASON_CHARS = 2_000
_BATCH = 500


class Feedback:
    """The opinions of everybody."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self, owner: str, turn_id: str, verdict: Verdict, *, reason: str = "", clause_id: str = ""
    ) -> Opinion:
        """Keep what the owner of a turn says of its answer; saying it again replaces it.

        Args:
            owner: whose turn it is.
            turn_id: a turn of one of the owner's conversations.
            verdict: ``"up"`` or ``"down"``.
            reason: why, in free words.
            clause_id: the clause that would be right; the caller checks that it is there.

        Raises:
            RecordMissing: there is no such turn, or it is somebody else's.
            RecordInvalid: the reason is too long.
        """
        with self._store.writing() as session:
            turn, earlier = _own_turn(session, owner, turn_id)
            session.execute(
                delete(FeedbackRow).where(
                    FeedbackRow.turn_id == turn_id, FeedbackRow.owner == owner
                )
            )
            row = _row(owner, turn.question, earlier, verdict, _bounded(reason), clause_id)
            row.turn_id, row.answer = turn_id, turn.answer
            session.add(row)
            return _opinion(row)

    def withdraw(self, owner: str, turn_id: str) -> None:
        """Forget what the owner said of a turn; nothing happens where nothing was said."""
        with self._store.writing() as session:
            session.execute(
                delete(FeedbackRow).where(
                    FeedbackRow.turn_id == turn_id, FeedbackRow.owner == owner
                )
            )

    def add_for_question(
        self,
        owner: str,
        question: str,
        verdict: Verdict,
        *,
        history: Sequence[str] = (),
        answer: Answer | None = None,
        reason: str = "",
        clause_id: str = "",
    ) -> Opinion:
        """Keep what a caller without recorded turns (a portal) says of an answer.

        Raises:
            RecordInvalid: the reason is too long.
        """
        row = _row(owner, plain(question), history, verdict, _bounded(reason), clause_id)
        row.answer = answer_text(answer) if answer is not None else None
        with self._store.writing() as session:
            session.add(row)
            return _opinion(row)

    def export(self, *, verdict: Verdict | None = None) -> Iterator[Opinion]:
        """All opinions, or those of one kind, the oldest first."""
        wanted = select(FeedbackRow).order_by(FeedbackRow.created, FeedbackRow.id)
        if verdict is not None:
            wanted = wanted.where(FeedbackRow.verdict == verdict)
        with self._store.reading() as session:
            for row in session.scalars(wanted.execution_options(yield_per=_BATCH)):
                yield _opinion(row)


def candidate(opinion: Opinion) -> dict[str, Any]:
    """An opinion as ``wenzheng eval candidates`` reads it: the answer, history and comment."""
    answer = {} if opinion.answer is None else answer_to_json(opinion.answer)
    comment = "\n".join(part for part in (opinion.reason, opinion.clause_id) if part)
    return {
        **answer,
        "id": opinion.id,
        "question": opinion.question,
        "history": list(opinion.history),
        "comment": comment,
    }


def _own_turn(session: Session, owner: str, turn_id: str) -> tuple[TurnRow, list[str]]:
    """The turn, and the questions of its conversation before it."""
    turn = session.get(TurnRow, turn_id)
    conversation = session.get(ConversationRow, turn.conversation_id) if turn else None
    if turn is None or conversation is None or conversation.owner != owner:
        raise RecordMissing("no such answer; the conversation may have been deleted: reload it")
    earlier = session.scalars(
        select(TurnRow.question)
        .where(TurnRow.conversation_id == turn.conversation_id, TurnRow.number < turn.number)
        .order_by(TurnRow.number)
    )
    return turn, list(earlier)


def _row(
    owner: str,
    question: str,
    history: Sequence[str],
    verdict: Verdict,
    reason: str,
    clause_id: str,
) -> FeedbackRow:
    return FeedbackRow(
        id=uuid4().hex,
        turn_id=None,
        owner=owner,
        question=question,
        history=json.dumps(list(map(plain, history)), ensure_ascii=False),
        answer=None,
        verdict=verdict,
        reason=reason,
        clause_id=plain(clause_id),
        created=now(),
    )


def _bounded(reason: str) -> str:
    if len(reason) > MAX_REASON_CHARS:
        raise RecordInvalid(
            f"the reason has {len(reason)} characters, more than {MAX_REASON_CHARS}; shorten it"
        )
    return plain(reason)


def _opinion(row: FeedbackRow) -> Opinion:
    return Opinion(
        id=row.id,
        owner=row.owner,
        question=row.question,
        history=tuple(json.loads(row.history)),
        verdict=cast("Verdict", row.verdict),
        reason=row.reason,
        clause_id=row.clause_id,
        answer=None if row.answer is None else answer_of(row.answer),
        created=row.created,
        turn_id=row.turn_id,
    )
