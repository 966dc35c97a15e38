"""Files around a user's own questions: the gold they become, a template, answers to correct."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from eval.errors import GoldInvalid
from eval.run_folder import dump, write_whole
from eval.schema import GoldRecord, Json
from eval.scoring import rows
from eval.sheets import sheet_words, write_workbook

# Question, answer and clause hold sentences; so do the answer then given and what it cited.
_WIDE = (1, 2, 3)
_CANDIDATE_WIDE = (*_WIDE, 8, 9)


def gold_jsonl(records: Iterable[GoldRecord]) -> str:
    """Records as lines of a gold file."""
    return "".join(dump(_row(record)) + "\n" for record in records)


def write_template(path: Path) -> None:
    """Write an Excel file to fill in: the header, and two rows that show how."""
    words = sheet_words()["template"]
    write_workbook(path, words["title"], [words["header"], *words["rows"]], wide=_WIDE)


def write_candidates(answers: Iterable[Json], path: Path) -> int:
    """Write answers that users objected to as rows to correct; how many there were.

    Each is an answer of the contract, with ``history`` and ``comment`` where there are any. The
    expected answer and clause are left for a person to write: what was wrong must not become gold.
    """
    lines = [_candidate(answer) for answer in answers]
    words = sheet_words()
    header = [*words["template"]["header"], *words["candidates"]["header"]]
    write_workbook(path, words["candidates"]["title"], [header, *lines], wide=_CANDIDATE_WIDE)
    return len(lines)


def read_answers(path: Path) -> list[Json]:
    """Answers from a file with an object a line, as `wenzheng ask --batch` writes them.

    Raises:
        GoldInvalid: the file cannot be read, or a line is not an answer.
    """
    found: list[Json] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldInvalid(f"{path}: cannot be read ({error}); check the path") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldInvalid(f"{path.name}, line {number}: not JSON ({error.msg})") from error
        if not isinstance(row, dict) or not isinstance(row.get("question"), str):
            raise GoldInvalid(f"{path.name}, line {number}: no 'question'; give answers as JSON")
        found.append(row)
    return found


def write_gold(records: Iterable[GoldRecord], path: Path) -> None:
    """Write records as a gold file."""
    write_whole(path, gold_jsonl(records))


def _row(record: GoldRecord) -> Json:
    row: Json = {"id": record.id, "type": record.type}
    row |= {"history": list(record.history)} if record.history else {}
    row |= {
        "question": record.question,
        "answerable": record.answerable,
        "evidence": [{"doc": item.doc, "quote": item.quote} for item in record.evidence],
        "facts": [list(forms) for forms in record.facts],
    }
    row |= {"answer": record.answer} if record.answer else {}
    return row | ({"note": record.note} if record.note else {})


def _candidate(answer: Json) -> list[str]:
    places = [
        f"{each.get('title', '')} {each.get('label', '')}" for each in rows(answer, "citations")
    ]
    history = answer.get("history")
    earlier = "\n".join(map(str, history)) if isinstance(history, list) else ""
    text = str(answer.get("text") or answer.get("error") or "")
    return [
        str(answer.get("id") or ""),
        str(answer["question"]),
        "",
        "",
        "",
        earlier,
        "",
        "",
        text,
        "\n".join(dict.fromkeys(places)),
        str(answer.get("comment") or ""),
    ]
