"""The options of `wenzheng keys | users | records`; loads nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeVar

Parser = TypeVar("Parser", bound=argparse.ArgumentParser)
Later = Callable[[str], Callable[..., int]]


def add_records_commands(commands: argparse._SubParsersAction[Parser], later: Later) -> None:
    """Add the commands; ``later`` gives the function of a command by its name."""
    _add_keys(commands, later)
    _add_users(commands, later)
    _add_records(commands, later)


def _add_keys(commands: argparse._SubParsersAction[Parser], later: Later) -> None:
    keys = commands.add_parser("keys", help="keys for programs that use the API")
    parts = keys.add_subparsers(title="parts", metavar="PART", required=True)
    create = parts.add_parser("create", help="make a key; it is shown once")
    create.add_argument("name", metavar="NAME", help="what uses it")
    create.add_argument(
        "--scope",
        metavar="SCOPE",
        action="append",
        choices=("ask", "read", "admin"),
        help="ask, read or admin; may be given several times; default: ask and read",
    )
    create.add_argument("--days", type=_days, metavar="N", help="days until it expires")
    listed = parts.add_parser("list", help="list the keys")
    revoke = parts.add_parser("revoke", help="close a key")
    revoke.add_argument("id", metavar="ID")
    for part, name in ((create, "keys create"), (listed, "keys list"), (revoke, "keys revoke")):
        part.add_argument("--json", action="store_true", help="print JSON")
        part.set_defaults(run=later(name))


def _add_users(commands: argparse._SubParsersAction[Parser], later: Later) -> None:
    users = commands.add_parser("users", help="people who may log in")
    parts = users.add_subparsers(title="parts", metavar="PART", required=True)
    add = parts.add_parser("add", help="add a user; asks for the password")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=("reader", "administrator"), default="reader")
    listed = parts.add_parser("list", help="list the users")
    listed.add_argument("--json", action="store_true", help="print JSON")
    remove = parts.add_parser("remove", help="remove a user")
    remove.add_argument("name", metavar="NAME")
    password = parts.add_parser("password", help="set another password; asks for it")
    password.add_argument("name", metavar="NAME")
    for part, name in (
        (add, "users add"),
        (listed, "users list"),
        (remove, "users remove"),
        (password, "users password"),
    ):
        part.set_defaults(run=later(name))


def _add_records(commands: argparse._SubParsersAction[Parser], later: Later) -> None:
    records = commands.add_parser("records", help="what was asked and answered")
    parts = records.add_subparsers(title="parts", metavar="PART", required=True)
    export = parts.add_parser("export", help="write records for other programs")
    export.add_argument(
        "--what",
        choices=("audit", "chats", "feedback", "candidates"),
        required=True,
        help="candidates: answers that were objected to, for `wenzheng eval candidates`",
    )
    export.add_argument("--format", choices=("csv", "jsonl"), default="jsonl")
    export.add_argument("--out", metavar="FILE", help="default: the output of the command")
    export.set_defaults(run=later("records export"))
    forget = parts.add_parser("forget", help="delete what is older than a number of days")
    forget.add_argument("--days", type=_days, metavar="N", required=True)
    forget.set_defaults(run=later("records forget"))


def _days(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= 36_500:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of days, 1 to 36500")
    return int(text)
