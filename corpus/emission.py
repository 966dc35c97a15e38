"""Clauses as they are made: unique ids, texts put together from paragraphs, segments; pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from corpus.cleaning import LINE_BREAK, Paragraph
from corpus.schema import Clause, Segment, Unit
from corpus.targets import targets_of
from corpus.units import units_of

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
        self._units_at: dict[int, tuple[Unit, ...]] = {}  # of an article, by its paragraphs

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
        clause_id = self._unique(f"{self._policy_id}/{place.address}")
        text, segments, offsets = join_paragraphs(paragraphs, self._source)
        if in_article or kind == "条":
            self._units_at = self._units_at if in_article else {}
            units = self._gathered(paragraphs, offsets)
        else:
            units = units_of(text)
        if segments:
            start, end = segments[0][0], segments[-1][1]
        else:
            start = end = self.clauses[-1].end if self.clauses else 0
        self.clauses.append(
            Clause(
                clause_id=clause_id,
                policy_id=self._policy_id,
                parent_id=place.parent_id,
                kind=kind,
                label=place.label,
                path=place.path,
                text=text,
                start=start,
                end=end,
                segments=segments,
                units=units,
                targets=targets_of(text),
            )
        )
        return clause_id

    def _gathered(self, paragraphs: list[Paragraph], offsets: list[int]) -> tuple[Unit, ...]:
        """Units that an article or a part of it names; each paragraph is read once for all."""
        found: dict[tuple[str, str], Unit] = {}
        for paragraph, offset in zip(paragraphs, offsets, strict=True):
            units = self._units_at.get(paragraph.start)
            if units is None:
                units = self._units_at[paragraph.start] = units_of(paragraph.text)
            if len(paragraphs) == 1:
                return units
            for unit in units:
                moved = replace(unit, start=unit.start + offset, end=unit.end + offset)
                found.setdefault((unit.normal, unit.role), moved)
        return tuple(found.values())

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
