"""Lines to paragraphs: what wrapping cut is joined, what scraping ran together is cut; pure.

Cleaning only ever *leaves out* characters of the source, so a paragraph is a concatenation of
slices of it, and every word keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.flattened import Flattened, unclosed
from corpus.frame_lines import is_adoption_note, is_attribute, is_copy_list, is_standalone
from corpus.line_ends import CLOSERS, closes_note, ends_sentence, is_open_ended
from corpus.line_layout import Layout
from corpus.lines import BOLD, Line, source_lines, spaced
from corpus.markers import Marker, Numbering, marker_of
from corpus.run_together import ends_signed
from corpus.schema import Segment
from corpus.titles import is_title

# No paragraph begins like this: 依照本法第三十条 ⏎ 第二款的规定.
_MID_SENTENCE = re.compile(
    r"第[一二三四五六七八九十\d]{1,3}[款项]|第[（(][一二三四五六七八九十\d]{1,3}[）)][项目]"
)
LINE_BREAK = re.compile(r"[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_MAX_HEAD = 40  # a numbered line without a full stop and no longer than this is a head
_MIN_CUT = 20  # characters of a line that the end of a page may have cut
_MAX_LINES_BACK = 12  # of a paragraph that are looked at for an open bracket
_MAX_OPEN = 2000  # characters behind which a bracket was never closed


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its clean text, the source slices that make it up, its markdown level."""

    text: str
    segments: tuple[Segment, ...]
    level: int = 0
    row: str = ""  # of a table: 表头, 首行 or 表行
    marker: Marker | None = None  # the number that opens it
    part: str = ""  # of the head of a web page: 页头, or the 标题 or 文号 in it

    @property
    def start(self) -> int:
        """Where the paragraph begins in the source."""
        return self.segments[0][0]

    @property
    def end(self) -> int:
        """Where the paragraph ends in the source."""
        return self.segments[-1][1]


def clean_paragraphs(source: str) -> list[Paragraph]:
    """Paragraphs of a source text in reading order, wrapped lines joined.

    For every paragraph ``text`` equals the joined ``source[start:end]`` of its segments, where a
    line break that parted two Latin words reads as a space.
    """
    layout, lines = source_lines(source)
    return list(_cut(list(_Wrapped(source, layout).joined(lines))))


