"""The nouns of the records: conversations and turns, feedback, the audit log, keys and users.

Frozen, and free of any database. Times are aware and in UTC. ``owner`` names whose a record is,
in the form of ``ui.access.Person.name``: ``user:anna``, ``key:3f2a…``, ``visitor:9c01…``,
``portal:CHANNEL:anna``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.schema import Answer

Verdict = Literal["up", "down"]
Role = Literal["reader", "administrator"]
Scope = Literal["ask", "read", "admin"]
Channel = Literal["chat", "api", "openai", "widget", "admin"]

MAX_TITLE_CHARS = 100


class RecordsError(Exception):
    """The records cannot be opened, read or written; the message says what to do."""


class RecordMissing(RecordsError):
    """There is no such record, or it belongs to somebody else."""


class RecordInvalid(RecordsError):
    """A value that cannot be recorded; the message names it and what is possible."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the list of its owner; ``updated`` is when it was last asked in."""

    id: str
    owner: str
    title: str
    created: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation with the answer as it was given, citations and all.

    Numbers count from 1. ``verdict`` is what the owner said of the answer, if anything.
    """

    id: str
    conversation_id: str
    number: int
    answer: Answer
    asked: datetime
    verdict: Verdict | None = None

    @property
    def question(self) -> str:
        """What was asked."""
        return self.answer.question


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody said of an answer: good or not, why, and which clause would be right."""

    id: str
    owner: str
    question: str
    history: tuple[str, ...]  # the questions before it, oldest first
    verdict: Verdict
    reason: str
    clause_id: str  # the right clause; empty where none was picked
    answer: Answer | None  # as it was given, where the caller had it
    created: datetime
    turn_id: str | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who asked what, when, through which channel, and which clauses were shown."""

    at: datetime
    who: str
    channel: Channel
    question: str
    status: str
    reason: str
    engine: str
    clause_ids: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is listed: never the secret, which nobody keeps."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    used: datetime | None = None

    def is_usable(self, now: datetime) -> bool:
        """Whether the key still opens anything."""
        return self.revoked is None and (self.expires is None or now < self.expires)


@dataclass(frozen=True, slots=True)
class PortalChannel:
    """A portal that may show the widget: on pages of which origins, and how often all may ask."""

    id: str
    name: str
    origins: tuple[str, ...]
    requests_per_minute: int  # of all its users together; 0: no limit
    created: datetime
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may log in."""

    name: str
    role: Role
    created: datetime
