"""可以 or 不可以 in front of a sentence that decides what was asked; pure.

Said only where question and sentence are of one plain form: one thing is asked to be allowed or
needed, and the sentence rules on it with one word and no exception. Everything else is left to the
sentence itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.citations import DraftStatement
from assistant.language import language
from assistant.prompts import RULED
from assistant.question import Reading
from index.folding import fold

_SOME_COVER = 0.4  # of them: the sentence may be on the same matter
_MIN_COVER = 0.7  # of the words asked for, by weight: the sentence rules on all of it
_NEGATED = re.compile(r"(?<![能可要会用该])不(?![能可要会用该得准许])|没有?|未|别")


def ruled(
    reading: Reading, drafts: Sequence[DraftStatement], cover: Callable[[str], float]
) -> list[DraftStatement]:
    """The statements; the one that surely decides comes first, with the word that it decides by.

    Where another rules the other way, for other people or cases, none of them is sure.
    """
    said = [_ruling(reading.standalone, draft.text) for draft in drafts]
    rulings = {
        word for word, draft in zip(said, drafts, strict=True) if cover(draft.text) >= _SOME_COVER
    }
    if reading.kind != "yesno" or len(rulings - {""}) != 1:
        return list(drafts)
    for number, draft in enumerate(drafts):
        if word := verdict(reading.standalone, draft.text, cover):
            text = RULED.format(word=word, text=draft.text)
            return [replace(draft, text=text), *drafts[:number], *drafts[number + 1 :]]
    return list(drafts)


def verdict(question: str, sentence: str, cover: Callable[[str], float]) -> str:
    """What a sentence decides of a question, as a word to stand before it; empty where unsure.

    Args:
        question: the question, standing alone.
        sentence: the words of the document that answer it.
        cover: the share of the words asked for that a text holds.
    """
    return _ruling(question, sentence) if cover(sentence) >= _MIN_COVER else ""


def _ruling(question: str, sentence: str) -> str:
    """The word by which a sentence rules, by form alone; empty where it has none or several."""
    forms, words = language().forms, language().words
    asked, said = fold(question), fold(sentence)
    rest = forms["asks_leave"].sub(" ", forms["asks_duty"].sub(" ", asked))
    if forms["exception"].search(said) or _NEGATED.search(rest):
        return ""
    leave, need = (bool(forms[f].search(asked)) for f in ("asks_leave", "asks_duty"))
    ruled_by = {f for f in ("forbids", "allows", "duty", "free") if forms[f].search(said)}
    if leave == need:
        return ""
    answers = {"forbids": "not_allowed", "allows": "allowed"}
    if need:
        answers = {"free": "not_needed", "duty": "needed"}
    (name,) = ruled_by if len(ruled_by) == 1 else ("",)
    return words[answers[name]] if name in answers else ""
