"""The vectors of all sentences in one file, row by row, to be compared without the graph.

Where few sentences are in question, because the corpus is small or because the search is limited to
some policies, comparing all of them is quicker than asking the graph, and never misses one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from index.errors import IndexDamaged
from index.schema import FloatMatrix, FloatVector, IntVector
from index.sealing import storage_errors

FILE_NAME = "vectors.npy"
# As many as are compared in about the time that the graph takes, a few milliseconds.
MAX_COMPARED = 50_000

Span = tuple[int, int]
"""The first row and the one behind the last."""


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


def read_rows(path: Path, *, count: int) -> FloatMatrix | None:
    """The vectors as they lie in the file, read when they are used; None where there is none.

    Raises:
        IndexDamaged: the file is of another length.
    """
    if not path.exists():
        return None
    try:
        found: FloatMatrix = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamaged(f"{path} cannot be read ({error}); run `wenzheng build`") from error
    if found.ndim != 2 or len(found) != count:
        raise IndexDamaged(f"{path} holds {len(found)} rows, not {count}; run `wenzheng build`")
    return found


def nearest_rows(
    matrix: FloatMatrix, vector: FloatVector, *, spans: Sequence[Span], limit: int
) -> tuple[IntVector, FloatVector]:
    """The nearest rows within the spans, in no order, and their cosines."""
    rows = np.concatenate([np.arange(start, end) for start, end in spans])
    # Not by the matrix product, whose threads wait for each other on a machine that is busy: a
    # millisecond became thirty.
    cosines = np.concatenate([np.vecdot(matrix[start:end], vector) for start, end in spans])
    if limit < len(rows):
        best = np.argpartition(-cosines, limit)[:limit]
        rows, cosines = rows[best], cosines[best]
    return rows, cosines
