"""The sample policy as files of every kind, made by programs that people make such files with."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from tests.sample_policy import BLOCKS, NUMBERED

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
    pages[0].save(buffer, "PDF", resolution=200, save_all=True, append_images=pages[1:], quality=70)
    path.write_bytes(buffer.getvalue())
    return path
