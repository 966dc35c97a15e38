"""Builds in processes of their own, for tests that end them, starve them or lock them out.

The processes come from a server that has loaded everything once: a fresh one would spend its life
on imports, and be killed there.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import chromadb  # noqa: F401 — loaded with the server, not by each of its processes

from corpus.schema import Policy
from index.errors import IndexingError
from index.schema import FloatMatrix
from index.words import Words
from tests.building import Builder
from tests.factories import PairEmbedder, make_policy

WORDS = Words()
NOBODY = 65534
BUILT, REFUSED, INTERRUPTED = 0, 3, 130
# More than two steps of embedding.
CLAUSES = 40


def edition(number: int) -> list[Policy]:
    """A corpus that shares some clauses with every other edition, and no two alike."""
    same = [f"各市州落实任务第{row}项，明确责任单位。" for row in range(CLAUSES // 4)]
    own = [
        f"第{number}版：到{2000 + row}年，床位达{row * 7 + number}张。" for row in range(CLAUSES)
    ]
    return [make_policy(same, policy_id="same"), make_policy(own, policy_id=f"own-{number}")]


class SlowEmbedder(PairEmbedder):
    """Takes its time, so that a build can be met while it runs."""

    def embed_passages(self, texts: list[str]) -> FloatMatrix:
        time.sleep(600)
        return super().embed_passages(texts)


def build_edition(
    folder: Path,
    number: int,
    pipe: Connection,
    *,
    before: Callable[[], None] = lambda: None,
    embedder: PairEmbedder | None = None,
) -> None:
    """Build, and say through the pipe when that starts and how it ended."""
    before()
    try:
        pipe.send("started")
        Builder(folder, WORDS).make(edition(number), embedder=embedder or PairEmbedder())
        pipe.send("built")
    except IndexingError as error:
        pipe.send(f"{type(error).__name__}: {error}")
        os._exit(REFUSED)
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)
    os._exit(BUILT)


class LimitFileSize:
    """No file may grow beyond this, as on a disk that is full."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes

    def __call__(self) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.max_bytes, self.max_bytes))


def become_nobody() -> None:
    """Permissions do not bind the administrator."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def start(folder: Path, number: int, **settings: Any) -> tuple[BaseProcess, Connection]:  # noqa: ANN401
    """A build of that edition in a process of its own, once it has begun."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.kill_targets"])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=build_edition, args=(folder, number, theirs), kwargs=settings)
    process.start()
    theirs.close()
    assert ours.recv() == "started"
    return process, ours


def outcome(process: BaseProcess, pipe: Connection) -> tuple[int | None, Sequence[str]]:
    """How the process ended, and what it said."""
    process.join()
    said: list[str] = []
    with pipe:
        while True:
            try:
                said.append(pipe.recv())
            except EOFError:
                break
    return process.exitcode, said
