"""Slices of a clause's text led back to the file; for clauses of many slices, too; pure.

``Clause.source_span`` goes through the segments from the first on each time, which is quick for
one slice. Here the lengths are added up once, so that any number of slices takes little time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from corpus.schema import Clause, Fact, Segment


class Spans:
    """Where the text of one clause stands in the source."""

    def __init__(self, clause: Clause) -> None:
        self._clause = clause
        self._ends = list(accumulate(end - start for start, end in clause.segments))

    def source(self, start: int, end: int) -> Segment:
        """Source offsets of ``text[start:end]``; the slice must not be empty."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self._ends, end)
        segments, ends = self._clause.segments, self._ends
        return segments[first][1] - (ends[first] - start), segments[last][1] - (ends[last] - end)

    def fact(self, start: int, end: int, value: str = "") -> Fact:
        """The slice as a fact: the words themselves, or what they mean."""
        return Fact(value or self._clause.text[start:end], *self.source(start, end))

    def pieces(self, start: int, end: int) -> list[Segment]:
        """Runs of ``text[start:end]`` that stood in the source without a gap."""
        ends = self._ends
        found: list[Segment] = []
        while start < end:
            stop = min(ends[bisect_right(ends, start)], end)
            found.append((start, stop))
            start = stop
        return found
