"""A word that documents are asked to mention (哪些文件提到安宁疗护); pure.

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
