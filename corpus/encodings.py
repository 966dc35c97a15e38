"""Bytes of text files to text: which encoding they are in, and when that cannot be told; pure.

Text is UTF-8 (with or without a mark), UTF-16 (with a mark) or GB18030, of which GBK and GB2312
are parts. A file that is UTF-8 but for a few bytes, or of two encodings, is refused with the line
where it goes wrong: read as GB18030 it would be well-formed nonsense.
"""

from __future__ import annotations

import codecs
import io

from corpus.errors import DocumentDamaged, DocumentUnreadable

_MAX_CONTROL_SHARE = 0.002
_BINARY_SAMPLE_BYTES = 4096
# Of the characters beyond ASCII in Chinese text in GB18030, more than half are no UTF-8.
_MAX_DAMAGED_SHARE = 0.2
# So many bytes beyond ASCII in one line are UTF-8 by chance in less than one file of a million.
_MIN_CERTAIN_BYTES = 24


def decode(data: bytes) -> str:
    """Bytes of a text file to text with plain line ends.

    Raises:
        DocumentDamaged: most of the file is text, a part of it is not, or is in another encoding.
        DocumentUnreadable: the bytes are not text in any of the known encodings.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(data, "utf-16")
    elif b"\x00" in data[:_BINARY_SAMPLE_BYTES]:
        text = None
    else:
        text = _decoded(data, "utf-8-sig")
        if text is None:
            _refuse_mixture(data)
            text = _decoded(data, "gb18030")
    if text is None or not _is_text(text):
        raise DocumentUnreadable("not a text file (UTF-8, UTF-16 or GB18030); export it as text")
    return text


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return io.TextIOWrapper(io.BytesIO(data), encoding=encoding).read()
    except UnicodeError:
        return None


def _refuse_mixture(data: bytes) -> None:
    """Raise where bytes that are not UTF-8 as a whole are UTF-8 in large part."""
    loose = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(1 for char in loose if char > "\x7f")
    damaged = loose.count("\ufffd") <= beyond_ascii * _MAX_DAMAGED_SHARE
    certain = first_wrong = 0
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            first_wrong = first_wrong or number
        else:
            size = sum(1 for byte in line if byte > 0x7F)
            certain = max(certain, size)
    if damaged or certain >= _MIN_CERTAIN_BYTES:
        raise DocumentDamaged(
            f"line {first_wrong} is not UTF-8 as other lines are (cut short, or two "
            "encodings in one file); save it anew as UTF-8"
        )


def _is_text(text: str) -> bool:
    control = sum(1 for char in text if char < " " and char not in "\n\t\r\f\v")
    return control <= len(text) * _MAX_CONTROL_SHARE
