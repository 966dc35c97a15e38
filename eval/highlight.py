"""Marks in a clause the words that somebody quotes; text in, HTML out, all of it escaped."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from html import escape

Span = tuple[int, int]

# Of a quote that must stand in one run to be marked: the rule of ``matching``.
_NEEDED_SHARE = 0.6


def marked_html(text: str, quotes: Iterable[str]) -> str:
    """A text with each quote that stands in it in ``<mark>``.

    >>> marked_html("医护比 <1：2>。", ["比<1"])
    '医护<mark>比 &lt;1</mark>：2&gt;。'
    """
    parts: list[str] = []
    at = 0
    for start, end in _spans(text, quotes):
        parts.append(f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>")
        at = end
    return "".join([*parts, escape(text[at:])])


def _spans(text: str, quotes: Iterable[str]) -> list[Span]:
    """Where the quotes stand, in reading order; those that touch are one."""
    places = [place for place, char in enumerate(text) if not char.isspace()]
    solid = "".join(text[place] for place in places)
    found = [
        (places[start], places[end - 1] + 1)
        for start, end in (_run(solid, "".join(quote.split())) for quote in quotes)
        if start < end
    ]
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _run(text: str, quote: str) -> Span:
    """The longest run of a quote in a text, empty where it is too short to be more than chance."""
    start = text.find(quote)
    if quote and start >= 0:
        return start, start + len(quote)
    matcher = SequenceMatcher(None, text, quote, autojunk=False)
    block = matcher.find_longest_match()
    enough = block.size >= _NEEDED_SHARE * len(quote)
    return (block.a, block.a + block.size) if enough else (0, 0)
