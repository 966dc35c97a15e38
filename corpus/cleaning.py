"""Source text to paragraphs: layout goes, words stay, and every word keeps its place.

Cleaning only ever *leaves out* characters (white space of the layout, page numbers, markdown
marks, marks that OCR left), so a paragraph is a concatenation of slices of the source. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.markers import is_attribute, is_standalone, marker_of
from corpus.schema import Segment

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_PAGE_NUMBER = re.compile(
    r"[-—–─－―·•\s]{1,4}\d{1,4}[-—–─－―·•\s]{1,4}"
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}"
)
_RULE = re.compile(r"[-*_=—]{3,}")
_HASHES = re.compile(r"(#{1,6})\s*")
_QUOTE_MARK = re.compile(r"(?:>\s?)+")
# White space, markdown bold, zero-width characters, and the boxes that OCR leaves by Latin text.
_LEFT_OUT = re.compile(
    r"\s+|\*\*|[\u200b-\u200f\u2060\ufeff\u00ad]+|□+(?=[A-Za-z(（])|(?<=[A-Za-z)）])□+"
)
_LABEL_BEFORE_SPACE = re.compile(
    r"第[〇零一二三四五六七八九十百千两\d]+(?:编|分编|章|节|条)(?:之[一二三四五六七八九十]+)?$"
)
_SENTENCE_END = re.compile(r"[。！？；!?;][”’」』）)]*$|[。！？；!?;]$")
_OPEN_END = re.compile(r"[，、,（(《“〈的和与及或]$")
_BRACKETS = {"（": "）", "(": "）", "《": "》", "“": "”", "〈": "〉"}
_CLOSING = {"）": "）", ")": "）", "》": "》", "”": "”", "〉": "〉"}
_MAX_HEAD = 40  # a numbered line without a full stop and no longer than this is a head
_MIN_LINES_FOR_WRAP = 12
_WRAP_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its clean text, the source slices that make it up, its markdown level."""

    text: str
    segments: tuple[Segment, ...]
    level: int = 0

    @property
    def start(self) -> int:
        """Where the paragraph begins in the source."""
        return self.segments[0][0]

    @property
    def end(self) -> int:
        """Where the paragraph ends in the source."""
        return self.segments[-1][1]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    segments: tuple[Segment, ...]
    level: int
    indented: bool
    width: int  # of the printed line in half-width columns


def clean_paragraphs(source: str) -> list[Paragraph]:
    """Paragraphs of a source text in reading order, wrapped lines joined.

    For every paragraph ``text`` equals the joined ``source[start:end]`` of its segments, where a
    line break that parted two Latin words reads as a space.
    """
    lines = list(_lines(source))
    wrap_width = _wrap_width(lines)
    paragraphs: list[Paragraph] = []
    pending: list[_Line] = []
    for line in lines:
        if pending and not _continues(pending, line, wrap_width):
            paragraphs.append(_joined(pending, source))
            pending = []
        pending.append(line)
    if pending:
        paragraphs.append(_joined(pending, source))
    return paragraphs


def _lines(source: str) -> Iterator[_Line]:
    front = _FRONT_MATTER.match(source)
    position = front.end() if front else 0
    for raw in source[position:].splitlines(keepends=True):
        start, position = position, position + len(raw)
        body = raw.strip()
        if not body or _PAGE_NUMBER.fullmatch(body) or _RULE.fullmatch(body):
            continue
        offset = start + raw.index(body[0])
        level = 0
        if body[0] == "#" and (hashes := _HASHES.match(body)):
            level = len(hashes[1])
            offset, body = offset + hashes.end(), body[hashes.end() :]
        elif body[0] == ">" and (mark := _QUOTE_MARK.match(body)):
            offset, body = offset + mark.end(), body[mark.end() :]
        segments = _segments(body, offset)
        if segments:
            text = "".join(source[s:e] for s, e in segments)
            indented = raw.startswith(("\u3000", "  ", "\t"))
            yield _Line(_spaced(text), segments, level, indented, _columns(body))