class _Wrapped:
    """Joins the lines of one text."""

    def __init__(self, source: str, layout: Layout) -> None:
        self._source = source
        self._width = layout.wrap_width
        self._blank_lines_part = layout.blank_lines_part
        self._indents_part = layout.indents_part
        self._numbering = Numbering()

    def joined(self, lines: Sequence[Line]) -> Iterator[Paragraph]:
        """Paragraphs of the lines, one after the other."""
        pending: list[Line] = []
        opening: Marker | None = None
        markers = [None if line.row or line.part else marker_of(line.text) for line in lines]
        for line, marker in zip(lines, markers, strict=True):
            if pending and not self._continues(pending, opening, line, marker):
                yield self._paragraph(pending, opening)
                pending = []
            if not pending:
                opening = marker
                if marker is not None:
                    self._numbering.take(marker)
            pending.append(line)
        if pending:
            yield self._paragraph(pending, opening)

    def _continues(
        self, pending: list[Line], opening: Marker | None, line: Line, marker: Marker | None
    ) -> bool:
        """Whether ``line`` goes on with the paragraph that ``pending`` began."""
        last = pending[-1]
        if line.row or last.row or line.part or last.part:
            return False
        if marker is not None and not (line.level or last.level):
            unfinished = is_open_ended(last.text) or self._is_full(last)
            return unfinished and self._only_mentions(last, marker)
        if _stands_alone(last, line) or is_attribute(line.text):
            return False
        return not (line.indented and self._width is None) and self._runs_on(pending, opening, line)

    def _runs_on(self, pending: list[Line], opening: Marker | None, line: Line) -> bool:
        """Whether a line without a number goes on with the text above it."""
        last = pending[-1]
        text = last.text
        if len(pending) > 1:
            text = "".join([part.text for part in pending[-_MAX_LINES_BACK:]])
        if len(text) < _MAX_OPEN and unclosed(text):
            return True
        if ends_signed(text) or is_adoption_note(text):
            return False
        if ends_sentence(last.text) or closes_note(text):
            return self._fills(last, line)
        if is_open_ended(last.text) or _MID_SENTENCE.match(line.text):
            return True
        if line.after_page and opening is None and _may_be_cut(text):
            return not line.indented  # the end of a page cut it
        if is_attribute(text):
            return self._is_full(last)
        if self._indents_part and line.indented:
            return False
        if self._width is None:
            return _is_prose(text, numbered=opening is not None)
        # Figures make a line narrow; a first line may have lost its indent of two wide spaces.
        slack = 16 if self._indents_part else 8 if len(pending) == 1 else 4
        return last.width >= self._width - slack

    def _is_full(self, line: Line) -> bool:
        return self._width is not None and line.width >= self._width - 4

    def _only_mentions(self, last: Line, marker: Marker) -> bool:
        """Whether a number at the start of a line, out of its turn, belongs to a sentence."""
        if ends_sentence(last.text):
            return False
        out_of_turn = marker.number != 1 and not self._numbering.continues(marker)
        return marker.doubtful or out_of_turn

    def _fills(self, last: Line, line: Line) -> bool:
        """Whether a full line that ends a sentence is still followed by its own paragraph.

        The first line of a paragraph is narrower by the indent, so a line that fills the width,
        or falls short of that narrower width, goes on with the paragraph above it.
        """
        if self._width is None or (self._blank_lines_part and line.after_blank):
            return False
        if not (ends_sentence(line.text) or line.text[-1] in CLOSERS or self._is_full(line)):
            return False  # a name or a head: the last line of a paragraph ends a sentence
        if self._indents_part:
            return not line.indented and last.width >= self._width - 2
        first_line = self._width - 8 <= line.width <= self._width - 3
        return last.width >= self._width - 2 and not line.indented and not first_line

    def _paragraph(self, lines: list[Line], marker: Marker | None) -> Paragraph:
        first = lines[0]
        if len(lines) == 1:
            return Paragraph(first.text, first.segments, first.level, first.row, marker, first.part)
        source = self._source
        segments = list(first.segments)
        for line in lines[1:]:
            before, after = source[segments[-1][1] - 1], source[line.segments[0][0]]
            broken = self._width is not None and before.isdigit() and after.isdigit()
            words = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
            if words and not broken:  # a figure that wrapping broke is one figure
                gap = LINE_BREAK.search(source, segments[-1][1], line.segments[0][0])
                segments.extend([gap.span()] if gap else [])
            segments.extend(line.segments)
        text = spaced("".join([source[start:end] for start, end in segments]))
        # What a line opens may turn out to be a mention once the next line is behind it.
        return Paragraph(text, _merged(segments), first.level, "", marker and marker_of(text))


def _may_be_cut(text: str) -> bool:
    """Whether a line that ends no sentence is text that the end of a page cut, and no head."""
    runs = len(text) >= _MIN_CUT or "、" in text or "，" in text
    return runs and not is_title(text)


def _stands_alone(last: Line, line: Line) -> bool:
    """Whether one of two lines is a head or a line that never runs on."""
    if line.level or last.level:
        both_bold = line.level == last.level == BOLD
        return not (both_bold and is_open_ended(last.text))
    if is_standalone(line.text):
        return True
    if is_copy_list(last.text):
        return last.text.endswith("。")
    return is_standalone(last.text)


def _is_prose(text: str, *, numbered: bool) -> bool:
    """Whether an unfinished line is running text rather than a head, a name or a date."""
    if numbered and len(text) <= _MAX_HEAD and "。" not in text:
        return False
    return "，" in text or "。" in text


def _merged(segments: list[Segment]) -> tuple[Segment, ...]:
    """Segments with touching neighbours made one."""
    merged: list[Segment] = []
    for start, end in segments:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def _cut(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs cut where text that was run together holds further numbers."""
    flattened = Flattened([paragraph.marker for paragraph in paragraphs])
    for index, paragraph in enumerate(paragraphs):
        whole = paragraph.row or paragraph.part
        cuts = [] if whole else flattened.cuts(index, paragraph.text)
        if cuts:
            yield from _pieces(paragraph, cuts)
        else:
            yield paragraph


def _pieces(paragraph: Paragraph, cuts: list[int]) -> Iterator[Paragraph]:
    level, position, kept = paragraph.level, 0, list(reversed(paragraph.segments))
    for start, end in zip([0, *cuts], [*cuts, len(paragraph.text)], strict=True):
        segments: list[Segment] = []
        while kept and position < end:
            first, last = kept.pop()
            if position + last - first > end:
                kept.append((first + end - position, last))
                last = first + end - position
            segments.append((first, last))
            position += last - first
        text = paragraph.text[start:end]
        yield Paragraph(text, tuple(segments), level, "", marker_of(text))
        level = 0
