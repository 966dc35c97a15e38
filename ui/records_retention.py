"""What is too old to be kept is deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete

from ui.records_store import Store
from ui.records_tables import AuditRow, ConversationRow, FeedbackRow, LoginRow


def forget(store: Store, before: datetime) -> int:
    """Delete what was last touched before a time; how many conversations, opinions and entries."""
    old = (
        delete(ConversationRow).where(ConversationRow.updated < before),
        delete(FeedbackRow).where(FeedbackRow.created < before),
        delete(AuditRow).where(AuditRow.at < before),
    )
    with store.writing() as session:
        session.execute(delete(LoginRow).where(LoginRow.expires < before))
        done = [cast("CursorResult[Any]", session.execute(statement)) for statement in old]
        return sum(result.rowcount for result in done)
