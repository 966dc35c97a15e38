"""An answer as a Word document with real footnotes.

python-docx writes no footnotes, so that their part is made here, by the rules of ECMA-376 17.11:
two separators, then a note for each citation, each referred to from the text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.schema import Answer, Table
from ui.notes import MARK, note_text
from ui.text import Wording

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FONT, _HEAD_FONT = "宋体", "黑体"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HALF_POINTS = 18  # of a footnote
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{element}/></w:r></w:p></w:footnote>'
    for number, kind, element in (
        (-1, "separator", "separator"),
        (0, "continuationSeparator", "continuationSeparator"),
    )
)


def word_file(answer: Answer, asked: datetime, wording: Wording) -> bytes:
    """The question as heading, the answer, its table, and each citation as a footnote."""
    document = Document()
    _set_fonts(document)
    _write(document.add_heading(level=1), answer.question)
    notes = {citation.number: note_text(citation) for citation in answer.citations}
    for line in answer.text.splitlines():
        if line.strip():
            _with_notes(document.add_paragraph(), line.strip(), notes)
    if answer.table is not None:
        _add_table(document, answer.table, notes, wording)
    when = asked.astimezone().strftime("%Y-%m-%d %H:%M")
    foot = document.add_paragraph().add_run(f"{wording.product} · {when} · {wording.notice}")
    foot.font.size = Pt(9)
    if notes:
        _add_footnotes(document, notes)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_fonts(document: WordDocument) -> None:
    for name, font, size in (("Normal", _FONT, 12), ("Heading 1", _HEAD_FONT, 16)):
        style = document.styles[name]
        style.font.size = Pt(size)
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), font)


def _plain(text: str) -> str:
    """The text without characters that no XML may hold."""
    return _NOT_XML.sub("", text)


def _write(paragraph: Paragraph, text: str) -> Run:
    return paragraph.add_run(_plain(text))


def _with_notes(paragraph: Paragraph, text: str, notes: Mapping[int, str]) -> None:
    """The text with a footnote in place of each mark."""
    position = 0
    for match in MARK.finditer(text):
        number = int(match[1])
        if number in notes:
            _write(paragraph, text[position : match.start()])
            _refer(paragraph, number)
            position = match.end()
    _write(paragraph, text[position:])


def _refer(paragraph: Paragraph, number: int) -> None:
    """A footnote; one that is referred to again gets the same number, as text."""
    run = paragraph.add_run()
    run.font.superscript = True
    root = paragraph.part.element
    known = root.xpath(f'//w:footnoteReference[@w:id="{number}"]')
    if known:
        run.text = f"[{number}]"
        return
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)


def _add_table(
    document: WordDocument, table: Table, notes: Mapping[int, str], wording: Wording
) -> None:
    columns = (*table.columns, wording.table_sources)
    grid = document.add_table(rows=1, cols=len(columns))
    grid.style = document.styles["Table Grid"]
    for cell, name in zip(grid.rows[0].cells, columns, strict=True):
        _write(cell.paragraphs[0], name).bold = True
    for at, row in enumerate(table.rows):
        numbers = table.citations[at] if at < len(table.citations) else ()
        texts: Sequence[str] = (*row, "".join(f"[{number}]" for number in numbers))
        for cell, text in zip(grid.add_row().cells, texts, strict=False):
            _with_notes(cell.paragraphs[0], text, notes)
    document.add_paragraph()


def _add_footnotes(document: WordDocument, notes: Mapping[int, str]) -> None:
    """The part that holds the notes."""
    bodies = "".join(_note(number, text) for number, text in notes.items())
    content = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:footnotes xmlns:w="{_SPACE}">{_SEPARATORS}{bodies}</w:footnotes>'
    )
    name = PackURI("/word/footnotes.xml")
    part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, content.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _note(number: int, text: str) -> str:
    size = f'<w:sz w:val="{_HALF_POINTS}"/>'
    return (
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/>{size}'
        f"</w:rPr><w:footnoteRef/></w:r><w:r><w:rPr>{size}</w:rPr>"
        f'<w:t xml:space="preserve"> {escape(_plain(text))}</w:t></w:r></w:p></w:footnote>'
    )
