"""What a reader of a format gives: the text of a file and where it stands on its pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.schema import Place

_NO_CHARACTER = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)

INDENT = "\u3000\u3000"
"""Stands before a paragraph, as in print: later stages then need not guess that one begins."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Text with a paragraph or a table row a line; see ``Document`` for the rest."""

    text: str
    places: tuple[Place, ...] = ()
    remarks: tuple[str, ...] = ()


def printable(text: str) -> str:
    """The text without control characters, lone surrogates and code points of no character."""
    return _NO_CHARACTER.sub("", text)
