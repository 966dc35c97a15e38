"""One build at a time in one data folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexBusy
from index.sealing import storage_errors


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Be the only build in the folder; the lock ends with the process, however that ends.

    Raises:
        IndexBusy: another build holds it.
        StorageFailed: the folder cannot be written.
    """
    with storage_errors():
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(lock, folder)
        yield
    finally:
        os.close(lock)


def _take(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(lock, 20, 0).decode("ascii", errors="replace").strip() or "unknown"
        raise IndexBusy(
            f"{folder} is being built by process {holder}; wait until it is done, or stop it"
        ) from error
    with storage_errors(folder / "lock"):
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode("ascii"), 0)
