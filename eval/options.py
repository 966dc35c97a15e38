"""The options of `wenzheng eval …`; loads nothing, so that `wenzheng --help` stays quick.

Each command leaves its name in ``options.evaluate``, a key of ``eval.commands.COMMANDS``.
"""

from __future__ import annotations

import argparse
from typing import TypeVar

DEFAULT_SEED = 20240612
_MAX_WORKERS = 64

Parser = TypeVar("Parser", bound=argparse.ArgumentParser)


def add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands that stand below `wenzheng eval`."""
    run = commands.add_parser("run", help="ask gold questions and measure the answers")
    _add_questions(run)
    _add_system(run)
    run.add_argument("--out", metavar="DIR", required=True, help="a new folder, or of a run begun")
    run.add_argument("--figures", metavar="FILE.md", help="document to write the figures into")
    _add_judgement(run)
    run.set_defaults(evaluate="run")
    compare = commands.add_parser("compare", help="compare two runs, the earlier one first")
    compare.add_argument("a", metavar="A", help="folder of the earlier run")
    compare.add_argument("b", metavar="B", help="folder of the later run")
    compare.add_argument(
        "--fail-on-regression", action="store_true", help="fail if B is significantly worse"
    )
    _add_judgement(compare)
    compare.set_defaults(evaluate="compare")
    check = commands.add_parser("check", help="prove gold files against the corpus")
    check.add_argument("paths", nargs="*", metavar="PATH", help="documents; none: the index's")
    _add_gold(check)
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(evaluate="check")


def _add_questions(command: argparse.ArgumentParser) -> None:
    _add_gold(command)
    command.add_argument(
        "--split", choices=("dev", "test", "all"), default="all", help="default: all"
    )
    command.add_argument(
        "--workers", type=_workers, default=1, metavar="N", help="questions at a time; default 1"
    )


def _add_gold(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--gold", metavar="FILE", nargs="+", action="extend", help="default: the shipped gold"
    )


def _add_system(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--system", metavar="NAME", default="wenzheng", help="wenzheng (default), or FILE.py:NAME"
    )
    command.add_argument(
        "--set", metavar="KEY=VALUE", action="append", default=[], help="change a setting"
    )
    command.add_argument("--endpoint", metavar="URL", help="ask the Wenzheng that is served there")
    command.add_argument(
        "--model", metavar="NAME", help="the endpoint is OpenAI-compatible and serves this model"
    )
    command.add_argument("--key-file", metavar="FILE", help="holds the key of the endpoint")


def _add_judgement(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--fail-under",
        metavar="MEASURE=VALUE",
        action="append",
        default=[],
        help="fail if the value is not reached, or is exceeded where lower is better",
    )
    command.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")
    command.add_argument("--json", action="store_true", help="print JSON")


def _workers(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= _MAX_WORKERS:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 to {_MAX_WORKERS}")
    return int(text)
