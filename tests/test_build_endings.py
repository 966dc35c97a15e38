"""Builds that come to a bad end: killed at any moment, twice at once, without room, locked out.

Whatever happens, the last complete index answers, and the next build goes on.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from index.errors import IndexBusy
from tests.building import Builder
from tests.kill_targets import (
    BUILT,
    INTERRUPTED,
    REFUSED,
    WORDS,
    LimitFileSize,
    SlowEmbedder,
    become_nobody,
    edition,
    outcome,
    start,
)

KILLS = 50
MAX_ROUNDS = 150


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    return Builder(tmp_path, WORDS)


def answering(builder: Builder, *numbers: int) -> int:
    """Which of the editions answers: whole, with words and vectors of one and the same build."""
    opened = builder.open()
    found = list(opened.policies.values())
    (number,) = [number for number in numbers if found == edition(number)]
    for policy in found:
        for clause in policy.clauses[::9]:
            hits = opened.search(clause.text, top_k=3)
            assert clause.text in [hit.clause.text for hit in hits]
            assert all(hit.policy in found for hit in hits)
            assert hits[0].passages[0].similarity > 0.5
    return number


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_builds_that_are_killed_at_random_moments(builder: Builder) -> None:
    chance = random.Random(7)
    builder.make(edition(0))
    begun = time.monotonic()
    builder.make(edition(1))
    usual_seconds = time.monotonic() - begun
    killed: list[int] = []
    for number in range(2, MAX_ROUNDS):
        process, pipe = start(builder.data_dir, number)
        time.sleep(chance.random() * 1.2 * usual_seconds)
        sent = chance.choice([signal.SIGKILL, signal.SIGINT])
        if process.exitcode is None and process.pid is not None:
            with suppress(ProcessLookupError):  # it was done just now
                os.kill(process.pid, sent)
        status, _ = outcome(process, pipe)
        assert status in (BUILT, INTERRUPTED, -signal.SIGKILL)
        live = answering(builder, number - 1, number)
        if status == BUILT:
            usual_seconds *= 0.9
            assert live == number
        else:
            killed.append(live - number)
        begun = time.monotonic()
        builder.make(edition(number))
        assert answering(builder, number) == number
        if len(killed) == KILLS:
            break
    assert len(killed) == KILLS
    assert -1 in killed  # the old index, at least once
    kept = list((builder.data_dir / "generations").iterdir())
    assert len(kept) == 2


def test_a_second_build_is_refused_while_one_runs_and_may_go_on_when_that_dies(
    builder: Builder,
) -> None:
    builder.make(edition(0))
    first, pipe = start(builder.data_dir, 1, embedder=SlowEmbedder())
    while not (builder.data_dir / "embeddings.sqlite3-wal").exists():
        assert first.exitcode is None
        time.sleep(0.01)
    status, said = outcome(*start(builder.data_dir, 2))
    assert status == REFUSED
    assert f"is being built by process {first.pid}; wait until it is done" in said[0]
    with pytest.raises(IndexBusy):
        builder.make(edition(2))
    assert answering(builder, 0) == 0
    first.kill()
    outcome(first, pipe)
    assert builder.make(edition(2)).chunks
    assert answering(builder, 2) == 2


@pytest.mark.parametrize("max_bytes", [0, 3_000, 40_000, 130_000])
def test_a_full_disk_is_reported_and_harmless(builder: Builder, max_bytes: int) -> None:
    builder.make(edition(0))
    status, said = outcome(*start(builder.data_dir, 1, before=LimitFileSize(max_bytes)))
    assert status == REFUSED
    assert said[-1].startswith("StorageFailed: ")
    assert "\n" not in said[-1]
    assert answering(builder, 0) == 0
    builder.make(edition(1))
    assert answering(builder, 1) == 1


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_folder_that_may_only_be_read_is_reported_and_harmless(open_folder: Path) -> None:
    builder = Builder(open_folder / "data", WORDS)
    builder.make(edition(0))
    for path in (builder.data_dir, *builder.data_dir.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    status, said = outcome(*start(builder.data_dir, 1, before=become_nobody))
    assert status == REFUSED
    lock = builder.data_dir / "lock"
    assert said[-1].startswith(f"StorageFailed: {lock}: Permission denied; allow writing there")
    assert answering(builder, 0) == 0
