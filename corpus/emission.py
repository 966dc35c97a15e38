"""Clauses as they are made: unique ids, texts put together from paragraphs, segments; pure."""

from __future__ import annotations

import re
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from corpus.cleaning import LINE_BREAK, Paragraph
from corpus.columns import Columns
from corpus.notice import KIND_ADDRESS
from corpus.schema import Clause, Segment, Target, Unit
from corpus.targets import moved, targets_of
from corpus.units import units_of

# Who is written to, who signed and what is listed there: nobody is told to do anything.
_FRAME = frozenset(KIND_ADDRESS) - {"前言", "通知", "文末"}
_WHITE = re.compile(r"\s")


class Place(NamedTuple):
    """Where a clause stands: the clause above it, its address, its label, the heads above it."""

    parent_id: str | None = None
    address: str = ""
    label: str = ""
    path: tuple[str, ...] = ()


class Emission:
    """The clauses of one policy, in the order in which they are made."""

    def __init__(self, policy_id: str, source: str) -> None:
        self.clauses: list[Clause] = []
        self._policy_id = policy_id
        self._source = source
        self._repeats: dict[str, int] = {}
        # Clauses still to be read, by their index, with their paragraphs and where these begin.
        self._unread: list[tuple[int, list[Paragraph], list[int]]] = []
        # What the paragraphs of articles say, by their start.
        self._said: dict[int, tuple[tuple[Unit, ...], tuple[Target, ...]]] = {}

    def read(self, paragraphs: list[Paragraph]) -> None:
        """Read the paragraphs of all articles, each of which several clauses will repeat.

        First all are read for units, then all for targets: what a processor has just run is quick.
        """
        units = [units_of(paragraph.text) for paragraph in paragraphs]
        targets = [targets_of(paragraph.text) for paragraph in paragraphs]
        starts = [paragraph.start for paragraph in paragraphs]
        self._said = dict(zip(starts, zip(units, targets, strict=True), strict=True))

    def emit(
        self, kind: str, paragraphs: list[Paragraph], place: Place, *, in_article: bool = False
    ) -> str:
        """Make a clause of paragraphs and return its id.

        Args:
            kind: of the clause.
            paragraphs: that make it up.
            place: where it stands.
            in_article: whether it is an article or a part of one, and has been read.
        """
        text, segments, offsets = join_paragraphs(paragraphs, self._source)
        units, targets = self._gathered(paragraphs, offsets) if in_article else ((), ())
        if not in_article and kind not in _FRAME:
            self._unread.append((len(self.clauses), paragraphs, offsets))
        return self._add(kind, place, text, segments, units, targets)

    def repeat(self, kind: str, place: Place) -> str:
        """Make a clause of all that the last one says, as its only part, and return its id."""
        last = self.clauses[-1]
        return self._add(kind, place, last.text, last.segments, last.units, last.targets)

    def finish(self) -> tuple[Clause, ...]:
        """All clauses in order, those outside articles read as articles are: all for one thing."""
        clauses = self.clauses
        units = [units_of(clauses[index].text) for index, _, _ in self._unread]
        targets = [
            _targets_in(clauses[index], paragraphs, offsets)
            for index, paragraphs, offsets in self._unread
        ]
        for (index, _, _), named, aimed in zip(self._unread, units, targets, strict=True):
            if named or aimed:
                clauses[index] = replace(clauses[index], units=named, targets=aimed)
        return tuple(clauses)

    def emit_row(self, paragraphs: list[Paragraph], place: Place, columns: Columns) -> str:
        """Make a clause of a row of a table, whose columns say what its cells are."""
        text, segments, _ = join_paragraphs(paragraphs, self._source)
        units = {(unit.normal, unit.role): unit for unit in columns.units_of(text)}
        for unit in units_of(text):
            units.setdefault((unit.normal, unit.role), unit)
        targets = {target.value_start: target for target in columns.targets_of(text)}
        return self._add(
            "表行",
            place,
            text,
            segments,
            tuple(sorted(units.values(), key=attrgetter("start"))),
            tuple(targets[start] for start in sorted(targets)),
        )

    def _add(
        self,
        kind: str,
        place: Place,
        text: str,
        segments: tuple[Segment, ...],
        units: tuple[Unit, ...],
        targets: tuple[Target, ...],
    ) -> str:
        parent_id, address, label, path = place
        clause_id = self._unique(f"{self._policy_id}/{address}")
        if segments:
            start, end = segments[0][0], segments[-1][1]
        else:
            start = end = self.clauses[-1].end if self.clauses else 0
        self.clauses.append(
            Clause(  # in order: names would take half as long again, thousands of times
                clause_id,
                self._policy_id,
                parent_id,
                kind,
                label,
                path,
                text,
                start,
                end,
                segments,
                units,
                targets,
            )
        )
        return clause_id

    def _gathered(
        self, paragraphs: list[Paragraph], offsets: list[int]
    ) -> tuple[tuple[Unit, ...], tuple[Target, ...]]:
        """Units and targets of an article or a part of it, from what its paragraphs say."""
        if len(paragraphs) == 1:
            return self._said[paragraphs[0].start]
        units: dict[tuple[str, str], Unit] = {}
        targets: list[Target] = []
        for paragraph, offset in zip(paragraphs, offsets, strict=True):
            named, aimed = self._said[paragraph.start]
            for unit in named:
                key = unit.normal, unit.role
                if key not in units:
                    start, end = unit.start + offset, unit.end + offset
                    units[key] = Unit(unit.printed, *key, start, end) if offset else unit
            if aimed:
                targets += [moved(target, offset) for target in aimed] if offset else aimed
        return tuple(units.values()), tuple(targets)

    def _unique(self, clause_id: str) -> str:
        """The id, with ~2, ~3 … where it was given before."""
        candidate = clause_id
        while candidate in self._repeats:
            self._repeats[clause_id] += 1
            candidate = f"{clause_id}~{self._repeats[clause_id]}"
        self._repeats[candidate] = 1
        return candidate


