"""Chroma behind its wall: what is stored, found and removed, in a folder and on a server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexDamaged, StorageFailed
from index.schema import Chunk, FloatMatrix
from index.vector_files import copy_vectors
from index.vector_store import VectorStore, collection_name
from tests.chroma_server import chroma_server

DIMENSIONS = 16
FINGERPRINT = "test model"


def make_chunks(count: int) -> list[Chunk]:
    return [
        Chunk(f"{i:032x}", f"p{i % 3}/{i}", f"p{i % 3}", 0, 5, f"text {i}") for i in range(count)
    ]


def make_vectors(count: int) -> FloatMatrix:
    vectors = np.random.default_rng(7).normal(size=(count, DIMENSIONS)).astype(np.float32)
    unit: FloatMatrix = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


CHUNKS = make_chunks(1200)
VECTORS = make_vectors(1200)
IDS = [chunk.chunk_id for chunk in CHUNKS]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(params=["folder", pytest.param("server", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    server = request.getfixturevalue("url") if request.param == "server" else None
    with closing(
        VectorStore(
            tmp_path / "chroma",
            fingerprint=FINGERPRINT,
            url=server,
            namespace=tmp_path.name,
            create=True,
        )
    ) as opened:
        yield opened


def test_nothing_is_in_a_new_store(store: VectorStore) -> None:
    assert store.count() == 0
    assert store.ids() == set()
    assert store.existing(IDS[:3]) == set()
    assert store.vectors(IDS[:3]) == {}
    assert store.query(VECTORS[0], limit=5) == []


def test_what_was_added_is_there_and_what_was_deleted_is_not(store: VectorStore) -> None:
    store.add(CHUNKS, VECTORS)  # more than a batch
    assert store.count() == 1200
    assert store.existing([*IDS[:5], "none", *IDS[:5]]) == set(IDS[:5])
    store.delete([*IDS[:700], "none"])
    assert store.ids() == set(IDS[700:])
    store.delete([])
    assert store.count() == 500
    assert store.query(VECTORS[0], limit=1)[0][0] != IDS[0]


def test_the_nearest_come_first_with_their_cosine(store: VectorStore) -> None:
    store.add(CHUNKS, VECTORS)
    found = store.query(VECTORS[3], limit=20)
    cosines = dict(zip(IDS, VECTORS @ VECTORS[3], strict=True))
    assert found[0][0] == IDS[3]
    assert [value for _, value in found] == sorted((v for _, v in found), reverse=True)
    assert all(value == pytest.approx(cosines[name], abs=1e-5) for name, value in found)
    # The graph is made anew at random, and may miss one.
    nearest = sorted(IDS, key=lambda name: -cosines[name])[:20]
    assert len({name for name, _ in found} & set(nearest)) >= 18


@pytest.mark.slow
def test_a_search_on_a_server_can_be_limited_to_policies(url: str, tmp_path: Path) -> None:
    opened = VectorStore(
        tmp_path, fingerprint=FINGERPRINT, url=url, namespace=tmp_path.name, create=True
    )
    with closing(opened) as store:
        store.add(CHUNKS[:90], VECTORS[:90])
        found = store.query(VECTORS[0], limit=90, policy_ids={"p1", "p2"})
        allowed = {c.chunk_id for c in CHUNKS[:90] if c.policy_id != "p0"}
        assert {name for name, _ in found} == allowed
        assert store.query(VECTORS[0], limit=5, policy_ids={"none"}) == []


def test_vectors_come_back_as_they_were(store: VectorStore) -> None:
    store.add(CHUNKS[:9], VECTORS[:9])
    found = store.vectors([*IDS[:9], "none"])
    assert found.keys() == set(IDS[:9])
    assert all(found[name] == pytest.approx(VECTORS[row]) for row, name in enumerate(IDS[:9]))


def test_a_removed_collection_is_not_there_any_more(store: VectorStore) -> None:
    store.add(CHUNKS[:9], VECTORS[:9])
    store.destroy()
    with pytest.raises(StorageFailed, match="cannot search the vectors in"):
        store.query(VECTORS[0], limit=1)


def test_models_and_deployments_do_not_share_a_collection() -> None:
    names = {
        collection_name("a", namespace="x"),
        collection_name("b", namespace="x"),
        collection_name("a", namespace="y"),
    }
    assert len(names) == 3


@pytest.mark.parametrize("count", [1, 40, 999, 1001])
def test_a_closed_folder_is_whole_and_reading_changes_none_of_its_graph(
    count: int, tmp_path: Path
) -> None:
    folder = tmp_path / "chroma"
    with closing(VectorStore(folder, fingerprint=FINGERPRINT, create=True)) as store:
        store.add(CHUNKS[:count], VECTORS[:count])
    graph = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and "sqlite" not in p.name}
    assert len(graph) > 3
    with closing(VectorStore(folder, fingerprint=FINGERPRINT)) as store:
        assert store.vectors(IDS[:count]).keys() == set(IDS[:count])
        assert store.query(VECTORS[0], limit=1)[0][0] == IDS[0]
    assert {p: p.read_bytes() for p in graph} == graph


def test_a_copy_is_a_store_of_its_own(tmp_path: Path) -> None:
    with closing(VectorStore(tmp_path / "a", fingerprint=FINGERPRINT, create=True)) as store:
        store.add(CHUNKS[:50], VECTORS[:50])
    with closing(VectorStore(tmp_path / "a", fingerprint=FINGERPRINT)) as reader:
        copy_vectors(tmp_path / "a", tmp_path / "b")
        with closing(VectorStore(tmp_path / "b", fingerprint=FINGERPRINT)) as store:
            store.delete(IDS[:10])
            store.add(CHUNKS[50:60], VECTORS[50:60])
            assert store.ids() == set(IDS[10:60])
            assert store.query(VECTORS[20], limit=1)[0][0] == IDS[20]
        assert reader.ids() == set(IDS[:50])
    with pytest.raises(StorageFailed, match="cannot copy the vectors"):
        copy_vectors(tmp_path / "none", tmp_path / "c")


def test_a_store_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="run `wenzheng build`"):
        VectorStore(tmp_path / "chroma", fingerprint=FINGERPRINT)


def test_a_broken_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"not a database" * 99)
    with pytest.raises(StorageFailed, match="cannot open the vectors in") as caught:
        VectorStore(tmp_path, fingerprint=FINGERPRINT)
    assert "\n" not in str(caught.value)
    (tmp_path / "chroma.sqlite3").unlink()
    VectorStore(tmp_path, fingerprint=FINGERPRINT, create=True).close()  # nothing of it is kept


def test_threads_may_open_and_close_one_folder(tmp_path: Path) -> None:
    VectorStore(tmp_path, fingerprint=FINGERPRINT, create=True).close()

    def use() -> int:
        with closing(VectorStore(tmp_path, fingerprint=FINGERPRINT)) as store:
            return store.count()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: use(), range(40))) == [0] * 40


def test_vectors_of_another_length_are_refused(store: VectorStore) -> None:
    store.add(CHUNKS[:2], VECTORS[:2])
    with pytest.raises(StorageFailed, match="cannot write to the vectors"):
        store.add(CHUNKS[2:4], VECTORS[2:4, :5])


@pytest.mark.parametrize(
    "url", ["chroma", "ftp://a:1", "http://", "http://a:x", "http://u:secret@a:1", "http://a/b"]
)
def test_a_url_that_is_none_is_refused_and_never_shown(url: str, tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="Chroma URL") as caught:
        VectorStore(tmp_path, fingerprint=FINGERPRINT, url=url)
    assert "secret" not in str(caught.value)


@pytest.mark.slow
def test_a_server_that_goes_away_is_one_line(tmp_path: Path) -> None:
    with chroma_server(tmp_path) as url:
        store = VectorStore(tmp_path, fingerprint=FINGERPRINT, url=url, create=True)
    with closing(store), pytest.raises(StorageFailed, match=f"search the vectors in {url}"):
        store.query(VECTORS[0], limit=1)
    with pytest.raises(StorageFailed, match=f"cannot open the vectors in {url}"):
        VectorStore(tmp_path, fingerprint=FINGERPRINT, url=url)


@pytest.mark.slow
def test_several_processes_may_read_one_folder(tmp_path: Path) -> None:
    with closing(VectorStore(tmp_path, fingerprint=FINGERPRINT, create=True)) as store:
        store.add(CHUNKS, VECTORS)
    program = (
        "import sys; from pathlib import Path; from tests.test_vector_store import *\n"
        "for row in range(30):\n"
        "    with closing(VectorStore(Path(sys.argv[1]), fingerprint=FINGERPRINT)) as store:\n"
        "        assert store.query(VECTORS[row], limit=1)[0][0] == IDS[row]"
    )
    root = Path(__file__).parent.parent
    command = [sys.executable, "-c", program, str(tmp_path)]
    readers = [subprocess.Popen(command, cwd=root) for _ in range(3)]
    assert [reader.wait() for reader in readers] == [0, 0, 0]
