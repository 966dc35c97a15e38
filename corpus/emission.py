"""Clauses as they are made: unique ids, texts put together from paragraphs, segments; pure."""

from __future__ import annotations

import re
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
        # What the paragraphs of the article that was made last say, by their start.
        self._said: dict[int, tuple[tuple[Unit, ...], tuple[Target, ...]]] = {}

    def emit(
        self, kind: str, paragraphs: list[Paragraph], place: Place, *, in_article: bool = False
    ) -> str:
        """Make a clause of paragraphs and return its id.

        Args:
            kind: of the clause.
            paragraphs: that make it up.
            place: where it stands.
            in_article: whether it repeats text of the article that was made last.
        """
        text, segments, offsets = join_paragraphs(paragraphs, self._source)
        if in_article or kind == "条":
            self._said = self._said if in_article else {}
            units, targets = self._gathered(paragraphs, offsets)
        elif kind in _FRAME:
            units, targets = (), ()
        else:
            units, targets = units_of(text), self._targets(text, paragraphs, offsets, place.label)
        return self._add(kind, place, text, segments, units, targets)

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

    def _targets(
        self, text: str, paragraphs: list[Paragraph], offsets: list[int], label: str
    ) -> tuple[Target, ...]:
        """Targets of a clause, whose number is none of its figures."""
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

    def _gathered(
        self, paragraphs: list[Paragraph], offsets: list[int]
    ) -> tuple[tuple[Unit, ...], tuple[Target, ...]]:
        """Units and targets of an article or a part of it; each paragraph is read once for all."""
        if len(paragraphs) == 1:
            return self._read(paragraphs[0])
        units: dict[tuple[str, str], Unit] = {}
        targets: list[Target] = []
        for paragraph, offset in zip(paragraphs, offsets, strict=True):
            named, aimed = self._read(paragraph)
            for unit in named:
                start, end = unit.start + offset, unit.end + offset
                further = Unit(unit.printed, unit.normal, unit.role, start, end)
                units.setdefault((unit.normal, unit.role), further)
            if aimed:
                targets += [moved(target, offset) for target in aimed]
        return tuple(units.values()), tuple(targets)

    def _read(self, paragraph: Paragraph) -> tuple[tuple[Unit, ...], tuple[Target, ...]]:
        said = self._said.get(paragraph.start)
        if said is None:
            said = units_of(paragraph.text), targets_of(paragraph.text)
            self._said[paragraph.start] = said
        return said

    def _unique(self, clause_id: str) -> str:
        """The id, with ~2, ~3 … where it was given before."""
        candidate = clause_id
        while candidate in self._repeats:
            self._repeats[clause_id] += 1
            candidate = f"{clause_id}~{self._repeats[clause_id]}"
        self._repeats[candidate] = 1
        return candidate


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
