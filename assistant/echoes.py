"""Documents that say what the best sentence says, where a question has other words; pure.

Officials ask who forbids hospitals to borrow; plans forbid 举债建设, all in nearly the same words.
The best sentence leads to the others, and away from those that only share a word with the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.extractive import Candidate, behind_number
from index.schema import Hit

# Share of the words of the best sentence, by weight, and cosine to it; sentences on other matters
# of one field reach a cosine of 0.68.
_ALIKE = ((0.45, 0.7), (0.6, 0.6))
_LONG = 40  # characters from which only a part of the best sentence leads to others
_MIN_PART = 8

Cover = Callable[[str], float]
"""From a text to the share of some words, by weight, that it holds."""


def leading_words(best: Candidate, cover: Cover) -> str:
    """Of the best sentence the part that is on what is asked; the whole where it is short.

    Args:
        best: the sentence.
        cover: the share of the words asked for that a text holds.
    """
    text = best.text
    parts = [part for part in re.split(r"[，；：。]", text) if len(part) >= _MIN_PART]
    if len(text) <= _LONG and len(parts) < 2:
        return text
    return max(parts, key=cover, default=text)


def echoes(hits: Sequence[Hit], cover: Cover) -> dict[str, Candidate]:
    """By policy the sentence that says what the best sentence says, where one does.

    Args:
        hits: what a search for the best sentence found.
        cover: the share of its words that a text holds.
    """
    found: dict[str, Candidate] = {}
    for hit in hits:
        for passage in hit.passages:
            start = behind_number(hit.clause, passage.start)
            one = Candidate(hit, start, passage.end, passage.similarity)
            known = found.get(hit.policy.policy_id)
            share = cover(one.text)
            alike = any(share >= words and one.score >= meaning for words, meaning in _ALIKE)
            if alike and one.is_substance and (known is None or known.score < one.score):
                found[hit.policy.policy_id] = one
    return found
