"""Vectors of a build that is not done: a build that was killed is taken up where it stood."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from index.errors import StorageFailed
from index.schema import FloatMatrix, FloatVector

_TABLE = """
CREATE TABLE IF NOT EXISTS vectors (
    fingerprint TEXT NOT NULL, chunk_id TEXT NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (fingerprint, chunk_id)
) WITHOUT ROWID
"""


class StagedVectors:
    """A small database beside the index; each `put` is there to stay once it returns."""

    def __init__(self, path: Path, *, fingerprint: str) -> None:
        self._path = path
        self._fingerprint = fingerprint

    def get(self, ids: Collection[str]) -> dict[str, FloatVector]:
        """Id to vector, for those of the ids that an earlier build got to."""
        wanted = set(ids)
        if not self._path.exists():
            return {}
        try:
            with self._connection() as connection:
                rows = connection.execute(
                    "SELECT chunk_id, vector FROM vectors WHERE fingerprint = ?",
                    (self._fingerprint,),
                ).fetchall()
        except StorageFailed:
            # Nothing is lost but time: it only spares work that can be done again.
            self.clear()
            return {}
        return {name: np.frombuffer(blob, np.float32) for name, blob in rows if name in wanted}

    def put(self, ids: Sequence[str], vectors: FloatMatrix) -> None:
        """Keep vectors, row i for id i."""
        rows = [
            (self._fingerprint, name, vector.tobytes())
            for name, vector in zip(ids, vectors, strict=True)
        ]
        with self._connection() as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def clear(self) -> None:
        """Forget everything: the index now holds it."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageFailed(f"{self._path}: {error.strerror}; remove it") from error

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path)) as connection, connection:
                connection.execute(_TABLE)
                yield connection
        except sqlite3.Error as error:
            raise StorageFailed(f"{self._path}: {error}; remove it, then build again") from error
