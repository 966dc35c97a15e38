"""Words of a question that no text holds, read as words of the same sound that texts hold; pure.

A word of the language is left as it is, for 权力 is not 权利, and so is a character that belongs to
the word beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.slips import SURE, Slips

LENGTHS = (6, 5, 4, 3, 2)  # longer words first: they are surer
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Mend:
    """What stands at ``text[start:end]``, and the word that is meant by it."""

    start: int
    end: int
    written: str
    meant: str

    @property
    def is_sure(self) -> bool:
        """Whether what is written can go; else it may have been meant."""
        return len(self.meant) >= SURE


class Mender:
    """Finds words that are written as other ones of the same sound."""

    def __init__(
        self,
        words: Mapping[str, int],
        pairs: Collection[str],
        *,
        cut: Callable[[str], list[str]],
        is_word: Callable[[str], bool],
    ) -> None:
        """Take the words down.

        Args:
            words: those that texts hold, with how many do.
            pairs: the pairs of neighbouring characters that texts hold.
            cut: cuts a text into words that follow each other.
            is_word: whether a word stands in the dictionary.
        """
        self._frequency = words
        self._pairs = pairs
        self._cut = cut
        self._is_word = is_word
        self._slips = Slips(w for w in words if len(w) in LENGTHS and _CHINESE.fullmatch(w))

    def find(self, text: str) -> list[Mend]:
        """What is written wrongly in a folded text, in order."""
        runs = [run.span() for run in _CHINESE.finditer(text)]
        strange = [
            place
            for first, last in runs
            for place in range(first, last - 1)
            if text[place : place + 2] not in self._pairs
        ]
        if not strange:  # as in most questions: every pair stands in a text
            return []
        found: list[Mend] = []
        for start, end, places in _spans(runs, strange):
            if any(mend.start < end and start < mend.end for mend in found):
                continue
            meant = self._meant(text, start, end, places)
            if meant and (end - start >= SURE or self._stands_alone(text, start, end)):
                found.append(Mend(start, end, text[start:end], meant))
        return sorted(found, key=lambda mend: mend.start)

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        """Whether two characters are two words of the text."""
        position, edges = 0, {0}
        for word in self._cut(text):
            position += len(word)
            edges.add(position)
        return {start, start + 1, end} <= edges

    def _meant(self, text: str, start: int, end: int, places: range) -> str:
        """The word that is meant by what is written there, or nothing."""
        written = text[start:end]
        if self._is_word(written):
            return ""
        inside = range(places.start - start, places.stop - start)
        likely = [
            word
            for word, place in self._slips.find(written, inside)
            if not self._belongs_outside(text, start + place, start, end)
        ]
        return max(likely, key=lambda word: (self._frequency[word], word), default="")

    def _belongs_outside(self, text: str, place: int, start: int, end: int) -> bool:
        """Whether a character at an edge is a part of the word beside it."""
        before = text[place - 1 : place + 1] if place == start else ""
        after = text[place : place + 2] if place == end - 1 else ""
        return any(
            len(pair) > 1 and (pair in self._pairs or self._is_word(pair))
            for pair in (before, after)
        )


def mended(text: str, mends: Sequence[Mend]) -> str:
    """The text with what is surely wrong written as it is meant, at the same length."""
    for mend in mends:
        if mend.is_sure:
            text = text[: mend.start] + mend.meant + text[mend.end :]
    return text


def _spans(
    runs: Sequence[tuple[int, int]], strange: Sequence[int]
) -> Iterator[tuple[int, int, range]]:
    """Pieces of the runs as long as words, longer ones first, and where one slip can be in each.

    All pairs of a word that texts hold are held, too: the slip is a part of every strange pair.
    """
    for length in LENGTHS:
        for first, last in runs:
            for start in range(first, last - length + 1):
                inside = strange[
                    bisect_left(strange, start) : bisect_right(strange, start + length - 2)
                ]
                if inside and inside[-1] <= inside[0] + 1:
                    yield start, start + length, range(inside[-1], inside[0] + 2)
