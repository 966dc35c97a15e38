"""The database of the records: opened, brought up to date, and its errors made ours.

SQLite in the data folder, or any database that SQLAlchemy reaches by URL (PostgreSQL is tried).
Every access is a short transaction: ``reading`` for what only looks, ``writing`` for the rest.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.schema import Answer
from index.records import read_lines
from ui.records_schema import RecordsError
from ui.render import answer_to_json

FILE_NAME = "records.sqlite3"
_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_SECONDS = 15.0  # a writer waits for another one this long
_TRY_AGAIN_SECONDS = 0.01
_CONNECTIONS = 20
_LOCK = 0x77656E7A  # any number that is ours: replicas that start together migrate in turn
_WRITES = "wenzheng_writes"


class Store:
    """An open database; safe between threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine; use ``open_store``."""
        self._engine = engine
        self._writer = engine.execution_options(**{_WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only looks.

        Raises:
            RecordsError: the database does not answer.
        """
        with _mapped(self._engine), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed at the end, or not at all where something fails.

        Raises:
            RecordsError: the database does not answer, or refuses.
        """
        with (
            _mapped(self._engine),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def open_store(url: str, *, folder: Path) -> Store:
    """Open the database and bring its tables up to date.

    Args:
        url: of the database; empty: SQLite in ``folder``.
        folder: the data folder; made where it is not there.

    Raises:
        RecordsError: it cannot be opened, or a newer version has made its tables.
    """
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / FILE_NAME
        # Questions of people and hashes of passwords: for nobody else on this machine.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        url = f"sqlite:///{path}"
    engine = _engine(url)
    with _mapped(engine):
        _migrate(engine)
    return Store(engine)


def revisions(url: str, *, folder: Path) -> tuple[str | None, str | None]:
    """The revision of the tables as they are, and the newest that this program knows.

    Raises:
        RecordsError: the database cannot be opened, or a newer version has made its tables.
    """
    engine = _engine(url or f"sqlite:///{folder / FILE_NAME}")
    scripts = ScriptDirectory.from_config(_config())
    try:
        with _mapped(engine):
            with engine.connect() as connection:
                current = MigrationContext.configure(connection).get_current_revision()
            if current is not None:
                scripts.get_revision(current)
            return current, scripts.get_current_head()
    finally:
        engine.dispose()


def now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


def plain(words: str) -> str:
    """Text that every database takes: valid Unicode without the null character."""
    return words.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def answer_text(answer: Answer) -> str:
    """An answer as it is kept: the JSON of the contract."""
    return plain(json.dumps(answer_to_json(answer), ensure_ascii=False))


def answer_of(kept: str) -> Answer:
    """The answer that ``answer_text`` wrote."""
    return read_lines(Answer, kept.encode("utf-8"))[0]


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.drivername in ("postgres", "postgresql"):
            address = address.set(drivername="postgresql+psycopg")
        pooled = address.database not in (None, "", ":memory:")
        options = {"pool_size": _CONNECTIONS, "pool_pre_ping": True} if pooled else {}
        engine = create_engine(address, hide_parameters=True, **options)
    except (SQLAlchemyError, ImportError) as error:
        # Not the URL: it may hold a password.
        raise RecordsError(
            f"the address of the records cannot be used ({type(error).__name__}); check "
            "WENZHENG_RECORDS_URL, and that the driver is installed"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where ``_on_begin`` says
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(_BUSY_SECONDS * 1000)}")
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    """Let readers and a writer work at once.

    Where two turn a new file to this mode together, SQLite refuses one of them at once, whatever
    the time-out: neither could go on if both waited. So that one tries again.
    """
    ends = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                raise
            time.sleep(_TRY_AGAIN_SECONDS)
        else:
            return


def _on_begin(connection: Connection) -> None:
    """A transaction that will write says so at once: one that turns to writing later may fail."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    with engine.execution_options(**{_WRITES: True}).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})

        def steps(revision: object, _: MigrationContext) -> object:
            return scripts._upgrade_revs("head", revision)  # type: ignore[arg-type]

        with EnvironmentContext(config, scripts, fn=steps) as context:
            context.configure(connection=connection)
            context.run_migrations()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


@contextmanager
def _mapped(engine: Engine) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, CommandError) as error:
        where = engine.url.render_as_string(hide_password=True)
        cause = getattr(error, "orig", None) or error
        raise RecordsError(
            f"{where}: the records cannot be read or written ({_one_line(cause)}); check that the "
            "database is there, may be written, and is not of a newer version"
        ) from error


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:200]
