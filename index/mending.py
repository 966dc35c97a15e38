"""Words of a question that no text holds, read as words of the same sound that texts hold; pure.

A word of the language is left as it is, for 权力 is not 权利, and so is a character that belongs to
the word beside it.
"""

from __future__ import annotations

import re
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
        found: list[Mend] = []
        edges = self._edges(text)
        for start, end in _spans(text):
            if any(mend.start < end and start < mend.end for mend in found):
                continue
            if end - start < SURE and not {start, start + 1, end} <= edges:
                continue
            meant = self._meant(text, start, end)
            if meant:
                found.append(Mend(start, end, text[start:end], meant))
        return sorted(found, key=lambda mend: mend.start)

    def _edges(self, text: str) -> set[int]:
        """Where words of the text begin and end."""
        position, edges = 0, {0}
        for word in self._cut(text):
            position += len(word)
            edges.add(position)
        return edges

    def _meant(self, text: str, start: int, end: int) -> str:
        """The word that is meant by what is written there, or nothing."""
        written = text[start:end]
        if self._holds(written) or self._is_word(written):
            return ""
        likely = [
            word
            for word, place in self._slips.find(written)
            if not self._belongs_outside(text, start + place, start, end)
        ]
        return max(likely, key=lambda word: (self._frequency[word], word), default="")

    def _holds(self, written: str) -> bool:
        return all(written[i : i + 2] in self._pairs for i in range(len(written) - 1))

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


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Runs of Chinese characters as long as words, longer ones first."""
    runs = [run.span() for run in _CHINESE.finditer(text)]
    for length in LENGTHS:
        for first, last in runs:
            for start in range(first, last - length + 1):
                yield start, start + length
