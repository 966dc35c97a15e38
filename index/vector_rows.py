"""The vectors of all sentences in one file, row by row: the nearest are found without a graph.

Up to some ten thousand rows, because the corpus is small or because the search is limited to some
policies, all are compared. Of more, those are compared that their codes say are near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.errors import IndexDamaged
from index.schema import FloatMatrix, FloatVector, IntVector
from index.sealing import storage_errors
from index.vector_codes import Codes, Span

FILE_NAME = "vectors.npy"
# As many as are compared in a few milliseconds.
MAX_COMPARED = 50_000
# Of real vectors, a question's nearest hundred are among the first 800 of 150,000 by their codes,
# 99 times of 100.
LIKELIEST = 4000

_SAMPLE = 20_000  # rows from which mean and spread are taken
_ROWS_AT_ONCE = 8192


@dataclass(frozen=True, slots=True)
class VectorRows:
    """The vectors as they lie in the file; codes of them where there are many."""

    matrix: FloatMatrix
    codes: Codes | None

    def nearest(
        self, vector: FloatVector, *, spans: Sequence[Span], limit: int
    ) -> tuple[IntVector, FloatVector]:
        """The nearest rows within the spans, in no order, and their cosines."""
        if self.codes is None or sum(end - start for start, end in spans) <= MAX_COMPARED:
            return nearest_rows(self.matrix, vector, spans=spans, limit=limit)
        rows = self.codes.likeliest(vector, spans, limit=max(LIKELIEST, limit))
        return _best(rows, np.vecdot(self.matrix[rows], vector), limit)


def write_rows(path: Path, steps: Iterable[FloatMatrix], *, shape: tuple[int, int]) -> None:
    """Write vectors that come step by step.

    Raises:
        StorageFailed: the file cannot be written.
    """
    # Not through a mapped file: on a full disk, writing there ends the process.
    header = {"descr": "<f4", "fortran_order": False, "shape": shape}
    with storage_errors(path), path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, header)
        for rows in steps:
            file.write(rows.astype("<f4", copy=False).tobytes())


def read_rows(path: Path, *, count: int) -> VectorRows | None:
    """The vectors of a file, read when they are used; None where there is none.

    Raises:
        IndexDamaged: the file is of another length.
    """
    if not path.exists():
        return None
    try:
        found: FloatMatrix = np.load(path, mmap_mode="r", allow_pickle=False)
        if found.ndim != 2 or len(found) != count:
            raise ValueError(f"it holds {len(found)} rows, not {count}")
        codes = _codes(path, found) if count > MAX_COMPARED else None
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamaged(f"{path} cannot be read ({error}); run `wenzheng build`") from error
    return VectorRows(found, codes)


def nearest_rows(
    matrix: FloatMatrix, vector: FloatVector, *, spans: Sequence[Span], limit: int
) -> tuple[IntVector, FloatVector]:
    """The nearest rows within the spans, every one of them compared, and their cosines."""
    rows = np.concatenate([np.arange(start, end) for start, end in spans])
    # Not by the matrix product, whose threads wait for each other on a machine that is busy: a
    # millisecond became thirty.
    cosines = np.concatenate([np.vecdot(matrix[start:end], vector) for start, end in spans])
    return _best(rows, cosines, limit)


def _best(rows: IntVector, cosines: FloatVector, limit: int) -> tuple[IntVector, FloatVector]:
    if limit < len(rows):
        best = np.argpartition(-cosines, limit)[:limit]
        rows, cosines = rows[best], cosines[best]
    return rows, cosines


def _codes(path: Path, matrix: FloatMatrix) -> Codes:
    sample = matrix[:: max(1, len(matrix) // _SAMPLE)]
    return Codes.of(np.array(sample), _steps(path, matrix), count=len(matrix))


def _steps(path: Path, matrix: FloatMatrix) -> Iterator[FloatMatrix]:
    """All rows, read and not mapped: what was mapped once counts as memory of the process."""
    count, dimensions = matrix.shape
    with path.open("rb") as file:
        file.seek(-matrix.nbytes, 2)
        for start in range(0, count, _ROWS_AT_ONCE):
            size = min(_ROWS_AT_ONCE, count - start)
            yield np.fromfile(file, "<f4", size * dimensions).reshape(size, dimensions)
