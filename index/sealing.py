"""Files that must be on the disk, whole, before anything points to them."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from index.errors import StorageFailed

_HINTS = {
    errno.ENOSPC: "; make room, then do it again",
    errno.EDQUOT: "; make room, then do it again",
    errno.EACCES: "; allow writing there, or choose another folder with --data",
    errno.EROFS: "; choose another folder with --data",
    errno.EEXIST: "; a file stands there: choose another folder with --data",
    errno.ENOTDIR: "; a file stands there: choose another folder with --data",
}
_HINT = "; check the folder, or choose another with --data"


def seal(folder: Path) -> dict[str, str]:
    """Bring a finished folder onto the disk: name of each file to its SHA-256.

    Databases are left out of the result: opening one, even to read it, can change it.

    Raises:
        StorageFailed: a file cannot be read or brought onto the disk.
    """
    hashes: dict[str, str] = {}
    with storage_errors(folder):
        for path in sorted(folder.rglob("*")):
            sync(path)
            if path.is_file() and ".sqlite3" not in path.name:
                hashes[path.relative_to(folder).as_posix()] = _sha256(path)
        sync(folder)
        sync(folder.parent)
    return hashes


def first_difference(folder: Path, hashes: Mapping[str, str]) -> str | None:
    """What is wrong with the first file that is not as `seal` left it, if any is."""
    for name, expected in hashes.items():
        try:
            found = _sha256(folder / name)
        except OSError as error:
            return f"{name} cannot be read ({error.strerror})"
        if found != expected:
            return f"{name} is not what was written"
    return None


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def storage_errors(path: Path | None = None) -> Iterator[None]:
    """Turn what the file system raises into one line that names the file.

    ``path`` is what is named where the error itself does not say.
    """
    try:
        yield
    except OSError as error:
        raise storage_failed(error, path) from error


def storage_failed(error: OSError, path: Path | None = None) -> StorageFailed:
    """One line for what the file system raised, and what helps."""
    place = error.filename or path or "the data folder"
    hint = _HINTS.get(error.errno or 0, _HINT)
    return StorageFailed(f"{place}: {error.strerror or error}{hint}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
