"""Notes below tables (注：1.… 2.…), whose numbers count notes and no clauses; pure."""

from __future__ import annotations

import re

from corpus.cleaning import Paragraph
from corpus.markers import marker_of

_FIRST = frozenset("备注说")
_NOTE = re.compile(r"(?:备?注|说明)[:：]\s*")


class Notes:
    """Reads the paragraphs of one policy in order and knows those that are notes of a table."""

    def __init__(self) -> None:
        self._form = ""  # of the numbers that the notes have; empty outside notes
        self._next = 0

    def holds(self, paragraph: Paragraph, *, below_table: bool) -> bool:
        """Whether a paragraph is a note.

        Args:
            paragraph: the next one that is no row of a table.
            below_table: whether a row of a table stands right above it.
        """
        if not self._next and paragraph.text[0] not in _FIRST:
            return False
        opening = _NOTE.match(paragraph.text) if paragraph.marker is None else None
        if opening is not None:
            return self._begin(paragraph.text[opening.end() :], below_table=below_table)
        marker = paragraph.marker
        wanted = marker is not None and self._next > 0 and marker.number == self._next
        if marker and wanted and self._form in ("", marker.form):
            self._form, self._next = marker.form, marker.number + 1
            return True
        self._form, self._next = "", 0
        return False

    def _begin(self, rest: str, *, below_table: bool) -> bool:
        """Take up the first note; it counts where it is numbered or stands below a table."""
        first = marker_of(rest)
        counted = first is not None and first.number == 1
        self._form = first.form if first and counted else ""
        self._next = 2 if counted else 1 if below_table and not rest else 0
        return below_table
