"""Names of bodies that stand side by side on the lines of a head or signature; pure."""

from __future__ import annotations

import re

from corpus.regions import find_regions
from corpus.schema import Segment

OFFICE_END = re.compile(
    r"(?:政府|办公室|办公厅|委员会|委|局|厅|部|院|中心|会|组|社|处|署|站|公司|集团|管委会|工委|党组|法院|检察院|银行|支队|大队|总队|海关)$"
)


def names_in(text: str, pieces: list[Segment]) -> list[Segment]:
    """Names that stand side by side on a line, parted by space or by the place that opens each."""
    if not pieces:
        return []
    start, end = pieces[0][0], pieces[-1][1]
    spaced_letters = len(pieces) > 2 and sum(b - a <= 2 for a, b in pieces) * 2 > len(pieces)
    if len(pieces) == 1 or spaced_letters:
        pieces = _by_place(text, start, end)
    names: list[Segment] = []
    begin = start
    for _, last in pieces:
        if OFFICE_END.search(text, begin, last) or last == end:
            names.append((begin, last))
            begin = last
    return names


def _by_place(text: str, start: int, end: int) -> list[Segment]:
    """云岭市财政局云岭市教育局 parted where the place comes again."""
    mentions = find_regions(text[start:end])
    place = text[start : start + mentions[0].end] if mentions and not mentions[0].start else ""
    if not place and (match := re.match(r"[\u4e00-\u9fff]{2,6}?[省市县区州]", text[start:end])):
        place = match[0]
    starts = [start]
    if place:
        again = text.find(place, start + 1, end)
        while again >= 0:
            starts.append(again)
            again = text.find(place, again + 1, end)
    return list(zip(starts, [*starts[1:], end], strict=True))
