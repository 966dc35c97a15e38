"""The original files of documents that have pages, kept beside the index; pages as pictures.

    originals/<sha256>.pdf

A file is named by what is in it: a build that is cut short leaves at worst one that nothing names
and that the next build removes.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from corpus.errors import DocumentUnreadable
from corpus.page_image import page_image
from corpus.schema import Document, Place
from index.sealing import storage_errors

_KEPT = "pdf"
_AT_ONCE = 2  # pages that are drawn at the same time; each runs in a process of its own
_SCALE = 1.7  # pixels per point: readable on an office screen


class Originals:
    """The originals of a data folder; safe between threads."""

    def __init__(self, data_folder: Path) -> None:
        """Nothing is written before there is something to keep."""
        self._folder = data_folder / "originals"
        self._drawing = threading.BoundedSemaphore(_AT_ONCE)

    def keep(self, documents: Iterable[Document], files: Mapping[str, Path]) -> None:
        """Keep the originals of these documents, and of no others.

        Args:
            documents: what was read.
            files: where each was read from, by the name of the document.

        Raises:
            StorageFailed: a file cannot be written.
        """
        wanted = {d.sha256: files[d.name] for d in documents if _has_pages(d) and d.name in files}
        with storage_errors():
            for digest, file in wanted.items():
                self._copy(digest, file)
            for old in self._folder.glob("*") if self._folder.is_dir() else ():
                if old.stem not in wanted:
                    old.unlink(missing_ok=True)

    def has(self, document: Document) -> bool:
        """Whether pages of this document can be shown."""
        return _has_pages(document) and self._path(document.sha256).is_file()

    def page_image(self, document: Document, number: int, places: Sequence[Place]) -> bytes | None:
        """A page as PNG with these places framed; None where it cannot be drawn."""
        if not self.has(document):
            return None
        boxes = [place.box for place in places if place.page == number]
        with self._drawing:
            try:
                content = self._path(document.sha256).read_bytes()
                return page_image(content, number, boxes, scale=_SCALE)
            except (OSError, DocumentUnreadable):
                return None

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest}.{_KEPT}"

    def _copy(self, digest: str, file: Path) -> None:
        path = self._path(digest)
        if path.exists():
            return
        content = file.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            return  # changed since it was read: a page of it would not be what is quoted
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".part")
        temporary.write_bytes(content)
        temporary.replace(path)


def _has_pages(document: Document) -> bool:
    return document.format == _KEPT and bool(document.places)
