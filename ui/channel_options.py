"""The options of `wenzheng channels`; loads nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeVar

Parser = TypeVar("Parser", bound=argparse.ArgumentParser)
MAX_PER_MINUTE = 100_000


def add_channel_commands(
    commands: argparse._SubParsersAction[Parser], later: Callable[[str], Callable[..., int]]
) -> None:
    """Add the commands; ``later`` gives the function of a command by its name."""
    channels = commands.add_parser("channels", help="portals that may show the widget")
    parts = channels.add_subparsers(title="parts", metavar="PART", required=True)
    create = parts.add_parser("create", help="open a channel; its key is shown once")
    create.add_argument("name", metavar="NAME", help="which portal it is")
    create.add_argument(
        "--origin",
        metavar="URL",
        action="append",
        required=True,
        help="origin of its pages, as in https://portal.example; may be given several times",
    )
    create.add_argument(
        "--per-minute",
        metavar="N",
        type=_per_minute,
        default=0,
        help="questions a minute of all its users together; default: no limit",
    )
    listed = parts.add_parser("list", help="list the channels")
    revoke = parts.add_parser("revoke", help="close a channel")
    revoke.add_argument("id", metavar="ID")
    for name, part in (("create", create), ("list", listed), ("revoke", revoke)):
        part.add_argument("--json", action="store_true", help="print JSON")
        part.set_defaults(run=later(f"channels {name}"))


def _per_minute(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= MAX_PER_MINUTE:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 to {MAX_PER_MINUTE}")
    return int(text)
