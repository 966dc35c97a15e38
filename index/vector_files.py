"""The files of an embedded vector store, copied from one generation to the next."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from index.errors import StorageFailed

# Chroma's records and its log; beside it lies a folder with the graph.
DATABASE = "chroma.sqlite3"


def copy_vectors(source: Path, target: Path) -> None:
    """Copy the folder of a store that nobody writes to; others may be reading it.

    Raises:
        StorageFailed: a file cannot be read or written.
    """
    try:
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
        # Not as a file: a reader that is just opening it may be in the middle of a transaction.
        with (
            closing(sqlite3.connect(source / DATABASE)) as old,
            closing(sqlite3.connect(target / DATABASE)) as new,
        ):
            old.backup(new)
    except (OSError, shutil.Error, sqlite3.Error) as error:
        raise StorageFailed(f"cannot copy the vectors in {source}: {error}; build again") from error
