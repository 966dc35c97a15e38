"""Word documents (docx) to text: paragraphs with their printed numbers, tables, notes, text boxes.

Changes are taken as accepted. Left out: headers and footers, comments, hidden text, tables of
contents, pictures. A footnote follows the paragraph that refers to it, on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.archives import Archive, Element
from corpus.docx_numbering import Numbering
from corpus.docx_styles import Styles
from corpus.docx_text import GONE, NOTE_PARTS, Inline, alternative, is_on, value
from corpus.errors import DocumentDamaged
from corpus.reading import INDENT, Reading
from corpus.tables import MAX_COLUMNS, table_lines

_MAX_HEADING_CHARACTERS = 80  # longer than this, or with a full stop, it is text in a large font
_MAIN = "word/document.xml"
_MAX_REPEATED_CHARACTERS = 200  # a longer text stands once, though its cell spans rows


def read_docx(data: bytes) -> Reading:
    """Text of a Word document.

    Raises:
        DocumentUnreadable: damaged, encrypted, too large, or not a Word document.
    """
    archive = Archive(data)
    parts = _parts(archive)
    root = archive.tree(parts["document"])
    body = root.find("body")
    if body is None:
        raise DocumentDamaged("it has no body; save it anew as docx")

    trees = {
        kind: archive.tree(parts[kind])
        for kind in ("numbering", "styles", *NOTE_PARTS.values())
        if parts.get(kind, "") in archive
    }
    notes = {
        (kind, note.get("id", "")): note
        for kind in NOTE_PARTS.values()
        if kind in trees
        for note in trees[kind]
    }
    numbering, styles = Numbering(trees.get("numbering")), Styles(trees.get("styles"))
    story = _Story(_Source(numbering, styles, notes))
    try:
        story.add_blocks(body)
    except RecursionError as error:
        raise DocumentDamaged("its parts are nested too deep; save it anew as docx") from error
    return Reading("\n".join(story.finished()))


def _parts(archive: Archive) -> dict[str, str]:
    """Names of the parts of a document by kind, as its relations give them."""
    main = _MAIN
    if "_rels/.rels" in archive:
        targets = _relations(archive.tree("_rels/.rels"))
        main = targets.get("officeDocument", main).lstrip("/")
    folder, _, name = main.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    targets = _relations(archive.tree(relations)) if relations in archive else {}
    found = {kind: _resolved(folder, target) for kind, target in targets.items()}
    return {**found, "document": main}


def _relations(root: Element) -> dict[str, str]:
    return {
        node.get("Type", "").rpartition("/")[2]: node.get("Target", "")
        for node in root
        if node.get("TargetMode") != "External"
    }


def _resolved(folder: str, target: str) -> str:
    return target if target.startswith("/") else f"{folder}/{target}"


@dataclass(slots=True)
class _Source:
    """What all paragraphs of a document share."""

    numbering: Numbering
    styles: Styles
    notes: dict[tuple[str, str], Element]  # by part and id; those not yet printed
    note_count: int = 0


class _Story:
    """The lines of a body, a cell, a text box or a note."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._lines: list[str] = []
        self._kept = ""  # text of a paragraph whose end is deleted: the next one goes on with it

    def finished(self) -> list[str]:
        """All lines."""
        if self._kept:
            self._lines.append(self._kept)
            self._kept = ""
        return self._lines

    def add_blocks(self, container: Element) -> None:
        """The paragraphs and tables of a container."""
        for node in container:
            if node.tag == "p":
                self._add_paragraph(node)
            elif node.tag == "tbl":
                self._lines.extend(_table(node, self._source))
            elif node.tag == "AlternateContent":
                self.add_blocks(alternative(node))
            elif node.tag not in GONE and not _is_contents(node):
                self.add_blocks(node)

    def _add_paragraph(self, node: Element) -> None:
        properties = node.find("pPr")
        style = value(properties, "pStyle")
        inline = Inline()
        inline.add(node)
        text = self._kept + "".join(inline.text)
        self._kept = ""
        if is_on(node, "pPr/rPr/del") and not inline.boxes:
            self._kept = text
            return
        label = self._label(properties, style)
        if text.strip() and not self._source.styles.is_contents(style):
            level = self._source.styles.heading_level(style, properties)
            apart = value(properties, "jc") in ("center", "right", "end")
            line = _headed(label + text.strip(), level)
            self._lines.append(line if line.startswith("#") or apart else INDENT + line)
        for box in inline.boxes:
            self.add_blocks(box)
        for reference in inline.notes:
            self._add_note(reference)

    def _label(self, properties: Element | None, style: str) -> str:
        """The printed number of a paragraph; counts it."""
        source = self._source
        list_id, level = source.styles.list_of(style)
        if list_id and level is None:
            level = source.numbering.level_of_style(list_id, style)
        own = properties.find("numPr") if properties is not None else None
        if own is not None:
            own_level = value(own, "ilvl")
            list_id = value(own, "numId") or list_id
            level = int(own_level) if own_level in "012345678" and own_level else level
        return source.numbering.label(list_id, level or 0) if list_id not in ("", "0") else ""

    def _add_note(self, reference: Element) -> None:
        key = (NOTE_PARTS[reference.tag], reference.get("id", ""))
        note = self._source.notes.pop(key, None)
        if note is None:
            return
        self._source.note_count += 1
        number = self._source.note_count
        inner = _Story(self._source)
        inner.add_blocks(note)
        text = " ".join(line.strip() for line in inner.finished())
        if text:
            self._lines.append(f"[{number}] {text}")


