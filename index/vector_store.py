"""Vectors in Chroma: the only module that knows it.

A store is one collection. Embedded, it lies in a folder that one process fills and any number may
read once it is full, never both at once: Chroma does not lock its files, and a reader that meets a
writer ends in a segmentation fault. On a server, the server takes care of that.
"""

from __future__ import annotations

import hashlib
import threading
import weakref
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from index.chroma_address import parse_address
from index.errors import IndexDamaged, StorageFailed
from index.schema import Chunk, FloatMatrix, FloatVector

# Below what SQLite takes in one statement; the one small enough for a request to a server.
BATCH_SIZE, FOLDER_BATCH_SIZE = 500, 5000
# More neighbours and a wider beam than Chroma's 16 and 100: the cosines of e5 lie so close together
# that the defaults miss some; at these sizes it costs a millisecond.
GRAPH = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 200}
# In a folder Chroma keeps the vectors, and vector_rows.py searches them: making a good graph would
# be most of the work of a large build, and nobody asks it.
FOLDER_GRAPH = GRAPH | {"ef_construction": 10, "max_neighbors": 4}
# Chroma writes the graph to disk only every thousand records and replays the rest at every start.
# At once, what is closed is whole, and reading it changes none of its files. A build, which knows
# how much it will change, says so instead: at once is the whole graph anew for every batch.
WRITE_AT_ONCE = {"sync_threshold": 1, "batch_size": 1}


# Chroma counts who uses a folder without a lock of its own. This one can be taken again by the same
# thread, because a store can be collected, and so closed, while another is being opened.
_OPENING = threading.RLock()


class VectorStore:
    """The vectors of one embedding model by chunk id."""

    def __init__(
        self,
        folder: Path,
        *,
        fingerprint: str,
        url: str | None = None,
        namespace: str = "",
        create: bool = False,
        changes: int = 0,
    ) -> None:
        """Open the collection in a folder or, given a URL, the one of that namespace on a server.

        With ``changes``, exactly so many chunks will be added and deleted before it is closed; the
        graph in the folder is then written once, with the last of them.

        Raises:
            IndexDamaged: there is no such collection, and none is to be made.
            StorageFailed: Chroma cannot be opened or reached.
        """
        self._is_remote = url is not None
        self._place = str(folder) if url is None else parse_address(url)[0]
        with self._mapped("open"):
            self._client = _persistent_client(folder) if url is None else _http_client(url)
        # Closed with the last reader that still holds it, whenever that is done.
        self._closed = weakref.finalize(self, _close, self._client)
        name = collection_name(fingerprint, namespace=namespace)
        with self._mapped("open"):
            self._collection = (
                _make(self._client, name, url=url) if create else _find(self._client, name)
            )
        if self._collection is None:
            self.close()
            raise IndexDamaged(f"{self._place} holds no vectors {name}; run `wenzheng build`")
        if changes and url is None:
            with self._mapped("open"):  # before anything else: the graph is loaded with it
                # What `modify` calls; that itself warns of embedding functions, which are not used.
                self._collection._client._modify(
                    id=self._collection.id,
                    new_configuration={"hnsw": {"sync_threshold": changes}},
                )

    def close(self) -> None:
        """Let go of the files or the connection; a second time does nothing."""
        self._closed()

    def add(self, chunks: Sequence[Chunk], vectors: FloatMatrix) -> None:
        """Store chunks that are not in yet, with row i of the vectors for chunk i."""
        size = BATCH_SIZE if self._is_remote else FOLDER_BATCH_SIZE
        for start in range(0, len(chunks), size):
            batch = chunks[start : start + size]
            with self._mapped("write to"):
                self._collection.add(
                    ids=[chunk.chunk_id for chunk in batch],
                    embeddings=vectors[start : start + size],
                    metadatas=self._metadata(batch),
                )

    def _metadata(self, chunks: Sequence[Chunk]) -> list[dict[str, str]] | None:
        # A folder is not asked by policy; there its rows would be most of what SQLite has to write.
        if not self._is_remote:
            return None
        return [{"policy_id": chunk.policy_id, "clause_id": chunk.clause_id} for chunk in chunks]

    def count(self) -> int:
        """How many chunks are stored."""
        with self._mapped("read"):
            return int(self._collection.count())

    def ids(self) -> set[str]:
        """The ids of all chunks that are stored."""
        with self._mapped("read"):
            return set(self._collection.get(include=[])["ids"])

    def existing(self, ids: Collection[str]) -> set[str]:
        """Those of the ids that are stored."""
        found: set[str] = set()
        for batch in _batches(ids):
            with self._mapped("read"):
                found.update(self._collection.get(ids=batch, include=[])["ids"])
        return found

    def vectors(self, ids: Collection[str]) -> dict[str, FloatVector]:
        """Id to vector, for those of the ids that are stored."""
        found: dict[str, FloatVector] = {}
        for batch in _batches(ids):
            with self._mapped("read"):
                records = self._collection.get(ids=batch, include=["embeddings"])
            rows = np.asarray(records["embeddings"], dtype=np.float32)
            found.update(zip(records["ids"], rows, strict=True))
        return found

    def delete(self, ids: Collection[str]) -> None:
        """Remove chunks; ids that are not stored are passed over."""
        for batch in _batches(ids):
            with self._mapped("write to"):
                self._collection.delete(ids=batch)

    def destroy(self) -> None:
        """Remove the collection itself, with everything in it."""
        with self._mapped("remove"):
            self._client.delete_collection(self._collection.name)

    def query(
        self, vector: FloatVector, *, limit: int, policy_ids: Collection[str] = ()
    ) -> list[tuple[str, float]]:
        """The nearest chunks: (id, cosine), best first.

        On a server only of these policies, if any are named.
        """
        where = {"policy_id": {"$in": sorted(policy_ids)}} if policy_ids else None
        with self._mapped("search"):
            found = self._collection.query(
                query_embeddings=[vector], n_results=limit, where=where, include=["distances"]
            )
        similarities = (1.0 - distance for distance in found["distances"][0])
        return list(zip(found["ids"][0], similarities, strict=True))

    @contextmanager
    def _mapped(self, action: str) -> Iterator[None]:
        # Everything, because Chroma raises bare Exception for some answers of a server.
        try:
            yield
        except Exception as error:
            reason = (str(error) or type(error).__name__).splitlines()[0]
            hint = "that the server runs" if self._is_remote else "free space and permissions"
            raise StorageFailed(
                f"cannot {action} the vectors in {self._place}: {reason}; check {hint}"
            ) from error