def _targets_in(
    clause: Clause, paragraphs: list[Paragraph], offsets: list[int]
) -> tuple[Target, ...]:
    """Targets of a clause, whose number is none of its figures."""
    text, label = clause.text, clause.label
    marker = paragraphs[0].marker if paragraphs else None
    number = marker.length if marker and label.endswith(marker.label) else 0
    if len(paragraphs) <= 1:
        return targets_of(text, number)
    ends = [0, *(offset + len(p.text) for offset, p in zip(offsets, paragraphs, strict=True))]
    if not any(offset and offset == end for offset, end in zip(offsets, ends, strict=False)):
        return targets_of(text, number)
    found: list[Target] = []  # a head was cut off its sentence: nothing stands between them
    for offset, paragraph in zip(offsets, paragraphs, strict=True):
        head = 0 if offset else number
        found += [moved(target, offset) for target in targets_of(paragraph.text, head)]
    return tuple(found)


def join_paragraphs(
    paragraphs: list[Paragraph], source: str
) -> tuple[str, tuple[Segment, ...], list[int]]:
    """Text and segments of paragraphs put together, and where each begins in the text.

    Between two stands a line break: a white space character of the source, so that segments add
    up to the text. Where the source has none, there is none.
    """
    if len(paragraphs) == 1:
        return paragraphs[0].text, paragraphs[0].segments, [0]
    segments: list[Segment] = []
    parts: list[str] = []
    offsets: list[int] = []
    length = 0
    for paragraph in paragraphs:
        if segments:
            begin, end = segments[-1][1], paragraph.start
            gap = _gap(source, begin, end)
            if gap >= 0:
                segments.append((gap, gap + 1))
                parts.append("\n")
                length += 1
        offsets.append(length)
        segments.extend(paragraph.segments)
        parts.append(paragraph.text)
        length += len(paragraph.text)
    return "".join(parts), tuple(segments), offsets


def _gap(source: str, begin: int, end: int) -> int:
    """A place between two paragraphs where the source has a line break, or at least white space."""
    gap = source.find("\n", begin, end)
    if gap < 0:
        match = LINE_BREAK.search(source, begin, end) or _WHITE.search(source, begin, end)
        gap = match.start() if match else -1
    return gap
