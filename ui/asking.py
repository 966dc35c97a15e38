"""The commands that take questions: one on the command line, or a file of them."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.chain import Assistant
from assistant.hit_rows import hit_row
from assistant.opening import open_assistant, open_index
from assistant.schema import Answer, Question
from assistant.settings import Settings
from ui.progress import progress_bar
from ui.render import answer_to_json
from ui.status import FAILED, Print, UsageError

Row = dict[str, Any]
Answerer = Callable[[Question], Row]
Failure = Callable[[Question, str], Row]


def ask(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Answer one question, or each of a file."""
    given = _given(options)
    assistant = open_assistant(open_index(settings), settings)
    if isinstance(given, _Files):
        return _batch(given, lambda question: answer_to_json(assistant.ask(question)), _no_answer)
    answer = assistant.ask(given)
    if options.json:
        line(dump(answer_to_json(answer)))
    elif answer.status == "error":
        raise UsageError(answer.error or answer.text)
    else:
        line(answer.text)
        if answer.note:
            line(answer.note)
        for citation in answer.citations or answer.nearest:
            number = f"（{citation.document_number}）" if citation.document_number else ""
            line(f"[{citation.number}] 《{citation.title}》{number} {citation.label}")
            line(f"    {citation.quote}")
    return FAILED if answer.status == "error" else 0


def search(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """List the clauses that one question leads to, or each of a file."""
    given = _given(options)
    assistant = Assistant(open_index(settings))

    def hits_of(question: Question) -> Row:
        started = time.perf_counter()
        rows = [hit_row(hit) for hit in assistant.find(question, top_k=options.top)]
        seconds = round(time.perf_counter() - started, 4)
        return {"id": question.id, "question": question.text, "hits": rows, "seconds": seconds}

    if isinstance(given, _Files):
        return _batch(given, hits_of, _no_hits)
    try:
        found = hits_of(given)
    except ValueError as error:
        raise UsageError(str(error)) from error
    if options.json:
        line(dump(found))
        return 0
    for hit in found["hits"]:
        line(f"{hit['rank']:>3}  {hit['score']:.2f}  《{hit['title']}》 {hit['label']}")
        line(f"     {' '.join(hit['clause_text'].split())[:100]}")
    return 0


def dump(value: object) -> str:
    """JSON on one line; Chinese stays readable, and text that is not Unicode does not fail."""
    text = json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class _Files:
    questions: Path
    answers: Path


def _given(options: argparse.Namespace) -> _Files | Question:
    """The question, or the files of a batch; looked at before anything is loaded."""
    if not options.batch and not options.out:
        if not options.question or not options.question.strip():
            raise UsageError("the question is empty; write it in quotes behind the command")
        return Question(options.question)
    if options.question or not options.batch or not options.out:
        raise UsageError("a batch needs --batch IN.jsonl and --out OUT.jsonl, and no question")
    files = _Files(Path(options.batch), Path(options.out))
    if not files.questions.is_file():
        raise UsageError(f"{files.questions}: no such file; check the path")
    if files.answers.is_dir() or not files.answers.parent.is_dir():
        raise UsageError(f"{files.answers}: not a file in a folder that is there; choose another")
    return files


def _batch(files: _Files, answer: Answerer, no_answer: Failure) -> int:
    """Answer each line in order; the file appears whole, or not at all."""
    lines = _lines(files.questions)
    temporary = files.answers.with_name(f"{files.answers.name}.{os.getpid()}.part")
    failed = 0
    try:
        with temporary.open("w", encoding="utf-8") as out, progress_bar("answering") as progress:
            for done, (number, text) in enumerate(lines, start=1):
                row = _answered(text, number, answer, no_answer)
                failed += row.get("status") == "error"
                out.write(dump(row) + "\n")
                progress(done, len(lines))
        temporary.replace(files.answers)
    finally:
        temporary.unlink(missing_ok=True)
    if failed:
        sys.stderr.write(f"wenzheng: {failed} of {len(lines)} lines failed; see their 'error'\n")
    return FAILED if failed else 0


def _lines(path: Path) -> list[tuple[int, str]]:
    """The lines that are not blank with their numbers; only a line feed ends a line of JSON."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 ({error.reason}); save it as UTF-8") from error
    return [(number, text) for number, text in enumerate(lines, start=1) if text.strip()]


def _answered(text: str, number: int, answer: Answerer, no_answer: Failure) -> Row:
    question = Question(text[:200])
    try:
        row = _parsed(text)
        question = Question(question.text, _id(row))
        question = _checked(row)
        return answer(question)
    except ValueError as error:
        return no_answer(question, f"line {number}: {error}")


def _no_answer(question: Question, problem: str) -> Row:
    """The line of a question that could not be read."""
    text, seconds = question.text, {"total": 0.0}
    return answer_to_json(
        Answer(question.id, text, text, "error", text=problem, seconds=seconds, error=problem)
    )


def _no_hits(question: Question, problem: str) -> Row:
    """The line of a question that could not be looked up."""
    row = {"id": question.id, "question": question.text, "hits": [], "seconds": 0.0}
    return {**row, "status": "error", "error": problem}


def _parsed(text: str) -> Row:
    """The object of a line.

    Raises:
        ValueError: not JSON, or not an object.
    """
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg}); write one object a line") from error
    except RecursionError as error:
        raise ValueError("JSON nested too deep; write one object a line") from error
    if not isinstance(row, dict):
        raise ValueError('no object; write {"id": …, "question": …}')
    return row


def _id(row: Row) -> str:
    return "" if row.get("id") is None else str(row["id"])


def _checked(row: Row) -> Question:
    """A question from its object.

    Raises:
        ValueError: a field is missing or of the wrong type.
    """
    if not isinstance(row.get("question"), str):
        raise ValueError('no \'question\' of type string; write {"id": …, "question": …}')
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(item, str) for item in history):
        raise ValueError("'history' is not a list of strings; give earlier questions or leave it")
    return Question(row["question"], _id(row), tuple(history))
