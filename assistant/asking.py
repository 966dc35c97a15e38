"""Which part of a question asks: framing and stories around it put aside, by their form; pure.

People say why they ask (写讲话稿用：), who they are (我是新来的), what happened before they ask.
What a question is about mostly stands in the part that asks, or beside it with the place that it
is about; words that say only why it is asked lead a search astray.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.language import language, letters_of
from index.folding import fold

_PIECE = re.compile(r"[^,，。;；:：!！?？\n]*[,，。;；:：!！?？\n]+|[^,，。;；:：!！?？\n]+")
_MARK = re.compile(r"[?？]")
_MIN_OWN = 2  # characters with which a piece names a thing
_MIN_TOPIC = 5  # characters that must be left to say what a question is about


def pieces_of(question: str) -> list[str]:
    """The question cut behind its commas, colons and stops; joined they are the question."""
    return _PIECE.findall(question)


def asks(piece: str) -> bool:
    """Whether a piece of a question asks: by a question word, or by a mark at its end."""
    forms = language().forms
    plain = forms["indefinite"].sub("", fold(piece))
    return bool(_MARK.search(piece) or forms["question_word"].search(plain))


def asking_part(question: str) -> str:
    """The pieces that ask; the whole question where none is told apart."""
    pieces = pieces_of(question)
    asking = [piece for piece in pieces if asks(piece)]
    return "".join(asking) if asking else question


def asides_of(question: str) -> tuple[str, ...]:
    """The pieces that ask more (由谁负责？什么时候完成？) of what a piece before them names."""
    asking = [piece for piece in pieces_of(question) if asks(piece)]
    if not asking or _own_words(asking[0]) < _MIN_OWN:
        return ()
    return tuple(piece for piece in asking[1:] if _own_words(piece) == 0)


def _own_words(piece: str) -> int:
    """How many characters of a piece say what it is about."""
    words = language()
    return letters_of(words.forms["aside_words"].sub("", words.strip.sub("", fold(piece))))


def without_framing(question: str, names: Iterable[str]) -> str:
    """The question without the pieces that only say why, or for whom, it is asked.

    Args:
        question: the question, standing alone.
        names: places and documents that it names, folded; a piece with one of them is kept.
    """
    pieces = pieces_of(question)
    named = [name for name in names if name]
    kept = [piece for piece in pieces if not _is_framing(piece, named)]
    topic = language().strip.sub("", "".join(kept))
    for name in named:
        topic = topic.replace(name, "")
    return "".join(kept) if letters_of(topic) >= _MIN_TOPIC else question


def _is_framing(piece: str, names: Iterable[str]) -> bool:
    folded = fold(piece)
    if asks(piece) or any(name in folded for name in names):
        return False
    forms = language().forms
    return bool(forms["framing"].search(folded))
