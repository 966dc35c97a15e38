"""How a file was laid out: where lines were wrapped, what indents and blank lines mean; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAGE_NUMBER = re.compile(
    r"[-—–─－―·•\s]{1,4}\d{1,4}[-—–─－―·•\s]{1,4}"
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}"
)
_RULE = re.compile(r"[-*_=—]{3,}|(?:[-*_]\s+){2,}[-*_]")
_MAX_PAGE_NUMBER = 24
_SAMPLE = 5000  # lines that show how a file was laid out
_MIN_LINES_FOR_WRAP = 12
_MIN_WRAP_WIDTH = 30  # short lines of one length are a list
_WRAP_SHARE = 0.35
_OPEN_SHARE = 0.15  # of full lines, where most of them end in the middle of a sentence
_MIN_OPEN = 4
_OPEN_AMONG_FULL = 0.6
_LINE_CLOSES = frozenset("。；：！？;:!?”）)》")
_INDENT_SHARE = 0.1  # with fewer indented lines than this, an indent is a whim
_BLANK_SHARE = 0.6  # with more blank lines than this, a blank line parts nothing


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file was laid out: what wrapping, indents and blank lines mean in it."""

    wrap_width: int | None  # columns at which lines were wrapped, None where they were not
    indent: int  # columns by which every line is indented
    blank_lines_part: bool  # whether a blank line stands between paragraphs only
    indents_part: bool  # whether the first line of a paragraph is indented


def layout_of(raws: list[str]) -> Layout:
    """Read from the first lines; marks, heads and tables say nothing of wrapping."""
    widths: list[int] = []
    indents: list[int] = []
    opens: list[bool] = []  # whether the line ends where no sentence does
    blank = 0
    for raw in raws[: 2 * _SAMPLE]:
        body = raw.strip()
        if not body:
            blank += 1
        elif body[0] not in "#|" and len(widths) < _SAMPLE and "\t" not in body:
            if is_mark(body):
                continue
            widths.append(columns(body))
            opens.append(body[-1] not in _LINE_CLOSES)
            indents.append(indent_of(raw[: raw.index(body[0])]) if raw[0] != body[0] else 0)
    indent = min(indents, default=0)
    further = sum(1 for value in indents if value - indent >= 2)
    return Layout(
        _wrap_width([w + i - indent for w, i in zip(widths, indents, strict=True)], opens),
        indent,
        blank_lines_part=0 < blank < _BLANK_SHARE * len(widths),
        indents_part=further > _INDENT_SHARE * len(widths),
    )


def _wrap_width(widths: list[int], opens: list[bool]) -> int | None:
    """Columns at which lines were wrapped: where many are full, or some that end mid-sentence."""
    if len(widths) < _MIN_OPEN:
        return None
    width = sorted(widths)[int(len(widths) * 0.95) - 1]
    if width < _MIN_WRAP_WIDTH:
        return None
    lines = zip(widths, opens, strict=True)
    full = [is_open for filled, is_open in lines if width - 4 <= filled <= width + 2]
    if len(widths) >= _MIN_LINES_FOR_WRAP and len(full) >= _WRAP_SHARE * len(widths):
        return width
    is_cut = sum(full) >= max(_MIN_OPEN, _OPEN_AMONG_FULL * len(full))
    none_longer = max(widths) <= width + 2
    return width if is_cut and none_longer and len(full) >= _OPEN_SHARE * len(widths) else None


def columns(text: str) -> int:
    """Printed width, about: one column for ASCII, two for Chinese."""
    return (len(text.encode("utf-8", "surrogatepass")) + len(text)) // 2


def indent_of(white: str) -> int:
    """Columns of the white space before a line, about."""
    white = white[:64]
    return len(white) + white.count("\u3000") + 3 * white.count("\t")


def is_mark(body: str) -> bool:
    """Whether a line is a page number or a rule."""
    first = body[0]
    if first > "\u3000" and first not in "第－":
        return False
    if first in "-*_=—" and body[-1] in "-*_=—" and _RULE.fullmatch(body):
        return True
    return len(body) <= _MAX_PAGE_NUMBER and _PAGE_NUMBER.fullmatch(body) is not None
