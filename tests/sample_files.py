"""The sample policy as files of every kind, each made by a program that people make such files with.

OFD is the exception: its programs are not free, so pages are written here as GB/T 33190 has them.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pypdfium2
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from tests.sample_policy import BLOCKS, NUMBERED, numbered_blocks

_NUMBERING = """
<w:abstractNum {namespace} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}
</w:abstractNum>"""
_LEVEL = """
<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:suff w:val="nothing"/>
<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl>"""
_FORMATS = [
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
]


def as_docx(path: Path) -> Path:
    """The policy as a Word document whose numbers Word counts; with header and page numbers."""
    document = docx.Document()
    _lay_out(document)
    _define_list(document)
    for kind, content in BLOCKS:
        if isinstance(content, list):
            _add_table(document, content)
            continue
        if kind == "page":
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
            continue
        paragraph = document.add_paragraph()
        for number, line in enumerate(content.split("\n")):
            run = paragraph.add_run(line)
            run.font.size = Pt(22 if kind == "title" else 16)
            if number < content.count("\n"):
                run.add_break()
        _place(paragraph, kind)
    document.save(str(path))
    return path


def _lay_out(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.header.paragraphs[0].text = "清河市人民政府办公室文件"
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)
    footer.add_run(" —")


def _define_list(document: WordDocument) -> None:
    levels = "".join(
        _LEVEL.format(index=index, format=form, text=text)
        for index, (form, text) in enumerate(_FORMATS)
    )
    namespace = f'xmlns:w="{nsmap["w"]}"'
    lists = document.part.numbering_part.element
    lists.insert(0, parse_xml(_NUMBERING.format(namespace=namespace, levels=levels)))
    lists.append(
        parse_xml(f'<w:num {namespace} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )


def _place(paragraph: Paragraph, kind: str) -> None:
    if kind in ("title", "number"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif kind == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif kind == "text":
        paragraph.paragraph_format.first_line_indent = Pt(32)
    elif kind in NUMBERED:
        properties = paragraph._p.get_or_add_pPr()
        number = properties.get_or_add_numPr()
        number.get_or_add_ilvl().val = int(kind) - 1
        number.get_or_add_numId().val = 90


def _add_table(document: WordDocument, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text




def convert(paths: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """Files as LibreOffice writes them in another format.

    Args:
        paths: files that LibreOffice reads.
        kind: its name for the format, ``pdf`` or ``doc:MS Word 97``.
        folder: where they go.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-writer)")
    profile = (folder / "profile").resolve().as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=200,
    )
    ending = kind.split(":")[0]
    return [folder / f"{path.stem}.{ending}" for path in paths]


def as_scan(pdf: Path, path: Path) -> Path:
    """The pages of a PDF as a scanner gives them: pictures, a little noisy, no text."""
    with pypdfium2.PdfDocument(str(pdf)) as document:
        pages = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]
    buffer = io.BytesIO()
    pages[0].save(
        buffer, "PDF", resolution=200, save_all=True, append_images=pages[1:], quality=70
    )
    path.write_bytes(buffer.getvalue())
    return path


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
            sheet.write(content[: _COLUMNS - indent], indent=indent)
            for start in range(_COLUMNS - indent, len(content), _COLUMNS):
                sheet.write(content[start : start + _COLUMNS])
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


def _write_centred(sheet: _Sheet, text: str, *, size: float) -> None:
    fit = int(_COLUMNS / size)
    for start in range(0, len(text), fit):
        part = text[start : start + fit]
        columns = sum(0.5 if char.isascii() else 1.0 for char in part) * size
        sheet.write(part, indent=(_COLUMNS - columns) / 2, size=size)
