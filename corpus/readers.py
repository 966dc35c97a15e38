"""Files to documents: the only module that opens what people hand in.

What a file is, is told by its first bytes; its ending only says whether it is to be read at all.
Text files are taken as they are (see encodings.py), so that offsets count characters of exactly
that text. Of all other formats a reader makes text with a paragraph or a table row a line.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from corpus.archives import Archive
from corpus.docx import read_docx
from corpus.encodings import decode
from corpus.errors import (
    CorpusError,
    DocumentDamaged,
    DocumentTooLarge,
    DocumentUnreadable,
    FormatUnsupported,
)
from corpus.html import is_mhtml, read_html
from corpus.ofd import ROOT_PART, read_ofd
from corpus.office import OLE_MAGIC, RTF_MAGIC, to_docx
from corpus.pdf import read_pdf
from corpus.reading import Reading
from corpus.schema import Document

_MEGABYTE = 2**20
# A statute book has 2 MB of text; what is larger is no policy. Pictures make the others larger.
_TEXT_BYTES = 64 * _MEGABYTE
_OFFICE_BYTES = 128 * _MEGABYTE
_PDF_BYTES = 256 * _MEGABYTE
_MAX_BYTES = {
    **dict.fromkeys((".txt", ".md", ".markdown", ".text"), _TEXT_BYTES),
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml", ".mhtml", ".mht"), _TEXT_BYTES),
    **dict.fromkeys((".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".ofd"), _OFFICE_BYTES),
    ".pdf": _PDF_BYTES,
}
READABLE = frozenset(_MAX_BYTES)
"""Endings of the files that have a reader."""
TEXT_FORMATS = frozenset({".txt", ".md", ".markdown", ".text"})
_WEB_FORMATS = frozenset({".html", ".htm", ".shtml", ".xhtml", ".mhtml", ".mht"})
_HEAD_BYTES = 1024


def is_readable(path: Path) -> bool:
    """Whether a file's ending says that a reader for it exists."""
    return path.suffix.lower() in _MAX_BYTES


def read_document(path: Path) -> Document:
    """Read one file.

    Raises:
        DocumentUnreadable: the file is missing, not readable, too large, damaged, protected by a
            password, empty, or not what its ending says; or what reads it is not installed.
        FormatUnsupported: the ending names a format that has no reader.
    """
    shown = shown_path(path)
    ending = path.suffix.lower()
    if not is_readable(path):
        known = " ".join(sorted(_MAX_BYTES))
        raise FormatUnsupported(f"{shown}: no reader for '{ending}' files; use one of {known}")
    data = read_bytes(path, max_bytes=_MAX_BYTES[ending])
    try:
        kind = _kind_of(data, ending)
        reading = _READERS[kind](data)
    except CorpusError as error:
        raise type(error)(f"{shown}: {error}") from error
    if not reading.text.strip():
        raise DocumentUnreadable(f"{shown}: the file holds no text; remove it or export it again")
    return Document(
        shown_path(Path(path.name)),
        reading.text,
        hashlib.sha256(data).hexdigest(),
        ending.lstrip(".") if kind in ("text", "office") else kind,
        reading.places,
        tuple(f"{shown}: {remark}" for remark in reading.remarks),
    )


def read_bytes(path: Path, *, max_bytes: int) -> bytes:
    """The bytes of a regular file.

    Raises:
        DocumentUnreadable: missing, no file, not allowed, too large, or changed while it was read.
    """
    shown = shown_path(path)
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise DocumentUnreadable(f"{shown}: not a file; name the document itself")
            if before.st_size > max_bytes:
                raise DocumentTooLarge(
                    f"{shown}: {before.st_size / 1e6:.0f} MB is more than "
                    f"{max_bytes // _MEGABYTE} MB; split the file"
                )
            data = file.read(max_bytes + 1)
            after = os.fstat(file.fileno())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "unreadable"
        raise DocumentUnreadable(
            f"{shown}: {reason}; check the path and its permissions"
        ) from error
    if not data:
        raise DocumentUnreadable(f"{shown}: the file is empty; get it again")
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        data
    ) != after.st_size:
        raise DocumentUnreadable(f"{shown}: it changed while it was read; try again")
    return data


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting: a pipe that is named like a document would block for ever."""
    return os.open(path, flags | os.O_NONBLOCK)


def shown_path(path: Path) -> str:
    """A path as one line that can be printed and stored, whatever its bytes.

    Names from archives that were packed in China are often in GB18030.
    """
    name = os.fsencode(path)
    try:
        text = name.decode("utf-8")
    except UnicodeDecodeError:
        text = name.decode("gb18030", errors="replace")
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _kind_of(data: bytes, ending: str) -> str:
    """Which reader a file needs, by what it begins with."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        archive = Archive(data)
        kinds = {"word/document.xml": "docx", ROOT_PART: "ofd", "content.xml": "office"}
        kind = next((kind for part, kind in kinds.items() if part in archive), "")
        kind = kind or ("docx" if "[Content_Types].xml" in archive else "")
        if not kind:
            raise DocumentDamaged("an archive that holds no document; unpack it")
        return kind
    # Some programs write something of their own before the first line of a PDF.
    if data.startswith(b"%PDF-") or (ending == ".pdf" and b"%PDF-" in data[:_HEAD_BYTES]):
        return "pdf"
    if data.startswith((OLE_MAGIC, RTF_MAGIC)):
        return "office"
    head = data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if ending in TEXT_FORMATS:
        return "text"
    if ending in _WEB_FORMATS or head.startswith((b"<!doctype html", b"<html")) or is_mhtml(data):
        return "html"
    raise DocumentDamaged(f"it does not begin as {ending} files do; get the file again")


def _read_text(data: bytes) -> Reading:
    return Reading(decode(data))


def _read_office(data: bytes) -> Reading:
    return read_docx(to_docx(data))


_READERS: dict[str, Callable[[bytes], Reading]] = {
    "text": _read_text,
    "html": read_html,
    "docx": read_docx,
    "office": _read_office,
    "ofd": read_ofd,
    "pdf": read_pdf,
}
