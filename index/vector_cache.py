"""Vectors that were made once, by model and text: no build embeds the same words a second time.

A clause that moved, a model that was tried and given up, an index that was damaged, a build that
was killed: what was embedded before is found here. Nothing but time is lost if it is deleted.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import StorageFailed
from index.schema import FloatMatrix, FloatVector

# Some 650,000 vectors of 384 numbers. A larger index keeps its own vectors from build to build.
MAX_BYTES = 2**30
_ROW_BYTES = 80  # of a row besides its vector
# Below what SQLite takes in one statement.
_KEYS_AT_ONCE = 500
_TABLE = """
CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, used REAL NOT NULL, vector BLOB NOT NULL)
"""
_OLDEST = "SELECT rowid FROM vectors ORDER BY used, rowid LIMIT ?"


class VectorCache:
    """A database beside the index; what `put` wrote outlives the process once it returns.

    For one thread of one build at a time.
    """

    def __init__(self, path: Path, *, fingerprint: str, max_bytes: int = MAX_BYTES) -> None:
        self._path = path
        self._fingerprint = fingerprint
        self._max_bytes = max_bytes
        self._opened: sqlite3.Connection | None = None

    def get(self, texts: Collection[str]) -> dict[str, FloatVector]:
        """Text to vector, for those of the texts that this model embedded before."""
        rows = self._look_up("key, vector", texts)
        return {text: np.frombuffer(blob, np.float32) for text, blob in rows}

    def known(self, texts: Collection[str]) -> set[str]:
        """Those of the texts that this model embedded before."""
        return {text for text, _ in self._look_up("key, NULL", texts)}

    def put(self, texts: Sequence[str], vectors: FloatMatrix) -> None:
        """Keep vectors, row i for text i.

        Raises:
            StorageFailed: they cannot be written.
        """
        now = time.time()
        blobs = [vector.tobytes() for vector in vectors.astype(np.float32, copy=False)]
        rows = zip(map(self._key, texts), [now] * len(blobs), blobs, strict=True)
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def trim(self, *, used: Iterable[str]) -> None:
        """Note which texts the index uses, and drop what was not used for longest beyond the limit.

        What cannot be dropped now is left to the next build.
        """
        now = time.time()
        with suppress(StorageFailed), self._transaction() as connection:
            for keys in _batches({self._key(text) for text in used}):
                marks = _marks(keys)
                connection.execute(
                    f"UPDATE vectors SET used = ? WHERE key IN ({marks})", [now, *keys]
                )
            surplus = _surplus(connection, self._max_bytes)
            connection.execute(f"DELETE FROM vectors WHERE rowid IN ({_OLDEST})", (surplus,))

    def close(self) -> None:
        """Let go of the file; it is opened again when it is needed."""
        if self._opened is not None:
            with suppress(sqlite3.Error):
                self._opened.close()
            self._opened = None

    def _look_up(self, columns: str, texts: Collection[str]) -> list[tuple[str, Any]]:
        by_key = {self._key(text): text for text in texts}
        found: list[tuple[str, Any]] = []
        try:
            with self._transaction() as connection:
                for keys in _batches(by_key):
                    query = f"SELECT {columns} FROM vectors WHERE key IN ({_marks(keys)})"
                    rows = connection.execute(query, keys)
                    found += [(by_key[key], value) for key, value in rows]
        except StorageFailed:
            # A broken cache must not keep anybody from building: it is made anew.
            self._remove()
            return []
        return found

    def _key(self, text: str) -> bytes:
        named = f"{self._fingerprint}\0{text}"
        return hashlib.sha256(named.encode("utf-8", "surrogatepass")).digest()[:16]

    def _remove(self) -> None:
        self.close()
        try:
            for name in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + name).unlink(missing_ok=True)
        except OSError as error:
            raise StorageFailed(f"{self._path}: {error.strerror}; remove it") from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            if self._opened is None:
                self._opened = _open(self._path)
            with self._opened:
                yield self._opened
        except sqlite3.Error as error:
            raise StorageFailed(f"{self._path}: {error}; remove it, then build again") from error


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        # Without waiting for the disk at every step: a killed process loses nothing by it, and a
        # power cut the last steps at most.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_TABLE)
    except BaseException:
        connection.close()
        raise
    return connection


def _surplus(connection: sqlite3.Connection, max_bytes: int) -> int:
    """How many vectors are more than the limit allows."""
    pages, free, page_bytes = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    if (pages - free) * page_bytes <= max_bytes:
        return 0
    # Pages that are half empty count for what is in them; this reads them all.
    count, taken = connection.execute(
        f"SELECT COUNT(*), TOTAL(LENGTH(vector) + {_ROW_BYTES}) FROM vectors"
    ).fetchone()
    return max(0, int(count - count * max_bytes // max(taken, 1)))


def _marks(keys: Sequence[bytes]) -> str:
    return ", ".join("?" * len(keys))


def _batches(keys: Iterable[bytes]) -> Iterator[list[bytes]]:
    remaining = iter(keys)
    while batch := list(islice(remaining, _KEYS_AT_ONCE)):
        yield batch
