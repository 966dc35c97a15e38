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
from index.lexical import Words
from index.schema import FloatMatrix
from index.staging import StagedVectors
from index.store import DataFolder
from index.vector_store import VectorStore
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


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


# Every step of a build that leaves something behind, in order, and whether the switch is done.
STEPS = [
    (index.filling, "copy_vectors", False),
    (StagedVectors, "put", False),
    (VectorStore, "add", False),
    (VectorStore, "delete", False),
    (VectorStore, "vectors", False),
    (index.build, "write_generation", False),
    (index.build, "seal", False),
    (index.store, "sync", True),  # the manifest is renamed, and not yet known to be on the disk
    (StagedVectors, "clear", True),
    (DataFolder, "remove_generations", True),
]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(
    ("owner", "step", "is_switched"), STEPS, ids=[f"{step}" for _, step, _ in STEPS]
)
def test_a_kill_leaves_the_old_index_or_the_new_one(
    builder: Builder,
    expected: tuple[Answers, Answers],
    owner: Any,  # noqa: ANN401 — a module or a class
    step: str,
    is_switched: bool,
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
    assert builder.answers() == expected[is_switched]
    builder.make(NEW)
    assert builder.answers() == expected[True]


KILLED_PROGRAM = """
import os, signal, sys
from pathlib import Path
from tests.test_build import NEW, PairEmbedder, build, make_document

left = int(sys.argv[2])
def hook(event, arguments):
    global left
    if event in EVENTS and str(sys.argv[1]) in str(arguments[0]):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
EVENTS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "sqlite3.connect"}
sys.addaudithook(hook)
build([make_document(p) for p in NEW], NEW, data_dir=Path(sys.argv[1]), embedder=PairEmbedder())
"""


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_the_old_index_or_the_new_one(
    builder: Builder,
    tmp_path: Path,
    expected: tuple[Answers, Answers],
) -> None:
    builder.make(OLD)
    files = 1
    found: list[Answers] = []
    while True:
        command = [sys.executable, "-c", KILLED_PROGRAM, str(tmp_path), str(files)]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        found.append(builder.answers())
        assert found[-1] in expected
        if status == 0:
            break
        assert status == -signal.SIGKILL
        if found[-1] == expected[1]:
            builder.make(OLD)
        files = files * 3 // 2 + 1  # a process a step would take minutes
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
    step: str,
    builder: Builder,
    expected: tuple[Answers, Answers],
    url: str,
) -> None:
    builder.make(OLD)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(index.build, step)
        with pytest.raises(NameError):
            builder.make(NEW)
    assert beside.answers() == expected[0]
    assert builder.make(NEW).embedded == 0  # the server kept what was embedded
