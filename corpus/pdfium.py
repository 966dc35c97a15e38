"""PDF files to pages, and pages to pictures; the only module that knows PDFium.

PDFium is native code, so all that touches a file runs confined (see confinement.py). Its own
order of text is that of the drawing commands; here glyphs are taken with their boxes, and pages
set them into lines.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from corpus.errors import DocumentDamaged, DocumentProtected, DocumentTooLarge
from corpus.grid import tables_of
from corpus.letters import plain_letter
from corpus.page import Box, Glyph, Page, Table, lines_of, turned
from corpus.rules import DARK, find_rules

MAX_PAGES = 3000
MAX_GLYPHS = 4_000_000  # of a whole file: more than three million characters is no policy
_RULES_SCALE = 2.0  # pixels per point at which rules are looked for
_MAX_PIXELS = 30_000_000
_MIN_DRAWN = 4  # rules of the smallest table
_MAX_OBJECTS = 200_000
_UPRIGHT = 0.1  # quarter turns; text that stands further askew is a watermark
_MIN_GLYPHS = 10  # a page with fewer, and with more ink than those take, was scanned or drawn
_MIN_INK = 0.005
_MIN_PICTURE_SHARE = 0.5
_MAX_UNKNOWN_SHARE = 0.3


class PagePicture(NamedTuple):
    """A page in grey, (height, width), 255 is white; its pixels per point; its size in points."""

    grey: NDArray[np.uint8]
    scale: float
    width: float
    height: float


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
            glyphs, quarter, unknown = _glyphs(page)
            glyph_count += len(glyphs)
            if glyph_count > MAX_GLYPHS:
                raise DocumentTooLarge(f"it has more than {MAX_GLYPHS} characters; split it")
            drawn, picture_share = _drawings(page)
            if unknown > _MAX_UNKNOWN_SHARE * (len(glyphs) + unknown) or (
                len(glyphs) < _MIN_GLYPHS and _has_ink(page)
            ):
                scanned.append(index + 1)
            tables, rest = _tables(page, glyphs, quarter) if drawn >= _MIN_DRAWN else ([], glyphs)
            # A text layer over a picture was made by somebody else's recognition.
            layered = picture_share > _MIN_PICTURE_SHARE
            size = page.get_size()
            width, height = size if quarter % 2 == 0 else size[::-1]
            lines = lines_of(rest)
            pages.append(Page(index + 1, width, height, lines, tables, layered, quarter))
    return {"pages": pages, "scanned": scanned}


@contextmanager
def page_pictures(data: bytes, scale: float) -> Iterator[Callable[[int], PagePicture]]:
    """A function that gives a page by its number: grey picture, pixels per point, size in points.

    To be used where the process is confined.

    Raises:
        DocumentDamaged: see ``read_pages``; or there is no such page.
    """
    with _opened(data) as document:

        def picture_of(number: int) -> PagePicture:
            page = _loaded(document, number - 1)
            return PagePicture(*_picture(page, scale), *page.get_size())

        yield picture_of


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


class _Glyphs(NamedTuple):
    """The characters of a page, turned to be read by quarter turns; and how many are unreadable."""

    glyphs: list[Glyph]
    quarter: int
    unknown: int


def _glyphs(page: pypdfium2.PdfPage) -> _Glyphs:
    text_page = page.get_textpage()
    count = text_page.count_chars()
    if count > MAX_GLYPHS:
        raise DocumentTooLarge(f"a page has more than {MAX_GLYPHS} characters")
    shown = _Shown(page)
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    found: list[tuple[str, Box, int]] = []
    unknown = 0
    for index in range(count):
        if pdfium.FPDFText_IsGenerated(text_page, index):
            continue
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        char = plain_letter(chr(code) if code < 0x110000 else "\ufffd")
        if not char or pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1:
            unknown += code > 0x20
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text_page, index, box):
            continue
        pdfium.FPDFText_GetMatrix(text_page, index, matrix)
        quarter = shown.quarter(matrix.a, matrix.b)
        if quarter is not None:
            found.append((char, shown.box(box.left, box.bottom, box.right, box.top), quarter))
    text_page.close()
    quarters = Counter(quarter for *_, quarter in found)
    most = quarters.most_common(1)[0][0] if quarters else 0
    size = page.get_size()
    return _Glyphs([_glyph(char, turned(b, most, *size)) for char, b, _ in found], most, unknown)


def _glyph(char: str, box: Box) -> Glyph:
    left, top, right, bottom = box
    # Loose boxes of full-width characters are one em wide; of others the height tells it.
    size = 0.75 * (bottom - top) if char.isascii() else max(right - left, 0.7 * (bottom - top))
    return Glyph(char, left, top, right, bottom, max(size, 1.0))


class _Shown:
    """From the coordinates of a file to those of the page as it is shown."""

    _PRECISION = 64  # PDFium counts whole pixels

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        width, height = page.get_size()
        self._page = page
        self._device = (round(width * self._PRECISION), round(height * self._PRECISION))
        self._origin = self._point(0, 0)
        x, y = self._point(1000, 0), self._point(0, 1000)
        self._x_step = tuple((a - b) / 1000 for a, b in zip(x, self._origin, strict=True))
        self._y_step = tuple((a - b) / 1000 for a, b in zip(y, self._origin, strict=True))

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the file as left, top, right, bottom."""
        corners = [self._moved(left, bottom), self._moved(right, top)]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def quarter(self, x: float, y: float) -> int | None:
        """Clockwise quarter turns of what runs in a direction; None where it runs askew."""
        across = x * self._x_step[0] + y * self._y_step[0]
        down = x * self._x_step[1] + y * self._y_step[1]
        turns = math.atan2(down, across) / (math.pi / 2)
        return None if abs(turns - round(turns)) > _UPRIGHT else round(turns) % 4

    def _moved(self, x: float, y: float) -> tuple[float, float]:
        return (
            self._origin[0] + x * self._x_step[0] + y * self._y_step[0],
            self._origin[1] + x * self._x_step[1] + y * self._y_step[1],
        )

    def _point(self, x: float, y: float) -> tuple[float, float]:
        at_x, at_y = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page, 0, 0, *self._device, 0, x, y, at_x, at_y)
        return at_x.value / self._PRECISION, at_y.value / self._PRECISION


