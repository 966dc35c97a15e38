"""Places of the library that a question writes with a character of the same sound; pure.

丽将市 is 丽江市 where the library has 丽江市 and no text says 丽将.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from corpus.regions import find_regions
from index.slips import Slips


class PlaceNames:
    """The names of the places that policies are for."""

    def __init__(
        self, names: Iterable[str], corpus: str, *, words: Callable[[str], list[str]]
    ) -> None:
        """Take the names down.

        Args:
            names: of the places, in full and in short.
            corpus: all texts, folded; what they say is no slip.
            words: cuts a text into words.
        """
        known = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
        self._lengths = sorted({len(name) for name in known}, reverse=True)
        self._slips = Slips(known)
        self._corpus = corpus
        self._words = words

    def mended(self, text: str) -> str:
        """The folded text with the names as they are meant, at the same length."""
        for start, written in self._runs(text):
            meant = self._meant(text, start, written)
            if meant:
                text = text[:start] + meant + text[start + len(meant) :]
        return text

    def _runs(self, text: str) -> Iterator[tuple[int, str]]:
        for length in self._lengths:
            for start in range(len(text) - length + 1):
                yield start, text[start : start + length]

    def _meant(self, text: str, start: int, written: str) -> str:
        for name, place in self._slips.find(written):
            if written in self._corpus or self._is_place(text, start, written):
                return ""
            words = self._words(text)
            at = start + place
            beside = (text[max(at - 1, 0) : at + 1], text[at : at + 2])
            outside = [pair for pair in beside if pair not in written]
            if written not in words and not any(pair in words for pair in outside):
                return name
        return ""

    def _is_place(self, text: str, start: int, written: str) -> bool:
        """Whether it is the name of another place: 苏州 is not meant as 宿州."""
        end = start + len(written)
        return any(m.start < end and start < m.end for m in find_regions(text))
