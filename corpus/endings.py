"""Words that end a text: most texts are told by their last character to have none of them; pure."""

from __future__ import annotations

import re


class Ending:
    """A pattern for the end of a text, looked for in its last characters only."""

    def __init__(self, pattern: str, *, last: frozenset[str], width: int) -> None:
        self._pattern = re.compile(rf"{pattern}$")
        self._last = last  # the characters that every match ends with one of
        self._width = width

    def of(self, text: str) -> re.Match[str] | None:
        """The match that ends the text."""
        if text[-1:] not in self._last:
            return None
        return self._pattern.search(text, max(0, len(text) - self._width))


def last_characters(words: str) -> frozenset[str]:
    """The characters that words parted by bars end with."""
    return frozenset(word[-1] for word in words.split("|"))
