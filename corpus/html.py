"""Saved web pages (html, mhtml) to text: how they are encoded; the rest is done confined."""

from __future__ import annotations

import codecs
import email
import email.policy
import re

from corpus.confinement import run_confined
from corpus.encodings import decode
from corpus.errors import DocumentDamaged
from corpus.reading import Reading, printable

_SECONDS = 60.0
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_HEAD_BYTES = 8192
# Names under which pages declare themselves, and the encoding that holds all of what they mean.
_ENCODINGS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
}
# Pictures inside the page are most of its bytes.
_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,100},[^\"'\s)>]{200,}")


def read_html(data: bytes) -> Reading:
    """Text of the article of a saved page.

    Raises:
        DocumentUnreadable: not text, nested too deep, or too slow to read.
    """
    if is_mhtml(data):
        data = _html_of_mhtml(data)
    source = _DATA_URI.sub("data:,", printable(decode_page(data)))
    lines = run_confined(
        "corpus.html_tree:lines_of_page",
        source.encode("utf-8", errors="replace"),
        timeout_seconds=_SECONDS,
    )
    return Reading(printable("\n".join(lines)))


def is_mhtml(data: bytes) -> bool:
    """Whether a page was saved with its pictures as one message."""
    head = data[:2048].lstrip().lower()
    return b"mime-version:" in head and b"content-type:" in head and not head.startswith(b"<")


def decode_page(data: bytes) -> str:
    """Bytes of a page to text, in the encoding that it declares if that holds.

    Raises:
        DocumentUnreadable: neither that nor UTF-8, UTF-16 or GB18030.
    """
    declared = _CHARSET.search(data, 0, _HEAD_BYTES) or _XML_ENCODING.search(data, 0, _HEAD_BYTES)
    name = declared[1].decode("ascii").lower() if declared else ""
    # UTF-8 first: Chinese text is never UTF-8 by chance, and pages do declare what they are not.
    for encoding in ("utf-8-sig", _ENCODINGS.get(name)):
        if encoding and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return decode(data)


def _html_of_mhtml(data: bytes) -> bytes:
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload:
                return payload
    raise DocumentDamaged("the saved page has no text part; save it anew as html")