def _headed(text: str, level: int) -> str:
    """A line with the marks of a heading where it is one; line breaks in headings are layout."""
    if not level or len(text) > _MAX_HEADING_CHARACTERS or "。" in text:
        return text
    return "#" * level + " " + "".join(text.split("\n"))


def _table(table: Element, source: _Source) -> list[str]:
    rows: list[list[str]] = []
    above: list[str] = []  # texts that go on downwards, by column
    header_rows, joined = 0, True
    for number, row in enumerate(_inside(table, "tr")):
        if row.find("trPr/del") is not None:
            continue
        texts, continued = _row(row, source, above)
        marked = is_on(row, "trPr/tblHeader")
        joined = joined and (number == 0 or marked or continued)
        header_rows += joined
        rows.append(texts)
        above = texts
    return table_lines(rows, header_rows=header_rows)


def _row(row: Element, source: _Source, above: list[str]) -> tuple[list[str], bool]:
    """Texts of a row by column, and whether one of them goes on from the row above."""
    texts = [""] * min(_number(value(row.find("trPr"), "gridBefore")), MAX_COLUMNS)
    continued = False
    for cell in _inside(row, "tc"):
        properties = cell.find("tcPr")
        if len(texts) >= MAX_COLUMNS or (properties is not None and is_on(properties, "cellDel")):
            continue
        story = _Story(source)
        story.add_blocks(cell)
        text = "\n".join(line.lstrip("#").strip() for line in story.finished())
        merge = properties.find("vMerge") if properties is not None else None
        if merge is not None and merge.get("val", "continue") == "continue":
            continued = True
            text = above[len(texts)] if len(texts) < len(above) else ""
            text = text if len(text) <= _MAX_REPEATED_CHARACTERS else ""
        span = max(1, min(_number(value(properties, "gridSpan")), MAX_COLUMNS - len(texts)))
        texts += [text, *[""] * (span - 1)]
    return texts, continued


def _inside(node: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, whatever wraps them; not those of inner tables."""
    for inner in node:
        if inner.tag == tag:
            yield inner
        elif inner.tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(inner, tag)


def _is_contents(node: Element) -> bool:
    gallery = node.find("sdtPr/docPartObj/docPartGallery")
    return gallery is not None and gallery.get("val") == "Table of Contents"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
