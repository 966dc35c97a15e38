"""Source text to lines: what is layout and what is text, and how the file was laid out; pure.

A line keeps slices of the source and leaves out the rest: white space of the layout, page numbers,
markdown marks, control characters, marks that OCR left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.inner_space import space_counts
from corpus.line_layout import Layout, columns, indent_of, is_mark, layout_of
from corpus.line_pieces import line_pieces
from corpus.page_head import page_heads
from corpus.rows import Row, may_be_row, read_table
from corpus.schema import Segment

BOLD = 7  # the level of a line that is bold as a whole, below the six of markdown
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HASHES = re.compile(r"(#{1,6})\s*")
_CLOSING_HASHES = re.compile(r"\s+#+$")
# Quotes, bullets, pictures in front of a line, marks in front of a number; ❶ is a number itself.
_PICTURE = r"\U0001f000-\U0001faff\u2600-\u26ff\u2700-\u2775\u2b50\ufe0f\u200d"
_BULLET = re.compile(
    rf"(?:>\s?)+|[-*+]\s+(?=\S)|[{_PICTURE}][{_PICTURE}\s]*"
    r"|[■◆●▲►▶★☆◎]\s*(?=[一二三四五六七八九十\d（(第])"
)
# What \s matches, one by one: a class of characters only is searched faster.
_WHITE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CONTROL = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
# White space (as characters or as HTML writes it), markdown bold and escapes, control and
# zero-width characters, and the boxes that OCR leaves by Latin text. One class of first characters
# is what makes the search fast.
LEFT_OUT = re.compile(
    rf"[{_WHITE}*&<\\□{_CONTROL}](?:(?<=\s)\s*|(?<=\*)\*{{1,2}}|(?<=&)(?:nbsp|ensp|emsp);|(?<=<)br\s*/?>"
    rf"|(?<=\\)(?=[!-/:-@\[-`{{-~])|(?<=[{_CONTROL}])[{_CONTROL}]*"
    r"|(?<=□)□{0,8}(?=[A-Za-z(（])|(?<=[A-Za-z)）]□)□*)"
)


@dataclass(slots=True)
class Line:
    """A line without layout: its text, the slices of the source, how it stood on the page."""

    text: str
    segments: tuple[Segment, ...]
    level: int = 0  # of a markdown head, or BOLD
    indented: bool = False
    width: int = 0  # of the printed line in half-width columns, where the file was wrapped
    after_blank: bool = False
    after_page: bool = False  # a page number stood right before it
    row: str = ""  # of a table: 表头, 首行 (of a table without heads) or 表行
    part: str = ""  # of the head of a web page: 页头, or the 标题 or 文号 in it


def source_lines(source: str) -> tuple[Layout, list[Line]]:
    """The layout of a source text and its lines, without blank ones and page numbers."""
    front = _FRONT_MATTER.match(source)
    position = front.end() if front else 0
    raws = source[position:].splitlines(keepends=True)
    layout = layout_of(raws)
    return layout, list(_lines(source, raws, position, layout))


def spaced(text: str) -> str:
    """The text with each white space character as one plain space."""
    text = text.replace("\u3000", " ")
    return text if text.isprintable() else re.sub(r"\s", " ", text)


def _lines(source: str, raws: list[str], position: int, layout: Layout) -> Iterator[Line]:
    index = no_table_before = 0
    after_blank = after_page = False
    heads = page_heads(raws)
    while index < len(raws):
        raw = raws[index]
        body = raw.strip()
        if not body:
            after_blank = not after_page
            position += len(raw)
            index += 1
            continue
        whole = _keeps_all(body)
        if index in heads:
            pieces = _parts(heads[index])
        elif whole and "|" not in body:  # with nothing that parts cells or stands for a break
            pieces = [(raw, "")]
        else:
            if index >= no_table_before and may_be_row(raw):
                rows, no_table_before = read_table(raws, index)
                for row in rows:
                    yield _row_line(source, row, position)
                if rows:
                    position += sum(map(len, raws[index:no_table_before]))
                    index = no_table_before
                    continue
            pieces = [(piece, "") for piece in line_pieces(raw)]
        for piece, part in pieces:
            line = _line(source, piece, position, layout, whole=whole)
            if line is not None:
                line.after_blank, line.part, line.after_page = after_blank, part, after_page
                yield line
            # A page number parts nothing: text goes on behind it, blank lines or not.
            after_page = line is None and (after_page or bool(piece.strip()))
            after_blank = line is None and not after_page
            position += len(piece)
        index += 1


def _parts(head: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines of a line that holds the head of a web page, each with what it is of the head."""
    return [
        (piece, part) for text, part in head for piece in ([text] if part else line_pieces(text))
    ]


def _keeps_all(body: str) -> bool:
    """Whether a line holds nothing that is left out and no white space, as most lines do."""
    marked = "*" in body or "&" in body or "<" in body or "\\" in body or "□" in body
    # Of all white space, only the plain space is printable.
    return not marked and " " not in body and body.isprintable()


def _line(source: str, raw: str, position: int, layout: Layout, *, whole: bool) -> Line | None:
    body = raw.strip()
    if not body or is_mark(body):
        return None
    inset = 0 if raw[0] == body[0] else raw.index(body[0])
    further = indent_of(raw[:inset]) - layout.indent if inset else 0
    width = 0 if layout.wrap_width is None else columns(body) + max(further, 0)
    offset, level = position + inset, 0
    if not body[0].isalnum():
        level, begin, body = _unmarked(body)
        offset += begin
    if not body:
        return None
    if whole:
        return Line(body, ((offset, offset + len(body)),), level, further >= 2, width)
    segments = _segments(body, offset)
    text = spaced("".join([source[start:end] for start, end in segments]))
    return Line(text, segments, level, further >= 2, width) if segments else None


def _unmarked(body: str) -> tuple[int, int, str]:
    """The level of a head by its marks, and where its text begins without them and bullets."""
    if body.startswith("**"):
        bold = body.endswith("**") and body.count("**") == 2
        return BOLD if bold else 0, 0, body
    mark = _HASHES.match(body)
    if mark is not None:
        return len(mark[1]), mark.end(), _CLOSING_HASHES.sub("", body[mark.end() :])
    mark = _BULLET.match(body)
    return (0, mark.end(), body[mark.end() :]) if mark else (0, 0, body)


def _segments(body: str, offset: int) -> tuple[Segment, ...]:
    """Slices of the line that stay; offsets are moved by ``offset``."""
    kept: list[Segment] = []
    position = 0
    for match in LEFT_OUT.finditer(body):
        start, end = match.span()
        if start > position:
            kept.append((offset + position, offset + start))
        position = end
        if body[start].isspace() and space_counts(body, start, end):
            kept.append((offset + start, offset + start + 1))
    if position < len(body):
        kept.append((offset + position, offset + len(body)))
    return tuple(kept)


def _row_line(source: str, row: Row, position: int) -> Line:
    segments = tuple((position + start, position + end) for start, end in row.segments)
    text = "".join([source[start:end] for start, end in segments])
    return Line(re.sub(r"[^\S\t]", " ", text), segments, row=row.role)
