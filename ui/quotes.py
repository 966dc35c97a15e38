"""Finds the words of a quote again in the clause that it was taken from.

A quote is a raw slice of the source file; the clause text is the same passage without layout:
white space, page numbers and marks are left out, nothing is added or moved. So the clause holds
the quote's characters in one run and in order, and the quote may hold others between them.
Nothing here knows HTML. Pure.
"""

from __future__ import annotations

from corpus.schema import Clause, Segment

_SEED = 4  # characters that must agree before a place in the clause is tried at all
_MIN_SHARE = 0.6  # of the quote that must stand in the clause for a place to count


def quoted_span(clause_text: str, quote: str) -> tuple[int, int] | None:
    """Start and end in ``clause_text`` of the words of ``quote``; None where they do not stand."""
    clause, places = _solid(clause_text)
    words, _ = _solid(quote)
    if not words:
        return None
    start = clause.find(words)
    length = len(words)
    if start < 0:
        start, length = _best_run(clause, words)
    if length < _MIN_SHARE * len(words):
        return None
    return places[start], places[start + length - 1] + 1


def _solid(text: str) -> tuple[str, list[int]]:
    """The text without white space, and for each character left its place in the text."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    return "".join(text[place] for place in places), places


def _best_run(clause: str, words: str) -> tuple[int, int]:
    """Start and length of the run of ``clause`` that follows ``words`` furthest."""
    best = (0, 0)
    tried: set[int] = set()
    # A mark may stand in the first words of the quote, so the seed is looked for further in too.
    for offset in range(len(words)):
        seed = words[offset : offset + _SEED]
        start = clause.find(seed)
        while start >= 0:
            if start not in tried:
                tried.add(start)
                before = _preceding(clause, start, words[:offset])
                after = _following(clause, start, words[offset:])
                best = max(best, (start - before, before + after), key=_length)
            start = clause.find(seed, start + 1)
        if best[1] >= _MIN_SHARE * len(words):
            break
    return best


def _following(clause: str, start: int, words: str) -> int:
    """How many characters of ``clause`` from ``start`` on stand in ``words`` in the same order."""
    position = start
    for character in words:
        if position < len(clause) and clause[position] == character:
            position += 1
    return position - start


def _preceding(clause: str, start: int, words: str) -> int:
    """How many characters of ``clause`` before ``start`` stand in ``words`` in the same order."""
    position = start
    for character in reversed(words):
        if position > 0 and clause[position - 1] == character:
            position -= 1
    return start - position


def _length(run: tuple[int, int]) -> int:
    return run[1]


def slice_of(clause: Clause, span: Segment) -> tuple[int, int] | None:
    """Start and end in the clause's text of a run of its source; None where none of it is there."""
    start = end = -1
    position = 0
    for segment_start, segment_end in clause.segments:
        first, last = max(span[0], segment_start), min(span[1], segment_end)
        if first < last:
            start = position + first - segment_start if start < 0 else start
            end = position + last - segment_start
        position += segment_end - segment_start
    return (start, end) if 0 <= start < end <= len(clause.text) else None
