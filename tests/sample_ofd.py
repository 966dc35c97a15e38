"""The sample policy as OFD: programs that write OFD are not free, so pages are laid out here."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.sample_policy import NUMBERED, numbered_blocks

_MILLIMETRES = 25.4 / 72
_EM = 16 * _MILLIMETRES
_COLUMNS = 27  # characters in a line
_LINES = 24  # on a page
_OFD = """<?xml version="1.0" encoding="UTF-8"?>
<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" DocType="OFD" Version="1.1"><ofd:DocBody>
<ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>
</ofd:DocBody></ofd:OFD>"""
_OFD_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PageArea>
<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>
<ofd:Pages>{pages}</ofd:Pages></ofd:Document>"""
_OFD_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer ID="1">{objects}
</ofd:Layer></ofd:Content></ofd:Page>"""


class _Sheet:
    """Pages of an OFD as they fill."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self._line = 0

    def write(self, text: str, *, indent: float = 0.0, size: float = 1.0) -> None:
        """One printed line, beginning so many ems from the left margin."""
        if self._line >= _LINES:
            self.turn()
        self.put(text, 28 + indent * _EM, 37 + self._line * 2 * _EM, size)
        self._line += 1

    def put(self, text: str, left: float, top: float, size: float = 1.0) -> None:
        em = _EM * size
        steps = " ".join(f"{em * (0.5 if char.isascii() else 1.0):.3f}" for char in text[:-1])
        # As some producers write it: the object is scaled, and counts in points.
        self.pages[-1].append(
            f'<ofd:TextObject ID="9" Font="3" Size="{em / _MILLIMETRES:.3f}" '
            f'Boundary="{left:.3f} {top:.3f} {em * len(text):.3f} {em:.3f}" '
            f'CTM="{_MILLIMETRES:.6f} 0 0 {_MILLIMETRES:.6f} 0 0">'
            f'<ofd:TextCode X="0" Y="{0.88 * em / _MILLIMETRES:.3f}" DeltaX="{_points(steps)}">'
            f"{escape(text)}</ofd:TextCode></ofd:TextObject>"
        )

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """A ruled table with cells of two lines."""
        height, width = 4 * _EM / 2, 156 / len(rows[0])
        if self._line + 2 * len(rows) > _LINES:
            self.turn()
        top = 36 + self._line * 2 * _EM
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                left = 28 + column * width
                fit = int(width / _EM * 2) - 1
                for part, start in enumerate(range(0, len(text), fit)):
                    at = top + number * height * 1.5 + 1 + part * _EM * 0.7
                    self.put(text[start : start + fit], left + 1, at, 0.5)
        bottom = top + len(rows) * height * 1.5
        for number in range(len(rows) + 1):
            at = top + number * height * 1.5
            self._rule(28, at, 28 + 156, at)
        for column in range(len(rows[0]) + 1):
            self._rule(28 + column * width, top, 28 + column * width, bottom)
        self._line += int(len(rows) * 1.5) + 1

    def turn(self) -> None:
        """Begin a new page, with the number of the old one at its foot."""
        number = f"— {len(self.pages)} —"
        self.put(number, 100, 270)
        self.pages.append([])
        self._line = 0

    def _rule(self, left: float, top: float, right: float, bottom: float) -> None:
        width, height = right - left, bottom - top
        self.pages[-1].append(
            f'<ofd:PathObject ID="8" Boundary="{left:.3f} {top:.3f} {width:.3f} {height:.3f}" '
            f'LineWidth="0.25"><ofd:AbbreviatedData>M 0 0 L {width:.3f} {height:.3f}'
            "</ofd:AbbreviatedData></ofd:PathObject>"
        )


def _points(steps: str) -> str:
    return " ".join(f"{float(step) / _MILLIMETRES:.3f}" for step in steps.split())


def as_ofd(path: Path) -> Path:
    """The policy as OFD pages of 27 characters a line."""
    sheet = _Sheet()
    for kind, content in numbered_blocks():
        if isinstance(content, list):
            sheet.table(content)
        elif kind == "page":
            sheet.turn()
        elif kind in ("right", "number", "title"):
            for line in content.split("\n"):
                _write_centred(sheet, line, size=1.0 if kind != "title" else 1.25)
        else:
            indent = 2 if kind in ("text", *NUMBERED) else 0
            for number, part in enumerate(_filled(content, indent)):
                sheet.write(part, indent=0 if number else indent)
    sheet.turn()
    pages = [objects for objects in sheet.pages if objects]
    names = [f"Pages/Page_{number}/Content.xml" for number in range(len(pages))]
    listed = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="{name}"/>' for number, name in enumerate(names)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", _OFD)
        archive.writestr("Doc_0/Document.xml", _OFD_DOCUMENT.format(pages=listed))
        for name, objects in zip(names, pages, strict=True):
            archive.writestr(f"Doc_0/{name}", _OFD_PAGE.format(objects="\n".join(objects)))
    return path


def _filled(text: str, indent: int) -> Iterator[str]:
    """Printed lines of a paragraph: letters and digits take half the room of others."""
    line, room = "", float(_COLUMNS - indent)
    for char in text:
        width = 0.5 if char.isascii() else 1.0
        if width > room:
            yield line
            line, room = "", float(_COLUMNS)
        line += char
        room -= width
    yield line


def _write_centred(sheet: _Sheet, text: str, *, size: float) -> None:
    fit = int(_COLUMNS / size)
    for start in range(0, len(text), fit):
        part = text[start : start + fit]
        columns = sum(0.5 if char.isascii() else 1.0 for char in part) * size
        sheet.write(part, indent=(_COLUMNS - columns) / 2, size=size)
