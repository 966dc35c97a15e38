"""The options of `wenzheng eval report | ablate | sheet | candidates | judge`; loads nothing."""

from __future__ import annotations

import argparse
from typing import TypeVar

from eval.options import DEFAULT_SEED

Parser = TypeVar("Parser", bound=argparse.ArgumentParser)


def add_report_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands that stand below `wenzheng eval`."""
    report = commands.add_parser("report", help="make a page, Markdown and CSV of a run")
    report.add_argument("folder", metavar="RUN", help="folder of a complete run")
    report.add_argument("--out", metavar="DIR", help="default: report/ inside RUN")
    _add_language(report)
    report.set_defaults(evaluate="report")

    ablate = commands.add_parser("ablate", help="run a table of systems and compare them")
    ablate.add_argument("table", metavar="SYSTEMS.toml", help="the first system is the reference")
    ablate.add_argument(
        "--gold", metavar="FILE", nargs="+", action="extend", help="default: shipped"
    )
    ablate.add_argument("--split", choices=("dev", "test", "all"), default="all")
    ablate.add_argument("--out", metavar="DIR", required=True, help="folder of runs and table")
    ablate.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")
    ablate.add_argument("--workers", type=int, choices=range(1, 65), default=1, metavar="N")
    _add_language(ablate)
    ablate.set_defaults(evaluate="ablate")

    sheet = commands.add_parser("sheet", help="evaluate on your own questions, Excel or CSV")
    sheet.add_argument("sheet", metavar="FILE", nargs="?", help="columns 问题, 标准答案, 依据条款")
    sheet.add_argument("--template", metavar="FILE.xlsx", help="write a sheet to fill in instead")
    sheet.add_argument("--out", metavar="DIR", help="folder of gold, run and report")
    sheet.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")
    sheet.add_argument("--workers", type=int, choices=range(1, 65), default=1, metavar="N")
    _add_language(sheet)
    sheet.set_defaults(evaluate="sheet")

    candidates = commands.add_parser("candidates", help="answers that were objected to, as a sheet")
    candidates.add_argument("answers", metavar="ANSWERS.jsonl", help="answers, one object a line")
    candidates.add_argument("--out", metavar="FILE.xlsx", required=True)
    candidates.set_defaults(evaluate="candidates")
    _add_judge(commands)


def _add_judge(commands: argparse._SubParsersAction[Parser]) -> None:
    judge = commands.add_parser("judge", help="ask a language model about answers of a run")
    judge.add_argument("folder", metavar="RUN", help="folder of a complete run")
    judge.add_argument("--endpoint", metavar="URL", required=True, help="OpenAI-compatible")
    judge.add_argument("--model", metavar="NAME", required=True)
    judge.add_argument("--key-file", metavar="FILE", help="holds the key of the endpoint")
    judge.add_argument("--sample", type=int, default=50, metavar="N", help="answers; default 50")
    judge.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")
    judge.set_defaults(evaluate="judge")


def _add_language(command: argparse.ArgumentParser) -> None:
    command.add_argument("--language", choices=("zh", "en"), default="zh", help="default zh")
