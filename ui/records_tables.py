"""The tables of the records; ``ui/migrations`` makes them, and a test holds both together."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

# Constraints have names of their own, so that a later migration can change them anywhere.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """Aware times in and out; SQLite keeps none of the time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps what it is given, without the zone."""
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {str: String, datetime: UtcTime}  # noqa: RUF012 - as SQLAlchemy asks


class ConversationRow(Table):
    """A conversation."""

    __tablename__ = "conversations"
    __table_args__ = (Index(None, "owner", "updated"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    title: Mapped[str]
    created: Mapped[datetime]
    updated: Mapped[datetime] = mapped_column(index=True)


class TurnRow(Table):
    """A turn; ``answer`` is the JSON of the contract."""

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    number: Mapped[int]
    question: Mapped[str]
    standalone_question: Mapped[str]
    answer: Mapped[str] = mapped_column(Text)
    status: Mapped[str]
    engine: Mapped[str]
    seconds: Mapped[float]
    asked: Mapped[datetime]


class FeedbackRow(Table):
    """An opinion, with its own copy of the question: it outlives the conversation."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("turn_id", "owner"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    turn_id: Mapped[str | None] = mapped_column(ForeignKey("turns.id", ondelete="SET NULL"))
    owner: Mapped[str]
    question: Mapped[str]
    history: Mapped[str] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    verdict: Mapped[str]
    reason: Mapped[str]
    clause_id: Mapped[str]
    created: Mapped[datetime] = mapped_column(index=True)


class AuditRow(Table):
    """A line of the audit log."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str]
    channel: Mapped[str]
    question: Mapped[str]
    status: Mapped[str]
    reason: Mapped[str]
    engine: Mapped[str]
    clause_ids: Mapped[str] = mapped_column(Text)
    seconds: Mapped[float]


class ApiKeyRow(Table):
    """A key; ``digest`` is the SHA-256 of its secret."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    digest: Mapped[str]
    scopes: Mapped[str]
    created: Mapped[datetime]
    expires: Mapped[datetime | None]
    revoked: Mapped[datetime | None]
    used: Mapped[datetime | None]


class PortalChannelRow(Table):
    """A channel; ``origins`` with spaces between them."""

    __tablename__ = "portal_channels"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    origins: Mapped[str]
    requests_per_minute: Mapped[int]
    created: Mapped[datetime]
    revoked: Mapped[datetime | None]


class UserRow(Table):
    """A user; ``password`` is a salted scrypt hash with its parameters."""

    __tablename__ = "users"

    name: Mapped[str] = mapped_column(primary_key=True)
    password: Mapped[str]
    role: Mapped[str]
    created: Mapped[datetime]


class LoginRow(Table):
    """A login; ``digest`` is the SHA-256 of what the cookie holds."""

    __tablename__ = "logins"

    digest: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("users.name", ondelete="CASCADE"), index=True)
    created: Mapped[datetime]
    expires: Mapped[datetime]


class BucketRow(Table):
    """What a name has left of its rate limit, at a time in Unix seconds."""

    __tablename__ = "rate_limits"

    name: Mapped[str] = mapped_column(primary_key=True)
    tokens: Mapped[float]
    at: Mapped[float] = mapped_column(index=True)