def collection_name(fingerprint: str, *, namespace: str) -> str:
    """Vectors of different models never mix, nor those of two deployments on one server."""
    return "wz-" + hashlib.sha256(f"{namespace}\0{fingerprint}".encode()).hexdigest()[:32]


def _batches(ids: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), BATCH_SIZE):
        yield ordered[start : start + BATCH_SIZE]


def _make(client: Any, name: str, *, url: str | None) -> Any:  # noqa: ANN401 — as below
    graph = GRAPH if url else FOLDER_GRAPH | WRITE_AT_ONCE
    return client.get_or_create_collection(
        name, embedding_function=None, configuration={"hnsw": graph}
    )


def _find(client: Any, name: str) -> Any:  # noqa: ANN401 — as below
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        return None


def _close(client: Any) -> None:  # noqa: ANN401 — as below
    with _OPENING:
        client.close()
    # Chroma forgets its connections to a server: its own, and that of its helper.
    for part in (client, client._admin_client):
        session = getattr(part._server, "_session", None)
        if session is not None:
            session.close()


def _persistent_client(folder: Path) -> Any:  # noqa: ANN401 — the type comes with the lazy import
    # Imported here: half a second that `wenzheng --help` does not need.
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    with _OPENING:
        try:
            return chromadb.PersistentClient(folder, settings=Settings(anonymized_telemetry=False))
        except Exception:
            # What did not start is kept by Chroma, and would be handed out at the next try.
            if str(folder) not in SharedSystemClient._identifier_to_refcount:
                SharedSystemClient._identifier_to_system.pop(str(folder), None)
            raise


def _http_client(url: str) -> Any:  # noqa: ANN401 — the type comes with the lazy import
    import chromadb
    from chromadb.config import Settings

    _, host, port, is_secure = parse_address(url)
    settings = Settings(anonymized_telemetry=False)
    with _OPENING:
        return chromadb.HttpClient(host, port, ssl=is_secure, settings=settings)