def _has_ink(page: pypdfium2.PdfPage) -> bool:
    """Whether more is to be seen on a page than a few characters."""
    picture, _ = _picture(page, 1.0)
    return float((picture < DARK).mean()) > _MIN_INK


def _tables(
    page: pypdfium2.PdfPage, glyphs: list[Glyph], quarter: int
) -> tuple[list[Table], list[Glyph]]:
    picture, scale = _picture(page, _RULES_SCALE)
    level, upright = find_rules(np.rot90(picture, quarter), glyphs, scale=scale)
    return tables_of(glyphs, level, upright)


def _drawings(page: pypdfium2.PdfPage) -> tuple[int, float]:
    """How many shapes are drawn on a page, and how much of it its largest picture fills."""
    count: int = min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)
    objects = (pdfium.FPDFPage_GetObject(page, index) for index in range(count))
    kinds = Counter(map(pdfium.FPDFPageObj_GetType, objects))
    if not kinds[pdfium.FPDF_PAGEOBJ_IMAGE] and not kinds[pdfium.FPDF_PAGEOBJ_FORM]:
        return kinds[pdfium.FPDF_PAGEOBJ_PATH], 0.0
    shapes, largest = 0, 0.0
    width, height = page.get_size()
    for number, drawn in enumerate(page.get_objects(max_depth=3)):
        if number >= _MAX_OBJECTS:
            break
        if drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
            shapes += 1
        elif drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawn.get_bounds()
            largest = max(largest, (right - left) * (top - bottom) / max(width * height, 1.0))
    return shapes, largest


def _picture(page: pypdfium2.PdfPage, scale: float) -> tuple[NDArray[np.uint8], float]:
    """The page in grey, and the pixels per point that it has: fewer where it is huge."""
    width, height = page.get_size()
    scale = min(scale, math.sqrt(_MAX_PIXELS / max(width * height, 1.0)))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    picture: NDArray[np.uint8] = bitmap.to_numpy().copy()
    bitmap.close()
    return picture.reshape(picture.shape[:2]), scale
