"""Clause texts to the sentences that answers quote; pure, offsets kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？；;\n]*[。！？；;]+[”’」』）)]*|[^。！？；;\n]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence ``clause.text[start:end]`` of a clause."""

    text: str
    start: int
    end: int


def split_sentences(text: str) -> list[Sentence]:
    """Sentences in order; brackets and quotation marks are never cut.

    Together they cover all of the text but white space between them.
    """
    found: list[Sentence] = []
    start: int | None = None
    for match in _SENTENCE.finditer(text):
        begin = match.start() if start is None else start
        piece = text[begin : match.end()]
        if (
            _open(piece)
            and "\n" not in text[match.end() : match.end() + 1]
            and match.end() < len(text)
        ):
            start = begin
            continue
        start = None
        stripped = piece.strip()
        if stripped:
            offset = begin + piece.index(stripped[0])
            found.append(Sentence(stripped, offset, offset + len(stripped)))
    return found


def _open(piece: str) -> bool:
    """Whether a bracket or quotation mark is still open at the end of a piece."""
    return len(piece) < 400 and any(
        piece.count(left) > piece.count(right) for left, right in ("（）", "“”", "《》", "()")
    )
