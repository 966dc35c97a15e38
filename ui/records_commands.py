"""What `wenzheng keys | users | records` do."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from ui.asking import dump
from ui.records import Records, open_records
from ui.records_export import EXPORTS, csv_lines, json_lines
from ui.records_schema import ApiKey
from ui.records_store import now
from ui.status import Print, UsageError


def create_key(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Make a key and show it, this once."""
    expires = now() + timedelta(days=options.days) if options.days else None
    with _opened(settings) as records:
        key, secret = records.keys.create(
            options.name, scopes=options.scope or ["ask", "read"], expires=expires
        )
    if options.json:
        line(dump({**_key_row(key), "key": secret}))
    else:
        line(secret)
        sys.stderr.write("wenzheng: keep the key now; it is not kept here and not shown again\n")
    return 0


def list_keys(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """List the keys without their secrets."""
    with _opened(settings) as records:
        keys = records.keys.list()
    if options.json:
        line(dump([_key_row(key) for key in keys]))
        return 0
    for key in keys:
        ends = f"until {key.expires:%Y-%m-%d}" if key.expires else "no end"
        state = "revoked" if key.revoked else ends if key.is_usable(now()) else "expired"
        used = f"used {key.used:%Y-%m-%d %H:%M}" if key.used else "never used"
        line(f"{key.id}  {key.name}  {','.join(key.scopes)}  {state}  {used}")
    return 0


def revoke_key(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Close a key."""
    with _opened(settings) as records:
        key = records.keys.revoke(options.id)
    line(dump(_key_row(key)) if options.json else f"{key.id} is revoked")
    return 0


def add_user(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Add a user with the password that is typed or piped in."""
    with _opened(settings) as records:
        user = records.users.add(options.name, _password(), role=options.role)
    line(f"{user.name} may log in as {user.role}")
    return 0


def list_users(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """List the users."""
    with _opened(settings) as records:
        users = records.users.list()
    if options.json:
        line(dump([{**asdict(user), "created": user.created.isoformat()} for user in users]))
        return 0
    for user in users:
        line(f"{user.name}  {user.role}  since {user.created:%Y-%m-%d}")
    return 0


def remove_user(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Remove a user."""
    with _opened(settings) as records:
        records.users.remove(options.name)
    line(f"{options.name} may no longer log in")
    return 0


def set_password(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Give a user the password that is typed or piped in."""
    with _opened(settings) as records:
        records.users.set_password(options.name, _password())
    line(f"{options.name} has a new password; open logins have ended")
    return 0


def export(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Write records as CSV or as JSON lines, to a file or to the output."""
    if options.out and not Path(options.out).absolute().parent.is_dir():
        raise UsageError(f"{options.out}: not in a folder that is there; choose another")
    columns, rows_of = EXPORTS[options.what]
    form = csv_lines if options.format == "csv" else json_lines
    with _opened(settings) as records:
        lines = form(columns, rows_of(records))
        if not options.out:
            for text in lines:
                line(text)
            return 0
        # Excel takes a CSV file for UTF-8 only where it says so.
        encoding = "utf-8-sig" if options.format == "csv" else "utf-8"
        count = _write(Path(options.out), lines, encoding)
    line(f"{options.out}: {count} lines")
    return 0


def forget(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Delete what is older than a number of days."""
    with _opened(settings) as records:
        count = records.forget_older_than(options.days)
    line(f"{count} conversations, opinions and log entries deleted")
    return 0


RECORDS_COMMANDS: dict[str, Callable[[argparse.Namespace, Settings, Print], int]] = {
    "keys create": create_key,
    "keys list": list_keys,
    "keys revoke": revoke_key,
    "users add": add_user,
    "users list": list_users,
    "users remove": remove_user,
    "users password": set_password,
    "records export": export,
    "records forget": forget,
}


@contextmanager
def _opened(settings: Settings) -> Iterator[Records]:
    records = open_records(settings)
    try:
        yield records
    finally:
        records.close()


def _key_row(key: ApiKey) -> dict[str, Any]:
    times = {
        name: time.isoformat() if time else None
        for name, time in (
            ("created", key.created),
            ("expires", key.expires),
            ("revoked", key.revoked),
            ("used", key.used),
        )
    }
    return {"id": key.id, "name": key.name, "scopes": list(key.scopes), **times}


def _password() -> str:
    """A password from the terminal, typed twice, or the first line that is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("password: ")
    if getpass.getpass("once more: ") != password:
        raise UsageError("the two passwords differ; try again")
    return password


def _write(path: Path, lines: Iterator[str], encoding: str) -> int:
    """The file appears whole, or not at all; only its owner may read it."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    count = 0
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding=encoding, newline="") as out:  # noqa: PTH123 - a descriptor
            for text in lines:
                out.write(text + "\n")
                count += 1
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return count
