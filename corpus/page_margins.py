"""Headers, footers and page numbers of printed pages, found by where they stand; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.page import Line, Page

_BAND = 0.125  # GB/T 9704-2012 leaves 37 mm above and 35 mm below the text of an A4 page
_MIN_SHARE = 0.4  # of the pages: headers may stand on every second page only
_MAX_BAND_LINES = 3
_DIGITS = re.compile(r"\d+")
_DASHED_NUMBER = re.compile(
    r"[-—–－―─·•]+\s*\d{1,4}\s*[-—–－―─·•]+"
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|.{0,200}\b\d{1,4}\s*/\s*\d{1,4}"
)
_PLAIN_NUMBER = re.compile(r"\d{1,4}")
_PRINTED_AT = re.compile(r"\d{4}/\d{1,2}/\d{1,2}[\s,，]*(?:[上下]午)?\s*\d{1,2}:\d{2}.*")


def without_margins(pages: Sequence[Page]) -> list[Page]:
    """The pages without what is printed in their margins."""
    bands = [[*_band(page, page.lines), *_band(page, page.lines[::-1])] for page in pages]
    repeated = _repeated(pages, bands)
    numbers = _page_numbers(pages, bands)
    kept: list[Page] = []
    for page in pages:
        gone: set[Line] = set()
        for lines in (page.lines, page.lines[::-1]):
            for line in _band(page, lines):
                # Only what stands further out than all text is in the margin.
                if not (
                    _key(page, line) in repeated
                    or (page.number, line) in numbers
                    or _DASHED_NUMBER.fullmatch(line.text)
                    or _PRINTED_AT.fullmatch(line.text)
                ):
                    break
                gone.add(line)
        kept.append(page._replace(lines=[line for line in page.lines if line not in gone]))
    return kept


def _band(page: Page, lines: Sequence[Line]) -> list[Line]:
    """The first lines, of a page from its top or its bottom, that stand in the margin."""
    found: list[Line] = []
    for line in lines[: _MAX_BAND_LINES + 1]:
        outer = min(line.bottom, page.height - line.top)
        if outer > page.height * _BAND:
            break
        found.append(line)
    return found[:_MAX_BAND_LINES]


def _key(page: Page, line: Line) -> tuple[str, int]:
    """What makes a line the same on two pages: its words, and its height to a few points."""
    return _DIGITS.sub("0", line.text), round((line.top + line.bottom) / 2 / 6)


def _repeated(pages: Sequence[Page], bands: list[list[Line]]) -> set[tuple[str, int]]:
    counts = Counter(
        key
        for page, lines in zip(pages, bands, strict=True)
        for key in {_key(page, line) for line in lines}
    )
    needed = max(2.0, len(pages) * _MIN_SHARE)
    found = {key for key, count in counts.items() if count >= needed}
    # Heights are rounded, so the same line may fall on either side of a step.
    return found | {(text, step + 1) for text, step in found} | {(t, s - 1) for t, s in found}


def _page_numbers(pages: Sequence[Page], bands: list[list[Line]]) -> set[tuple[int, Line]]:
    """Plain numbers in the margin that count with the pages."""
    offsets: dict[int, list[tuple[int, Line]]] = {}
    for page, lines in zip(pages, bands, strict=True):
        for line in lines:
            if _PLAIN_NUMBER.fullmatch(line.text):
                offsets.setdefault(int(line.text) - page.number, []).append((page.number, line))
    runs = [run for run in offsets.values() if len(run) > 1 or len(pages) == 1]
    return {entry for run in runs for entry in run}
