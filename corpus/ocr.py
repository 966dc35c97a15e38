"""Scanned pages to text, by RapidOCR with the models inside its package (extra ``ocr``).

Nothing is downloaded: the models that are asked for are those that the package brings. To be
called where the process is confined.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from corpus.grid import tables_of
from corpus.letters import plain_letter
from corpus.page import Glyph, Page, lines_of
from corpus.pdfium import PagePicture, page_pictures
from corpus.rules import find_rules

_SCALE = 2.4  # pixels per point: an A4 page just within the 2000 pixels that the models take
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")
_NARROW_MARK = re.compile(r"(?<=[\u4e00-\u9fff])[(),:;?!]|[(),:;?!](?=[\u4e00-\u9fff])|^[(](?=\d)")
_DASH = re.compile(r"(?<=\d)一(?=\d)")
_TO_WIDE = str.maketrans("(),:;?!", "（），：；？！")


def recognise_pages(data: bytes, *, numbers: list[int]) -> list[Page]:
    """The pages of those numbers, their text read from their pictures.

    Raises:
        DocumentDamaged: see ``corpus.pdfium.read_pages``.
    """
    # Takes a second to load and is not always installed.
    from rapidocr import RapidOCR

    engine: Callable[..., Any] = RapidOCR(params={"Global.log_level": "error"})
    pages: list[Page] = []
    with page_pictures(data, _SCALE) as picture_of:
        for number in numbers:
            picture = picture_of(number)
            found = engine(picture.grey)
            boxes = found.boxes if found.boxes is not None else ()
            pieces = zip(boxes, found.txts or (), strict=True)
            glyphs = [_glyph(text, box, picture.scale) for box, text in pieces]
            pages.append(_page(number, picture, [glyph for glyph in glyphs if glyph.text]))
    return pages


def _page(number: int, picture: PagePicture, glyphs: list[Glyph]) -> Page:
    level, upright = find_rules(picture.grey, glyphs, scale=picture.scale)
    tables, rest = tables_of(glyphs, level, upright)
    return Page(number, picture.width, picture.height, lines_of(rest), tables, recognised=True)


def _glyph(text: str, corners: list[list[float]], scale: float) -> Glyph:
    text = mended("".join(map(plain_letter, text)).strip())
    xs = [float(x) / scale for x, _ in corners]
    ys = [float(y) / scale for _, y in corners]
    height = max(ys) - min(ys)
    ems = sum(1.0 if _WIDE.match(char) else 0.5 for char in text)
    # Boxes are drawn with some room around the text; over several letters the width is exact.
    size = (max(xs) - min(xs)) / ems if ems >= 4 else 0.9 * height
    return Glyph(text, min(xs), min(ys), max(xs), max(ys), max(size, 1.0))


def mended(text: str) -> str:
    """Text with marks as they must have been: a picture hardly tells （ from ( and — from 一.

    >>> mended("(一）总则:2026一2028年(试行)")
    '（一）总则：2026—2028年（试行）'
    """
    text = _DASH.sub("—", text)
    return _NARROW_MARK.sub(lambda match: match[0].translate(_TO_WIDE), text)
