"""Files to decoded text: the only module that reads documents.

Text is decoded as UTF-8 (with or without a mark), UTF-16 (with a mark) or GB18030, line ends are
made ``\n`` as Python's text files do, and nothing else is touched: offsets count characters of
exactly this text.
"""

from __future__ import annotations

import codecs
import hashlib
import io
from pathlib import Path

from corpus.errors import DocumentUnreadable, FormatUnsupported
from corpus.schema import Document

TEXT_FORMATS = frozenset({".txt", ".md", ".markdown", ".text"})
MAX_BYTES = 64 * 1024 * 1024  # a statute book has 2 MB; anything larger is not a policy text
_MAX_CONTROL_SHARE = 0.002


def is_readable(path: Path) -> bool:
    """Whether a file's ending says that a reader for it exists."""
    return path.suffix.lower() in TEXT_FORMATS


def read_document(path: Path) -> Document:
    """Read one file.

    Raises:
        DocumentUnreadable: the file is missing, not readable, too large, empty or not text.
        FormatUnsupported: the ending names a format that has no reader.
    """
    if not is_readable(path):
        known = " ".join(sorted(TEXT_FORMATS))
        raise FormatUnsupported(f"{path}: no reader for '{path.suffix}' files; use one of {known}")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentUnreadable(
                f"{path}: {size / 1e6:.0f} MB is more than {MAX_BYTES // 2**20} MB; split the file"
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise DocumentUnreadable(f"{path}: {reason}; check the path and its permissions") from error
    text = decode(data, name=str(path))
    if not text.strip():
        raise DocumentUnreadable(f"{path}: the file holds no text; remove it or export it again")
    return Document(
        path.name, text, hashlib.sha256(data).hexdigest(), path.suffix.lower().lstrip(".")
    )


def decode(data: bytes, *, name: str) -> str:
    """Bytes of a text file to text with plain line ends.

    Raises:
        DocumentUnreadable: the bytes are not text in any of the known encodings.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\x00" in data[:4096]:
        encodings = []
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding).read()
        except UnicodeError:
            continue
        if _is_text(text):
            return text
    raise DocumentUnreadable(
        f"{name}: not a text file (UTF-8, UTF-16 or GB18030); export it as text"
    )


def _is_text(text: str) -> bool:
    control = sum(1 for char in text if char < " " and char not in "\n\t\r\f\v")
    return control <= len(text) * _MAX_CONTROL_SHARE
