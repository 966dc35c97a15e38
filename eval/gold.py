"""Reads gold files and their split; every record is complete and of the right form, or it is said.

Whether a record fits a corpus is the business of ``gold_check``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, TypeGuard

from eval.errors import EvaluationMisused, GoldInvalid
from eval.schema import SPLITS, TYPES, Evidence, Gold, GoldFile, GoldRecord

SPLIT_FILE = "split.json"


def shipped_gold() -> list[Path]:
    """The gold files that come with the package, by name."""
    return sorted((Path(str(resources.files("eval"))) / "gold").glob("*.jsonl"))


def read_gold(paths: Sequence[Path], *, split: str = "all") -> Gold:
    """The records of gold files in their order; of a split only those that it names.

    Raises:
        GoldInvalid: a file cannot be read, a line is not a record, an id is there twice, or the
            split does not name each record.
        EvaluationMisused: there is no such split, or no split.json beside a file, or nothing in it.
    """
    if split not in SPLITS:
        raise EvaluationMisused(f"there is no split '{split}'; use {', '.join(SPLITS)}")
    files: list[GoldFile] = []
    records: dict[str, GoldRecord] = {}
    for path in paths:
        content = _bytes(path)
        found = parse_gold(content, name=path.name)
        names = {} if split == "all" else _needed_split(path)
        kept = [record for record in found if split == "all" or _part(record, names, path) == split]
        for record in kept:
            if records.setdefault(record.id, record) is not record:
                raise GoldInvalid(f"{path.name}: the id {record.id} is there twice; rename one")
        files.append(GoldFile(path.name, hashlib.sha256(content).hexdigest(), len(kept)))
    if not records:
        raise EvaluationMisused(f"no gold records in split '{split}'; name a file that has some")
    return Gold(tuple(records.values()), tuple(files), split)


def parse_gold(content: bytes, *, name: str) -> list[GoldRecord]:
    """The records of a gold file, one JSON object a line; blank lines are passed over.

    Raises:
        GoldInvalid: a line is not a record; the message names file and line.
    """
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise GoldInvalid(f"{name}: not UTF-8 ({error.reason}); save it as UTF-8") from error
    records: list[GoldRecord] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            records.append(record_of(json.loads(line)))
        except json.JSONDecodeError as error:
            where = f"{name}, line {number}"
            raise GoldInvalid(f"{where}: not JSON ({error.msg}); one object a line") from error
        except (GoldInvalid, RecursionError) as error:
            raise GoldInvalid(f"{name}, line {number}: {error}") from error
    return records


def record_of(row: object) -> GoldRecord:
    """A gold record from its JSON object; fields that are not known are passed over.

    Raises:
        GoldInvalid: a field is missing, has the wrong form, or contradicts another.
    """
    if not isinstance(row, dict):
        raise GoldInvalid('not an object; a record is {"id": …, "type": …, "question": …}')
    record = GoldRecord(
        id=_text(row, "id"),
        type=_text(row, "type"),
        question=_text(row, "question"),
        answerable=_truth(row, "answerable"),
        evidence=tuple(_evidence(item) for item in _list(row, "evidence")),
        facts=tuple(_fact(item) for item in _list(row, "facts")),
        history=_texts(row.get("history") or [], "history"),
        answer=str(row.get("answer") or ""),
        note=str(row.get("note") or ""),
    )
    problem = _contradiction(record)
    if problem:
        raise GoldInvalid(f"{record.id}: {problem}")
    return record


def read_split(folder: Path) -> dict[str, str]:
    """The split beside gold files: id → dev or test; empty where there is none.

    Raises:
        GoldInvalid: it cannot be read, or names another part.
    """
    path = folder / SPLIT_FILE
    if not path.exists():
        return {}
    try:
        names = json.loads(_bytes(path).decode("utf-8-sig"))
    except ValueError as error:
        raise GoldInvalid(f'{path}: not JSON ({error}); write {{id: "dev" or "test"}}') from error
    if not isinstance(names, dict) or not set(map(str, names.values())) <= {"dev", "test"}:
        raise GoldInvalid(f'{path}: a value is neither "dev" nor "test"; correct it')
    return names


def _needed_split(path: Path) -> dict[str, str]:
    names = read_split(path.parent)
    if not names:
        raise EvaluationMisused(f"{path}: no {SPLIT_FILE} beside it; use --split all")
    return names


def _part(record: GoldRecord, names: dict[str, str], path: Path) -> str:
    if record.id not in names:
        raise GoldInvalid(f"{path.name}: {record.id} is in no split; add it to {SPLIT_FILE}")
    return names[record.id]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise EvaluationMisused(f"{path}: no such gold file; check the path") from error
    except OSError as error:
        raise GoldInvalid(f"{path}: {error.strerror}; check it") from error


def _contradiction(record: GoldRecord) -> str:
    """What in a record contradicts itself, or nothing."""
    if record.type not in TYPES:
        return f"there is no type '{record.type}'; use one of {', '.join(TYPES)}"
    if (record.type == "unanswerable") == record.answerable:
        return "'answerable' is false for the type unanswerable, and only for it"
    if bool(record.history) != (record.type == "followup"):
        return "'history' belongs to a followup, and only to it"
    if record.answerable and not (record.evidence and record.facts):
        return "no evidence or no facts; an answerable question has both"
    if not record.answerable and (record.evidence or record.facts):
        return "evidence or facts, but not answerable; remove them"
    return ""


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise GoldInvalid(f"'{name}' is missing, empty or not a string; write one")
    return value


def _truth(row: dict[str, Any], name: str) -> bool:
    value = row.get(name)
    if not isinstance(value, bool):
        raise GoldInvalid(f"'{name}' is missing or neither true nor false; write one of them")
    return value


def _list(row: dict[str, Any], name: str) -> list[object]:
    value = row.get(name)
    if not isinstance(value, list):
        raise GoldInvalid(f"'{name}' is missing or not a list; write [] where there is none")
    return value


def _evidence(item: object) -> Evidence:
    if not isinstance(item, dict):
        raise GoldInvalid('\'evidence\' holds something else than {"doc": …, "quote": …}')
    return Evidence(_text(item, "doc"), _text(item, "quote"))


def _fact(item: object) -> tuple[str, ...]:
    forms = _texts(item, "facts")
    if not forms or not all(form.strip() for form in forms):
        raise GoldInvalid("'facts' holds an empty list or form; a fact has one form or more")
    return forms


def _texts(value: object, name: str) -> tuple[str, ...]:
    if not _is_texts(value):
        raise GoldInvalid(f"'{name}' is not made of lists of strings")
    return tuple(value)


def _is_texts(value: object) -> TypeGuard[Iterable[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
