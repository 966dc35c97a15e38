"""Records as lines of JSON or CSV, for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType
from typing import Any

from ui.records import Records
from ui.records_feedback import candidate
from ui.render import answer_to_json

Row = dict[str, Any]

# What a spreadsheet takes for a command; some take wide signs for the narrow ones.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def json_lines(_: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """A line of JSON for each row."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, default=_plain)


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """A header, then a record of CSV for each row; no cell is a formula to a spreadsheet."""
    yield _record(columns)
    for row in rows:
        yield _record([_cell(row.get(column)) for column in columns])


def _record(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = "\n".join(map(str, value))
    elif isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False, default=_plain)
    elif isinstance(value, datetime):
        value = value.isoformat()
    elif not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.lstrip(" \u3000").startswith(_FORMULA) else str(value)


def _plain(value: object) -> str:
    assert isinstance(value, datetime)
    return value.isoformat()


def _audit(records: Records) -> Iterator[Row]:
    for entry in records.audit.export():
        yield {**asdict(entry), "clause_ids": list(entry.clause_ids)}


def _chats(records: Records) -> Iterator[Row]:
    for conversation, turn in records.conversations.export():
        answer = answer_to_json(turn.answer)
        yield {
            "conversation": conversation.id,
            "owner": conversation.owner,
            "title": conversation.title,
            "number": turn.number,
            "asked": turn.asked,
            "question": turn.question,
            "status": turn.answer.status,
            "text": turn.answer.error or turn.answer.text,
            "answer": answer,
        }


def _feedback(records: Records) -> Iterator[Row]:
    for opinion in records.feedback.export():
        yield {
            "id": opinion.id,
            "created": opinion.created,
            "owner": opinion.owner,
            "question": opinion.question,
            "history": list(opinion.history),
            "verdict": opinion.verdict,
            "reason": opinion.reason,
            "clause_id": opinion.clause_id,
            "text": opinion.answer.text if opinion.answer else None,
            "answer": answer_to_json(opinion.answer) if opinion.answer else None,
        }


def _candidates(records: Records) -> Iterator[Row]:
    for opinion in records.feedback.export(verdict="down"):
        yield candidate(opinion)


_AUDIT = (
    "at", "who", "channel", "question", "status", "reason", "engine", "clause_ids", "seconds"
)  # fmt: skip
_CHATS = ("conversation", "owner", "title", "number", "asked", "question", "status", "text")
_FEEDBACK = (
    "id", "created", "owner", "question", "history", "verdict", "reason", "clause_id", "text"
)  # fmt: skip
_CANDIDATES = ("id", "question", "history", "text", "comment")

# The columns of CSV, which leaves out the whole answer; JSON has every key.
EXPORTS: MappingProxyType[str, tuple[Sequence[str], Callable[[Records], Iterator[Row]]]] = (
    MappingProxyType(
        {
            "audit": (_AUDIT, _audit),
            "chats": (_CHATS, _chats),
            "feedback": (_FEEDBACK, _feedback),
            "candidates": (_CANDIDATES, _candidates),
        }
    )
)
