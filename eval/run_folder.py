"""The folder of a run: what stands in it, how it is written and read.

manifest.json          what the run is made of; "complete": true is written last
answers.partial.jsonl  while it goes on: a line for each question that is done, in any order
answers.jsonl          a line for each question, in gold order
run.trec, qrels.trec   the same in the form of TREC: what was found, and what is relevant
measures.json          overall, by type, and the risk–coverage curve
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import IO, Any

from eval.errors import RunUnusable
from eval.schema import GoldFile, Json, Run, RunManifest, Scored

MANIFEST = "manifest.json"
PARTIAL = "answers.partial.jsonl"
ANSWERS = "answers.jsonl"
MEASURES = "measures.json"
# What may differ between the start of a run and its continuation.
_CHANGING = ("engine", "started_at", "finished_at", "complete")


def dump(value: object) -> str:
    """JSON on one line; Chinese stays readable, and text that is not Unicode does not fail."""
    text = json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode("utf-8")


def write_whole(path: Path, text: str) -> None:
    """Write a file that appears whole, or not at all."""
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)


def write_manifest(folder: Path, manifest: RunManifest) -> None:
    """Write manifest.json, one key a line."""
    write_whole(
        folder / MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n"
    )


def read_manifest(folder: Path) -> RunManifest:
    """The manifest of a run folder.

    Raises:
        RunUnusable: there is none, or it cannot be read.
    """
    path = folder / MANIFEST
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        known = {entry.name for entry in fields(RunManifest)}
        values = {name: value for name, value in row.items() if name in known}
        values["gold"] = tuple(GoldFile(**item) for item in row["gold"])
        return RunManifest(**values)
    except FileNotFoundError as error:
        raise RunUnusable(f"{folder}: no run in it; make one with `wenzheng eval run`") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunUnusable(f"{path} cannot be read ({error}); make the run anew") from error


def same_run(manifest: RunManifest, other: RunManifest) -> str:
    """The first thing in which two manifests are not of the same run, or nothing."""
    first, second = asdict(manifest), asdict(other)
    return next(
        (name for name in first if name not in _CHANGING and first[name] != second[name]), ""
    )


@contextmanager
def partial_answers(folder: Path) -> Iterator[IO[str]]:
    """The file of answers that are done, to append to; held by one run at a time.

    Raises:
        RunUnusable: another run is writing to the folder.
    """
    with (folder / PARTIAL).open("a", encoding="utf-8", newline="\n") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunUnusable(f"{folder}: another run writes to it; wait, or stop it") from error
        yield file


def read_partial(folder: Path) -> dict[str, Json]:
    """The answers that are done, by id; a last line that was cut off is dropped from the file."""
    path = folder / PARTIAL
    if not path.exists():
        return {}
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        os.truncate(path, len(whole))
    found: dict[str, Json] = {}
    for line in whole.decode("utf-8").split("\n")[:-1]:
        try:
            row = json.loads(line)
            found[row["id"]] = row
        except (ValueError, KeyError, TypeError) as error:
            raise RunUnusable(f"{path} is damaged ({error}); delete the folder") from error
    return found


def write_answers(folder: Path, rows: Iterable[Scored]) -> None:
    """Write answers.jsonl."""
    write_whole(folder / ANSWERS, "".join(dump(asdict(row)) + "\n" for row in rows))


def read_run(folder: Path) -> Run:
    """A complete run.

    Raises:
        RunUnusable: there is none, it is not complete, or it cannot be read.
    """
    manifest = read_manifest(folder)
    if not manifest.complete:
        what = "the run is not complete; go on with the command that began it"
        raise RunUnusable(f"{folder}: {what}")
    path = folder / ANSWERS
    try:
        with path.open(encoding="utf-8") as file:
            rows = tuple(_scored(json.loads(line)) for line in file)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunUnusable(f"{path} cannot be read ({error}); make the run anew") from error
    expected = sum(file.records for file in manifest.gold)
    if len(rows) != expected:
        raise RunUnusable(f"{path} has {len(rows)} of {expected} answers; make the run anew")
    return Run(folder.name, manifest, rows)


def read_measures(folder: Path) -> Json:
    """What was measured of a complete run.

    Raises:
        RunUnusable: it cannot be read.
    """
    path = folder / MEASURES
    try:
        found: Json = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunUnusable(f"{path} cannot be read ({error}); make the run anew") from error
    return found


def _scored(row: dict[str, Any]) -> Scored:
    values = {entry.name: row[entry.name] for entry in fields(Scored)}
    return Scored(**{**values, "history": tuple(row["history"])})
