"""White space inside a line: which of it parts words, and which is layout; pure."""

from __future__ import annotations

import re

from corpus.line_pieces import LABEL_BEFORE_SPACE

# The digits of a year that a page sets apart: 2 026 年, 2 0 2 6—2028年.
_SPACED_YEAR = re.compile(
    r"(?<![\d.])(?<!\d\s)(?:1\s?9|2\s?0)\s?\d\s?\d"
    r"(?=\s?年|\s?[-—–－~～至]{1,2}\s?[12](?:\s?\d){3}\s?年)"
)


def space_counts(body: str, start: int, end: int) -> bool:
    """Whether white space parts words: between Latin ones, and behind the number of an article."""
    if start == 0 or end == len(body):
        return False
    before, after = body[start - 1], body[end]
    if before.isascii() and after.isascii() and before != "*" and after != "*":
        digits = before.isdecimal() and after.isdecimal()
        return not (digits and _is_inside_year(body, start))
    label = body[max(0, start - 16) : start].rstrip("*")
    return "第" in label and LABEL_BEFORE_SPACE.search(label) is not None


def _is_inside_year(body: str, position: int) -> bool:
    years = _SPACED_YEAR.finditer(body)
    return any(match.start() < position < match.end() for match in years)
