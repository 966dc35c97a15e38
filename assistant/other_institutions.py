"""Which hospital or school is asked about, against those that would be answered of; pure.

What 人民医院 is to reach by a year is not what 市立医院 is to reach.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asked_values import pieces_with_value
from assistant.fitting import names_time
from assistant.institution_names import institution_at
from assistant.question import Reading
from corpus.sentences import split_sentences
from index.folding import fold


def is_of_other_institution(reading: Reading, said: Sequence[str]) -> bool:
    """Whether a value of one institution is asked for, and all that are told are of others."""
    asked = _institutions(fold(reading.scope.rest))
    if reading.kind not in ("number", "date") or len(asked) != 1:
        return False
    sentences = [text[s.start : s.end] for text in said for s in split_sentences(text)]
    told = [_institutions(fold(one)) for one in sentences if _has_value(reading, one)]
    return bool(told) and all(named and not named & asked for named in told)


def _has_value(reading: Reading, sentence: str) -> bool:
    if reading.kind == "date":
        return names_time(fold(sentence))
    return bool(pieces_with_value(reading, [sentence]))


def _institutions(text: str) -> set[tuple[str, str]]:
    """The institutions that a text names by what they are called (人民, 市立, 第二)."""
    named: set[tuple[str, str]] = set()
    position = 0
    while position < len(text):
        found = institution_at(text, position)
        if found is not None and found.which:
            named.add(found.key)
        position = found.end if found is not None else position + 1  # 第一人民医院 is one
    return named
