"""Words that an answer must have: one to be mentioned (提到安宁疗护), a numbered name; pure.

Who asks for a mention wants the word itself. A sentence that is only near in meaning mentions
something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked_indicator import other_terms
from assistant.extractive import Candidate
from assistant.language import language
from index.folding import fold

# 第三人民医院: what is said of the second is not said of it.
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十]{1,3}(?:人民|中心|附属|实验)?(?:医院|中学|小学|幼儿园)"
)
_QUOTED = re.compile(r"[“\"「『](?P<word>[^”\"」』]{2,20})[”\"」』]")


def that_mention(question: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The sentences that have the word of which a mention is asked for.

    Where none has it those with another term for it; none where the question asks for no mention.
    """
    word = word_to_mention(question)
    for ways in ((word,), other_terms(word)) if word else ():
        found = [c for c in candidates if any(way in fold(c.text) for way in ways)]
        if found:
            return found
    return []


def word_to_mention(question: str) -> str:
    """The word of which a mention is asked for; "" where none is."""
    question = fold(question)
    asked = language().forms["mentions"].search(question)
    if asked is None:
        return ""
    quoted = _QUOTED.search(question)
    return str(quoted["word"] if quoted else asked["word"] or asked["word_before"] or "")


def on_the_numbered(topic: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The sentences that name, or stand under, the numbered institution that a topic names.

    All sentences where it names none or more than one, or where no sentence does.
    """
    names = set(_NUMBERED.findall(fold(topic)))
    found = [
        c
        for c in candidates
        if len(names) == 1 and names & set(_NUMBERED.findall(fold(_with_headings(c))))
    ]
    return found or list(candidates)


def _with_headings(candidate: Candidate) -> str:
    return "\n".join((*candidate.hit.clause.path, candidate.text))
