"""The audit log: who asked what, when, and which clauses were shown; only ever added to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import cast

from sqlalchemy import select

from assistant.schema import Answer
from ui.records_schema import AuditEntry, Channel
from ui.records_store import Store, now, plain
from ui.records_tables import AuditRow

_BATCH = 500


class Audit:
    """The audit log."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, answer: Answer, *, who: str, channel: Channel) -> None:
        """Log an answer that was given.

        Args:
            answer: what was shown: its citations, or the nearest clauses of a refusal.
            who: the name of the person or key, as in ``ui.access.Person.name``.
            channel: the way in.
        """
        shown = (*answer.citations, *answer.nearest)
        row = AuditRow(
            at=now(),
            who=who,
            channel=channel,
            question=plain(answer.question),
            status=answer.status,
            reason=answer.reason or "",
            engine=answer.engine,
            clause_ids=json.dumps([citation.clause_id for citation in shown], ensure_ascii=False),
            seconds=answer.seconds.get("total", 0.0),
        )
        with self._store.writing() as session:
            session.add(row)

    def add_action(self, action: str, name: str, *, who: str, succeeded: bool = True) -> None:
        """Log what an administrator did to a document.

        Args:
            action: what was done, as ``withdraw``.
            name: of the file.
            who: the name of the person or key.
            succeeded: whether it was done, or tried only.
        """
        row = AuditRow(
            at=now(),
            who=who,
            channel="admin",
            question=plain(f"{action} {name}".strip()),
            status="done" if succeeded else "error",
            reason="",
            engine="",
            clause_ids="[]",
            seconds=0.0,
        )
        with self._store.writing() as session:
            session.add(row)

    def export(self, *, since: datetime | None = None) -> Iterator[AuditEntry]:
        """All entries, or those since a time, the oldest first."""
        wanted = select(AuditRow).order_by(AuditRow.id)
        if since is not None:
            wanted = wanted.where(AuditRow.at >= since)
        with self._store.reading() as session:
            for row in session.scalars(wanted.execution_options(yield_per=_BATCH)):
                yield _entry(row)


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        at=row.at,
        who=row.who,
        channel=cast("Channel", row.channel),
        question=row.question,
        status=row.status,
        reason=row.reason,
        engine=row.engine,
        clause_ids=tuple(json.loads(row.clause_ids)),
        seconds=row.seconds,
    )
