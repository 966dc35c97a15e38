"""What was read of files that wait, kept so that a page need not read them again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.records import read_lines, write_lines
from index.sealing import storage_errors
from ui.upload_names import name_key
from ui.upload_reading import Preview, read_upload


class Previews:
    """A folder of previews; one that is lost is made anew."""

    def __init__(self, folder: Path) -> None:
        """Nothing is written before there is a preview."""
        self._folder = folder

    def of(self, file: Path) -> Preview:
        """The preview of a file, from here where it is of exactly this file.

        Raises:
            CorpusError: it has to be read again, and cannot be.
        """
        try:
            preview = read_lines(Preview, self._path(file.name).read_bytes())[0]
            if preview.sha256 == digest_of(file):
                return preview
        except (OSError, ValueError, IndexError):  # never written, or not whole
            pass
        return self.read(file)

    def read(self, file: Path) -> Preview:
        """Read a file, and keep what was read.

        Raises:
            CorpusError: it cannot be read.
            StorageFailed: the folder cannot be written.
        """
        preview = read_upload(file, name=file.name)
        path = self._path(file.name)
        with storage_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary = path.with_suffix(".new")
            temporary.write_bytes(write_lines([preview]))
            temporary.replace(path)
        return preview

    def forget(self, name: str) -> None:
        """Forget the preview of a file of this name."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        digest = hashlib.sha256(name_key(name).encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"{digest}.json"


def digest_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
