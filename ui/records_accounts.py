"""API keys, users and their logins; what is secret is kept as a hash only."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import delete, select, update

from ui.passwords import hash_password, matches, spend
from ui.records_schema import ApiKey, RecordInvalid, RecordMissing, Role, Scope, User
from ui.records_store import Store, now, plain
from ui.records_tables import ApiKeyRow, LoginRow, UserRow

SCOPES: tuple[Scope, ...] = ("ask", "read", "admin")
ROLES: tuple[Role, ...] = ("reader", "administrator")
MIN_PASSWORD_CHARS = 10
_KEY = re.compile(r"wz_([0-9a-f]{12})_([\w-]{43})", re.ASCII)
_USER_NAME = re.compile(r"[\w.@-]{1,64}")
_USED_EVERY = timedelta(minutes=1)  # a key in steady use is not written at every request


class ApiKeys:
    """The keys of programs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(
        self, name: str, *, scopes: Sequence[Scope], expires: datetime | None = None
    ) -> tuple[ApiKey, str]:
        """A new key, and its secret form ``wz_ID_SECRET``, which is not kept and never seen again.

        Raises:
            RecordInvalid: an unknown scope, none at all, or a time that has passed.
        """
        unknown = [scope for scope in scopes if scope not in SCOPES]
        if unknown or not scopes:
            given = unknown[0] if unknown else ""
            raise RecordInvalid(f"no scope '{given}'; use {', '.join(SCOPES)}")
        if expires is not None and expires <= now():
            raise RecordInvalid("the key would have expired already; give a later time")
        # 32 random bytes cannot be guessed: a plain hash keeps them as well as a slow one.
        secret = secrets.token_urlsafe(32)
        row = ApiKeyRow(
            id=secrets.token_hex(6),
            name=" ".join(plain(name).split())[:100],
            digest=_digest(secret),
            scopes=" ".join(scope for scope in SCOPES if scope in scopes),
            created=now(),
            expires=expires,
            revoked=None,
            used=None,
        )
        with self._store.writing() as session:
            session.add(row)
        return _key(row), f"wz_{row.id}_{secret}"

    def list(self) -> Sequence[ApiKey]:
        """All keys, revoked and expired ones too, the oldest first."""
        with self._store.reading() as session:
            return tuple(
                _key(row)
                for row in session.scalars(
                    select(ApiKeyRow).order_by(ApiKeyRow.created, ApiKeyRow.id)
                )
            )

    def revoke(self, key_id: str) -> ApiKey:
        """Close a key for good.

        Raises:
            RecordMissing: there is no key with this id.
        """
        with self._store.writing() as session:
            row = session.get(ApiKeyRow, plain(key_id))
            if row is None:
                raise RecordMissing(f"no key '{key_id}'; `wenzheng keys list` shows their ids")
            row.revoked = row.revoked or now()
            return _key(row)

    def verify(self, presented: str) -> ApiKey | None:
        """The key that was presented; None where it opens nothing (any more)."""
        match = _KEY.fullmatch(presented)
        key_id, secret = (match[1], match[2]) if match else ("", "")
        at = now()
        with self._store.reading() as session:
            row = session.get(ApiKeyRow, key_id)
            known = row.digest if row else _digest("")
            # Compared in any case, and in a time that does not depend on where they differ.
            same = hmac.compare_digest(_digest(secret), known)
            if row is None or not same:
                return None
            key, used = _key(row), row.used
        if not key.is_usable(at):
            return None
        if used is None or at - used > _USED_EVERY:
            with self._store.writing() as session:
                session.execute(update(ApiKeyRow).where(ApiKeyRow.id == key.id).values(used=at))
        return key


class Users:
    """The people who may log in, and the logins that are open."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, name: str, password: str, *, role: Role = "reader") -> User:
        """A new user.

        Raises:
            RecordInvalid: the name is taken or not possible, the password too short, no such role.
        """
        if not _USER_NAME.fullmatch(name):
            raise RecordInvalid(
                f"no user can be called '{name}'; use up to 64 letters, digits and . _ @ -"
            )
        if role not in ROLES:
            raise RecordInvalid(f"no role '{role}'; use {' or '.join(ROLES)}")
        row = UserRow(name=name, password=_hashed(password), role=role, created=now())
        with self._store.writing() as session:
            if session.get(UserRow, name) is not None:
                raise RecordInvalid(f"there is a user '{name}' already; choose another name")
            session.add(row)
        return _user(row)

    def list(self) -> Sequence[User]:
        """All users by name."""
        with self._store.reading() as session:
            rows = session.scalars(select(UserRow).order_by(UserRow.name))
            return tuple(_user(row) for row in rows)

    def remove(self, name: str) -> None:
        """Remove a user and end the logins; what was recorded under the name stays.

        Raises:
            RecordMissing: there is no such user.
        """
        with self._store.writing() as session:
            session.delete(_known(session.get(UserRow, name), name))

    def set_password(self, name: str, password: str) -> None:
        """Give a user another password and end the logins.

        Raises:
            RecordMissing: there is no such user.
            RecordInvalid: the password is too short.
        """
        hashed = _hashed(password)
        with self._store.writing() as session:
            _known(session.get(UserRow, name), name).password = hashed
            session.execute(delete(LoginRow).where(LoginRow.user == name))

    def log_in(self, name: str, password: str, *, lasts: timedelta) -> str | None:
        """The secret of a new login, for the cookie; None where name or password is wrong."""
        with self._store.reading() as session:
            row = session.get(UserRow, plain(name))
            kept = row.password if row else None
        if kept is None:
            spend(password)  # who asks learns nothing of which names there are
            return None
        if not matches(password, kept):
            return None
        secret, at = secrets.token_urlsafe(32), now()
        with self._store.writing() as session:
            session.execute(delete(LoginRow).where(LoginRow.expires <= at))
            session.add(LoginRow(digest=_digest(secret), user=name, created=at, expires=at + lasts))
        return secret

    def logged_in(self, secret: str) -> User | None:
        """Whose login this is; None where there is none, or it has ended."""
        with self._store.reading() as session:
            login = session.get(LoginRow, _digest(plain(secret)))
            if login is None or login.expires <= now():
                return None
            row = session.get(UserRow, login.user)
            return _user(row) if row else None

    def log_out(self, secret: str) -> None:
        """End a login."""
        with self._store.writing() as session:
            session.execute(delete(LoginRow).where(LoginRow.digest == _digest(plain(secret))))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _hashed(password: str) -> str:
    if len(password) < MIN_PASSWORD_CHARS:
        raise RecordInvalid(f"the password is too short; use at least {MIN_PASSWORD_CHARS}")
    return hash_password(password)


def _known(row: UserRow | None, name: str) -> UserRow:
    if row is None:
        raise RecordMissing(f"no user '{name}'; `wenzheng users list` shows them")
    return row


def _key(row: ApiKeyRow) -> ApiKey:
    scopes = cast("tuple[Scope, ...]", tuple(row.scopes.split()))
    return ApiKey(row.id, row.name, scopes, row.created, row.expires, row.revoked, row.used)


def _user(row: UserRow) -> User:
    return User(row.name, cast("Role", row.role), row.created)
