"""A build that is killed: at every moment either the old index answers or the new one."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import index.build
import index.filling
import index.store
from index.schema import FloatMatrix
from index.store import DataFolder
from index.vector_cache import VectorCache
from index.vector_store import VectorStore
from index.words import Words
from tests.building import NEW, OLD, Answers, Builder, expected_answers
from tests.chroma_server import chroma_server
from tests.factories import PairEmbedder

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, words: Words) -> tuple[Answers, Answers]:
    return expected_answers(tmp_path_factory.mktemp("expected"), words)


@pytest.fixture
def builder(tmp_path: Path, words: Words) -> Builder:
    return Builder(tmp_path, words)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture
def beside_server(tmp_path: Path, words: Words, url: str) -> Builder:
    return Builder(tmp_path, words, url)


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


# Every step of a build that leaves something behind, in order; the index that answers after it.
BEFORE_SWITCH, AFTER_SWITCH = 0, 1
STEPS = [
    (index.filling, "copy_vectors", BEFORE_SWITCH),
    (VectorCache, "put", BEFORE_SWITCH),
    (VectorStore, "add", BEFORE_SWITCH),
    (VectorStore, "delete", BEFORE_SWITCH),
    (VectorStore, "vectors", BEFORE_SWITCH),
    (index.build, "write_generation", BEFORE_SWITCH),
    (index.build, "seal", BEFORE_SWITCH),
    (
        index.store,
        "sync",
        AFTER_SWITCH,
    ),  # the manifest is renamed, perhaps not on the disk
    (VectorCache, "trim", AFTER_SWITCH),
    (DataFolder, "remove_generations", AFTER_SWITCH),
]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(("owner", "step", "answering"), STEPS, ids=[step for _, step, _ in STEPS])
def test_a_kill_leaves_the_old_index_or_the_new_one(
    builder: Builder,
    expected: tuple[Answers, Answers],
    owner: Any,  # noqa: ANN401 — a module or a class
    step: str,
    answering: int,
    moment: str,
) -> None:
    builder.make(OLD)
    real = getattr(owner, step)

    def killed(*arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        if moment == "after":
            real(*arguments, **settings)
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, step, killed)
        with pytest.raises(Killed):
            builder.make(NEW)
    assert builder.answers() == expected[answering]
    builder.make(NEW)
    assert builder.answers() == expected[AFTER_SWITCH]


# Ends itself like `kill -9` at the n-th time that it touches a file of the data folder.
KILLED_PROGRAM = """
import os, signal, sys
from pathlib import Path
from index.words import Words
from tests.building import NEW, Builder

folder, left = sys.argv[1], int(sys.argv[2])
builder = Builder(Path(folder), Words())

def hook(event, arguments):
    global left
    if event in EVENTS and folder in str(arguments[0]):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

EVENTS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "sqlite3.connect"}
sys.addaudithook(hook)
builder.make(NEW)
"""


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_the_old_index_or_the_new_one(
    builder: Builder, tmp_path: Path, expected: tuple[Answers, Answers]
) -> None:
    found: list[Answers] = []
    touch, status = 1, -signal.SIGKILL
    while status != 0:
        builder.make(OLD)
        command = [sys.executable, "-c", KILLED_PROGRAM, str(tmp_path), str(touch)]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        found.append(builder.answers())
        assert status in (0, -signal.SIGKILL)
        assert found[-1] in expected
        touch = touch * 4 // 3 + 1  # a process for each touch would take minutes
    assert len(found) > 10
    assert found[0] == expected[0]
    assert found[-1] == expected[1]


def test_a_build_goes_on_where_one_was_killed(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.filling, "CHUNKS_PER_STEP", 1)

    class Dying(PairEmbedder):
        def embed_passages(self, texts: list[str]) -> FloatMatrix:
            if len(self.embedded) == 3:
                raise Killed
            return super().embed_passages(texts)

    dying, living = Dying(), PairEmbedder()
    with pytest.raises(Killed):
        builder.make(NEW, embedder=dying)
    assert builder.make(NEW, embedder=living).embedded == 1
    assert len(dying.embedded + living.embedded) == 4
    assert len(set(dying.embedded + living.embedded)) == 4


@pytest.mark.slow
@pytest.mark.parametrize("step", ["write_generation", "seal"])
def test_a_kill_beside_a_server_leaves_the_old_index(
    step: str, beside_server: Builder, expected: tuple[Answers, Answers]
) -> None:
    beside_server.make(OLD)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(index.build, step)
        with pytest.raises(NameError):
            beside_server.make(NEW)
    assert beside_server.answers() == expected[0]
    assert beside_server.make(NEW).embedded == 0  # the server kept what was embedded
