"""OFD files (GB/T 33190-2016, China's fixed-layout format) to text with the place of every line.

An OFD is a zip archive with an XML part for each page; text and drawn lines stand there with
their places in millimetres. Pictures, annotations and seals are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from corpus.archives import Archive, Element
from corpus.errors import DocumentTooLarge, DocumentUnreadable
from corpus.grid import tables_of
from corpus.letters import plain_letter
from corpus.page import Glyph, Page, Rule, lines_of
from corpus.page_text import compose
from corpus.reading import Reading

ROOT_PART = "OFD.xml"
MAX_PAGES = 3000
_POINTS = 72 / 25.4  # in a millimetre
_DEFAULT_SIZE = 4.2  # millimetres
_ASCENT = 0.88  # of the size of a font: what stands above the line of writing
_STRAIGHT = 0.5  # points; a drawn line that strays no further is level or upright
_MIN_RULE = 9.0
_MAX_RULES = 1500
_A4 = (0.0, 0.0, 210.0, 297.0)
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

Matrix = tuple[float, float, float, float, float, float]


def read_ofd(data: bytes) -> Reading:
    """Text of an OFD.

    Raises:
        DocumentUnreadable: damaged, encrypted, too large, or without text.
    """
    archive = Archive(data)
    pages: list[Page] = []
    empty: list[int] = []
    for body in archive.tree(ROOT_PART).iter("DocRoot"):
        path = _resolved(archive, "", body.text)
        root = archive.tree(path)
        templates = {
            node.get("ID", ""): _resolved(archive, path, node.get("BaseLoc"))
            for node in root.iter("TemplatePage")
        }
        for node in root.findall("Pages/Page"):
            if len(pages) >= MAX_PAGES:
                raise DocumentTooLarge(f"it has more than {MAX_PAGES} pages; split it")
            content = archive.tree(_resolved(archive, path, node.get("BaseLoc")))
            parts = [content, *_templates_of(content, archive, templates)]
            area = content.find("Area/PhysicalBox")
            area = root.find("CommonData/PageArea/PhysicalBox") if area is None else area
            page = _page(len(pages) + 1, parts, _numbers(area.text if area is not None else ""))
            pages.append(page)
            if not page.lines and not page.tables and content.find(".//ImageObject") is not None:
                empty.append(page.number)
    if empty and len(empty) == len(pages):
        raise DocumentUnreadable("its pages are pictures of text; print it to PDF and read that")
    numbers = ", ".join(map(str, empty[:10])) + (" …" if len(empty) > 10 else "")
    remark = f"pages that are pictures of text were left out: {numbers}; print the file to PDF"
    return compose(pages, (remark,) if empty else ())


def _templates_of(content: Element, archive: Archive, templates: dict[str, str]) -> list[Element]:
    names = [templates.get(node.get("TemplateID", ""), "") for node in content.iter("Template")]
    return [archive.tree(name) for name in names if name in archive]


def _resolved(archive: Archive, base: str, location: str | None) -> str:
    """The name of a part that another part names: from its own folder, or from the root."""
    location = (location or "").strip()
    inside = normpath(join(dirname(base), location)).lstrip("/")
    # Some producers write all names from the root, without the stroke that would say so.
    return inside if inside in archive else location.lstrip("/")


def _page(number: int, parts: list[Element], area: list[float]) -> Page:
    left, top, width, height = area if len(area) == 4 else _A4
    corner = (left, top)
    glyphs: list[Glyph] = []
    level: list[Rule] = []
    upright: list[Rule] = []
    for part in parts:
        for node in part.iter("TextObject"):
            glyphs.extend(_glyphs(node, corner))
        for node in part.iter("PathObject"):
            for (x0, y0), (x1, y1) in _segments(node, corner):
                if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _MIN_RULE:
                    level.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
                elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _MIN_RULE:
                    upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    if max(len(level), len(upright)) > _MAX_RULES:  # a drawing, not a table
        level, upright = [], []
    tables, rest = tables_of(glyphs, level, upright)
    return Page(number, width * _POINTS, height * _POINTS, lines_of(rest), tables)


def _glyphs(node: Element, corner: tuple[float, float]) -> Iterator[Glyph]:
    matrix = _matrix(node, corner)
    size = (_numbers(node.get("Size")) or [_DEFAULT_SIZE])[0]
    stretch = (_numbers(node.get("HScale")) or [1.0])[0]
    em = max(size * math.hypot(matrix[2], matrix[3]) * _POINTS, 1.0)
    x = y = 0.0
    for code in node.iter("TextCode"):
        x, y = (_numbers(code.get("X")) or [x])[0], (_numbers(code.get("Y")) or [y])[0]
        text = code.text or ""
        right_steps = _steps(code.get("DeltaX"), len(text))
        down_steps = _steps(code.get("DeltaY"), len(text))
        at_x, at_y = x, y
        for index, char in enumerate(text):
            width = size * stretch * (0.5 if char.isascii() else 1.0)
            left, base = _moved(matrix, at_x, at_y)
            right, _ = _moved(matrix, at_x + width, at_y)
            at_x += right_steps[index] if index < len(right_steps) else 0.0
            at_y += down_steps[index] if index < len(down_steps) else 0.0
            if not right_steps and not down_steps:
                at_x += width
            plain = plain_letter(char)
            if plain:
                top, bottom = base - _ASCENT * em, base + (1 - _ASCENT) * em
                yield Glyph(plain, min(left, right), top, max(left, right), bottom, em)


def _steps(text: str | None, limit: int) -> list[float]:
    """Distances between characters; ``g 3 4.2`` stands for 4.2 three times."""
    words = iter((text or "").split())
    found: list[float] = []
    for word in words:
        if len(found) >= limit:
            break
        if word == "g":
            count, value = _number(next(words, "")), _number(next(words, ""))
            found += [value] * max(0, min(int(count), limit))
        else:
            found.append(_number(word))
    return found


def _segments(
    node: Element, corner: tuple[float, float]
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Straight lines of a drawn path, in points of the page."""
    matrix = _matrix(node, corner)
    data = node.find("AbbreviatedData")
    words = iter((data.text or "").split() if data is not None else ())
    start = point = (0.0, 0.0)
    for word in words:
        count = _ARGUMENTS.get(word)
        if count is None:
            continue
        values = [_number(next(words, "")) for _ in range(count)]
        target = start if word == "C" else (values[-2], values[-1])
        if word in "LC":
            yield _moved(matrix, *point), _moved(matrix, *target)
        elif word in "SM":
            start = target
        point = target


def _matrix(node: Element, corner: tuple[float, float]) -> Matrix:
    """From the coordinates of an object to millimetres of the page."""
    bounds = _numbers(node.get("Boundary"))
    left, top = bounds[:2] if len(bounds) == 4 else (0.0, 0.0)
    values = _numbers(node.get("CTM"))
    a, b, c, d, e, f = values if len(values) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return a, b, c, d, e + left - corner[0], f + top - corner[1]


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e) * _POINTS, (b * x + d * y + f) * _POINTS


def _numbers(text: str | None) -> list[float]:
    return [_number(word) for word in (text or "").split()[:16]]


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e6 else 0.0  # nan and infinity too
