"""PDF files to pages, and pages to pictures; the only module that knows PDFium.

PDFium is native code, so all that touches a file runs confined (see confinement.py). Its own
order of text is that of the drawing commands; here glyphs are taken with their boxes, and pages
set them into lines.
"""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from corpus.errors import DocumentDamaged, DocumentProtected, DocumentTooLarge
from corpus.grid import tables_of
from corpus.letters import plain_letter
from corpus.page import Box, Glyph, Page, lines_of
from corpus.rules import find_rules

MAX_PAGES = 3000
MAX_GLYPHS = 4_000_000  # of a whole file: more than three million characters is no policy
_RULES_SCALE = 2.0  # pixels per point at which rules are looked for
_MAX_PIXELS = 30_000_000
_MIN_DRAWN = 4  # rules of the smallest table
_MAX_OBJECTS = 200_000
_UPRIGHT = 0.1  # radians; text that stands further askew is a watermark
_MIN_GLYPHS = 10  # a page with fewer, and with a picture, was scanned
_MIN_PICTURE_SHARE = 0.5
_MAX_UNKNOWN_SHARE = 0.3


def read_pages(data: bytes) -> dict[str, list[Page] | list[int]]:
    """The pages of a PDF that have text, and the numbers of those that are pictures of text.

    Raises:
        DocumentDamaged: not a PDF, or one that is cut short.
        DocumentProtected: it opens with a password only.
        DocumentTooLarge: more pages or characters than any policy has.
    """
    pages: list[Page] = []
    scanned: list[int] = []
    with _opened(data) as document:
        glyph_count = 0
        for index in range(len(document)):
            page = _loaded(document, index)
            glyphs, unknown = _glyphs(page)
            glyph_count += len(glyphs)
            if glyph_count > MAX_GLYPHS:
                raise DocumentTooLarge(f"it has more than {MAX_GLYPHS} characters; split it")
            drawn, picture_share = _drawings(page)
            unreadable = unknown > _MAX_UNKNOWN_SHARE * max(len(glyphs), 1)
            if unreadable or (len(glyphs) < _MIN_GLYPHS and picture_share > _MIN_PICTURE_SHARE):
                scanned.append(index + 1)
                glyphs = []
            level, upright = find_rules(
                _picture(page, _RULES_SCALE), scale=_RULES_SCALE
            ) if drawn >= _MIN_DRAWN and glyphs else ([], [])
            tables, rest = tables_of(glyphs, level, upright)
            # A text layer over a picture was made by somebody else's recognition.
            layered = picture_share > _MIN_PICTURE_SHARE
            width, height = page.get_size()
            pages.append(Page(index + 1, width, height, lines_of(rest), tables, layered))
    return {"pages": pages, "scanned": scanned}


def page_picture(data: bytes, *, number: int, scale: float) -> NDArray[np.uint8]:
    """A page in grey, (height, width), 255 is white; to be called where the process is confined.

    Raises:
        DocumentDamaged: see ``read_pages``; or there is no such page.
    """
    with _opened(data) as document:
        return _picture(_loaded(document, number - 1), scale)


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise DocumentProtected("it is protected by a password; save it without one") from error
        raise DocumentDamaged("it is not a PDF, or is cut short; get the file again") from error
    with document:
        if len(document) > MAX_PAGES:
            raise DocumentTooLarge(f"it has {len(document)} pages, more than {MAX_PAGES}; split it")
        yield document


def _loaded(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    try:
        return document[index]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise DocumentDamaged(f"page {index + 1} is damaged; get the file again") from error