def _segments(body: str, offset: int) -> tuple[Segment, ...]:
    """Slices of the line that stay; offsets are moved by ``offset``."""
    kept: list[Segment] = []
    position = 0
    for match in _LEFT_OUT.finditer(body):
        if match.start() > position:
            kept.append((offset + position, offset + match.start()))
        position = match.end()
        if match[0][0].isspace() and _space_counts(body, match.start(), match.end()):
            kept.append((offset + match.start(), offset + match.start() + 1))
    if position < len(body):
        kept.append((offset + position, offset + len(body)))
    return tuple(kept)


def _space_counts(body: str, start: int, end: int) -> bool:
    """Whether white space parts words: between Latin ones, and behind the number of an article."""
    if start == 0 or end == len(body):
        return False
    before, after = body[start - 1], body[end]
    if before.isascii() and after.isascii() and before != "*" and after != "*":
        return True
    return bool(_LABEL_BEFORE_SPACE.search(body[max(0, start - 16) : start].rstrip("*")))


def _spaced(text: str) -> str:
    """The text with each white space character as one plain space."""
    return text if text.isprintable() else re.sub(r"\s", " ", text)


def _columns(text: str) -> int:
    """Printed width: one column for ASCII, two for everything else."""
    return len(text) if text.isascii() else sum(1 if char < "\u0100" else 2 for char in text)


def _wrap_width(lines: list[_Line]) -> int | None:
    """Columns at which the file was wrapped by its layout, or None where it was not."""
    widths = sorted(line.width for line in lines if line.level == 0)
    if len(widths) < _MIN_LINES_FOR_WRAP:
        return None
    width = widths[int(len(widths) * 0.95) - 1]
    full = sum(1 for value in widths if width - 4 <= value <= width + 2)
    return width if full / len(widths) >= _WRAP_SHARE else None


def _continues(pending: list[_Line], line: _Line, wrap_width: int | None) -> bool:
    """Whether ``line`` goes on with the paragraph that ``pending`` began."""
    last = pending[-1]
    if line.level or last.level or is_standalone(line.text) or is_standalone(last.text):
        return False
    if marker_of(line.text) is not None or is_attribute(line.text):
        return False
    if line.indented and wrap_width is None:
        return False
    text = last.text if len(pending) == 1 else "".join(part.text for part in pending[-12:])
    if _unclosed(text):
        return True
    if _SENTENCE_END.search(last.text) or last.text.endswith(("：", ":")):
        return wrap_width is not None and _fills(last, line, wrap_width)
    if _OPEN_END.search(last.text):
        return True
    if is_attribute(text):
        return False
    # The first line of a paragraph may have lost its indent of two full-width spaces.
    slack = 8 if len(pending) == 1 else 4
    if wrap_width is not None and last.width >= wrap_width - slack:
        return True
    return wrap_width is None and _is_prose(text)


def _fills(last: _Line, line: _Line, wrap_width: int) -> bool:
    """Whether a full line that ends a sentence is still followed by its own paragraph.

    The first line of a paragraph is narrower by the indent, so a line that fills the width, or
    falls short of that narrower width, goes on with the paragraph above it.
    """
    first_line = wrap_width - 8 <= line.width <= wrap_width - 3
    return last.width >= wrap_width - 2 and not line.indented and not first_line


def _is_prose(text: str) -> bool:
    """Whether an unfinished line is running text rather than a head, a name or a date."""
    if marker_of(text) is not None and len(text) <= _MAX_HEAD and "。" not in text:
        return False
    return "，" in text or "。" in text


def _unclosed(text: str) -> bool:
    """Whether a bracket that the text opened is still open at its end."""
    stack: list[str] = []
    for char in text:
        if char in _BRACKETS:
            stack.append(_BRACKETS[char])
        elif char in _CLOSING and stack and stack[-1] == _CLOSING[char]:
            stack.pop()
    return bool(stack) and len(text) < 2000


def _joined(lines: list[_Line], source: str) -> Paragraph:
    segments = list(lines[0].segments)
    for line in lines[1:]:
        before, after = source[segments[-1][1] - 1], source[line.segments[0][0]]
        if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
            gap = segments[-1][1]
            segments.append((gap, gap + 1))
        segments.extend(line.segments)
    text = _spaced("".join(source[s:e] for s, e in segments))
    return Paragraph(text, _merged(segments), lines[0].level)


def _merged(segments: list[Segment]) -> tuple[Segment, ...]:
    """Segments with touching neighbours made one."""
    merged: list[Segment] = []
    for start, end in segments:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)
