"""Terms of the glossary in a question, in Chinese and in English; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

_WORD = re.compile(r"[a-z0-9][a-z0-9,.'+&-]*[a-z0-9]|[a-z0-9]|%")
_SHORT = 2  # characters up to which a term must be a word of its own where it stands


class TermTable:
    """Chinese terms, by how they begin, so that few are tried at each place of a text."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = frozenset(term for term in terms if len(term) >= _SHORT)
        lengths: dict[str, set[int]] = {}
        for term in self._terms:
            lengths.setdefault(term[:_SHORT], set()).add(len(term))
        self._lengths = {start: sorted(found, reverse=True) for start, found in lengths.items()}

    def find(self, text: str, cut: Callable[[str], Collection[str]]) -> list[str]:
        """The terms that a folded text names, the longest at each place."""
        words = frozenset(cut(text))
        found: list[str] = []
        position = 0
        while position < len(text):
            term = next(self._terms_at(text, position, words), "")
            if term:
                found.append(term)
            position += len(term) or 1
        return list(dict.fromkeys(found))

    def _terms_at(self, text: str, start: int, words: Collection[str]) -> Iterator[str]:
        for length in self._lengths.get(text[start : start + _SHORT], ()):
            term = text[start : start + length]
            if term not in self._terms or len(term) < length:  # the latter where the text ends
                continue
            if _goes_on(text, start, start + length):
                continue
            if length > _SHORT or term in words:
                yield term


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether letters or digits of a term are only a part of more of them (app in apply)."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (_is_latin(before) and _is_latin(text[start])) or (
        _is_latin(text[end - 1]) and _is_latin(after)
    )


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def english_terms(text: str, terms: Mapping[str, Sequence[str]]) -> list[str]:
    """The terms that an English text names, as the table spells them, the longest at each place."""
    words = _WORD.findall(text)
    longest = max((term.count(" ") + 1 for term in terms), default=0)
    found: list[str] = []
    position = 0
    while position < len(words):
        for length in range(min(longest, len(words) - position), 0, -1):
            term = _spelling(words[position : position + length], terms)
            if term:
                found.append(term)
                break
        else:
            length = 1
        position += length
    return list(dict.fromkeys(found))


def _spelling(words: Sequence[str], terms: Collection[str]) -> str:
    """The words as the table has them, in the singular if need be."""
    last = words[-1].removesuffix("'s")
    ends: tuple[str, ...] = (words[-1], last, last.removesuffix("s"), last.removesuffix("es"))
    if last.endswith("ies"):
        ends = (*ends, last.removesuffix("ies") + "y")
    for stem, suffix in (("ing", ""), ("ed", ""), ("ing", "e"), ("ed", "e"), ("d", "")):
        if last.endswith(stem):
            ends = (*ends, last.removesuffix(stem) + suffix)
    spellings = (" ".join((*words[:-1], end)) for end in ends)
    return next((spelling for spelling in spellings if spelling in terms), "")
