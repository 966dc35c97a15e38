"""The command line: `wenzheng build | ask | search | serve | policies | show | outline | …`.

Only parses, prints and maps errors to one line on stderr. Exit status 0, 1 (failed) or 2 (wrong
use). Heavy libraries are loaded by the command that needs them.
"""

from __future__ import annotations

import argparse
import functools
import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NoReturn

from assistant.settings import SettingInvalid, Settings
from eval.options import add_commands
from eval.report_options import add_report_commands
from ui.channel_options import add_channel_commands
from ui.records_options import add_records_commands
from ui.records_schema import RecordInvalid, RecordsError
from ui.status import FAILED, INTERRUPTED, WRONG_USE, UsageError

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 7860

_Commands = argparse._SubParsersAction


class _Parser(argparse.ArgumentParser):
    """Reports wrong use in one line, as every other error is."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read on, and end."""
        self.exit(WRONG_USE, f"wenzheng: {message}; see `{self.prog} --help`\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal that cannot show Chinese is no error
        sys.stdout.reconfigure(errors="backslashreplace")
    parser = _parser()
    options = parser.parse_args(arguments)
    if not hasattr(options, "run"):
        parser.print_help()
        return WRONG_USE
    from corpus.errors import CorpusError
    from index.errors import IndexingError

    try:
        settings = Settings.from_environment()
        if options.data:
            settings = replace(settings, data=options.data)
        run: Callable[[argparse.Namespace, Settings], int] = options.run
        status = run(options, settings)
        sys.stdout.flush()  # here, where a reader that has gone is no error
        return status
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (UsageError, SettingInvalid, RecordInvalid) as error:
        return _say(error, WRONG_USE)
    except (CorpusError, IndexingError, RecordsError, OSError) as error:
        return _say(error, FAILED)
    except KeyboardInterrupt:
        return _say("interrupted; what was there before is unchanged", INTERRUPTED)


def _say(error: object, status: int) -> int:
    print("wenzheng: " + " ".join(str(error).split()), file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="wenzheng", description="Answers from policy texts, word for word, with the clause."
    )
    parser.add_argument("--data", metavar="DIR", default="", help="folder of the index")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_build(commands)
    _add_questions(commands)
    _add_serve(commands)
    _add_reading(commands)
    _add_doctor(commands)
    add_records_commands(commands, _later)
    add_channel_commands(commands, _later)
    _add_evaluation(commands)
    return parser


def _add_build(commands: _Commands[_Parser]) -> None:
    build = commands.add_parser("build", help="read documents and make the index")
    build.add_argument("paths", nargs="*", metavar="PATH", help="files or folders; none: shipped")
    build.add_argument("--json", action="store_true", help="print the report as JSON")
    build.set_defaults(run=_later("build"))


def _add_questions(commands: _Commands[_Parser]) -> None:
    for name, word, help_text in (
        ("ask", "QUESTION", "answer a question, or a file of them"),
        ("search", "QUERY", "list the clauses that a question leads to"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("question", nargs="?", metavar=word)
        command.add_argument("--json", action="store_true", help="print JSON")
        command.add_argument("--batch", metavar="IN.jsonl", help="questions, one object a line")
        command.add_argument("--out", metavar="OUT.jsonl", help="where the batch's answers go")
        if name == "search":
            command.add_argument("--top", type=_count, default=10, metavar="K", help="default 10")
        command.set_defaults(run=_later(name))


def _add_serve(commands: _Commands[_Parser]) -> None:
    serve = commands.add_parser("serve", help="serve the chat and the API")
    serve.add_argument("--host", default=DEFAULT_HOST, help=f"default {DEFAULT_HOST}")
    serve.add_argument("--port", type=_port, default=DEFAULT_PORT, help=f"default {DEFAULT_PORT}")
    serve.set_defaults(run=_later("serve"))


def _add_reading(commands: _Commands[_Parser]) -> None:
    policies = commands.add_parser("policies", help="list the policies of the index")
    policies.set_defaults(run=_later("policies"))
    outline = commands.add_parser("outline", help="show a file as it is read")
    outline.add_argument("file", metavar="FILE")
    outline.set_defaults(run=_later("outline"))
    show = commands.add_parser("show", help="show a clause and what stands below it")
    show.add_argument("address", metavar="ADDRESS", help="a clause id, or 医师法 第三条")
    show.set_defaults(run=_later("show"))
    for command in (policies, outline, show):
        command.add_argument("--json", action="store_true", help="print JSON")


def _add_doctor(commands: _Commands[_Parser]) -> None:
    doctor = commands.add_parser("doctor", help="say of every part whether it works; what to do")
    doctor.add_argument("--json", action="store_true", help="print JSON")
    doctor.add_argument("--english", action="store_true", help="in English")
    doctor.set_defaults(run=_later("doctor"))


def _add_evaluation(commands: _Commands[_Parser]) -> None:
    evaluate = commands.add_parser("eval", help="measure answers on gold questions")
    parts = evaluate.add_subparsers(title="parts", metavar="PART", required=True)
    add_commands(parts)
    add_report_commands(parts)
    evaluate.set_defaults(run=_evaluate)


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    """A part of the evaluation, imported when it is run."""
    from eval.commands import COMMANDS
    from eval.errors import EvaluationError, EvaluationMisused
    from eval.report_commands import REPORT_COMMANDS
    from ui.progress import progress_bar

    try:
        chosen = {**COMMANDS, **REPORT_COMMANDS}[options.evaluate]
        return chosen(options, settings, print, progress_bar)
    except EvaluationMisused as error:
        return _say(error, WRONG_USE)
    except EvaluationError as error:
        return _say(error, FAILED)


def _later(name: str) -> Callable[[argparse.Namespace, Settings], int]:
    """The command's function, imported when it is run: `--help` loads nothing."""

    def run(options: argparse.Namespace, settings: Settings) -> int:
        from ui.channel_commands import CHANNEL_COMMANDS
        from ui.commands import COMMANDS
        from ui.doctor import DOCTOR_COMMANDS
        from ui.records_commands import RECORDS_COMMANDS

        # A server says where it listens at once, to a file or a pipe as well.
        lines = functools.partial(print, flush=name in ("serve", "doctor"))
        known = {**COMMANDS, **RECORDS_COMMANDS, **CHANNEL_COMMANDS, **DOCTOR_COMMANDS}
        chosen: Callable[..., int] = known[name]
        return chosen(options, settings, lines)

    return run


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 to 1000")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port, 0 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
