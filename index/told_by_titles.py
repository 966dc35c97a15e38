"""What the titles of all that is searched say of the matter, put aside in a question; pure.

A question that names a document mostly names its matter, too (云湖区高龄津贴每月多少). Below that
title every clause is about it, and those that say so again speak of it in general: who pays, who
explains. What the question asks beside it tells the clauses apart.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from index.schema import FloatVector

# Of what other words count for. Not nothing: a clause may repeat the matter because it is the one
# asked for. Shares from 0 to .3 differed by one question in a hundred (decision 16).
TOLD_SHARE = 0.3
_MIN_WORD = 2  # a single character is hardly a matter
_MIN_REST = 5  # characters that still ask something


def beside(question: str, told: Collection[str]) -> str:
    """The question without the words that the titles say; empty where little changes or is left.

    Args:
        question: the question as it is meant, folded.
        told: words that stand in every title.
    """
    rest = question
    for word in sorted(told, key=len, reverse=True):
        if len(word) >= _MIN_WORD:
            rest = rest.replace(word, " ")
    rest = " ".join(rest.split())
    return rest if rest != question and len(rest) >= _MIN_REST else ""


def faded(scores: FloatVector, told: FloatVector) -> FloatVector:
    """Scores in which the part that comes from words of the titles counts for less."""
    return np.maximum(scores - np.float32(1 - TOLD_SHARE) * told, 0)


def between(one: FloatVector, other: FloatVector, share: float = 0.5) -> FloatVector:
    """A direction between two vectors of unit norm, by the share of the other: of unit norm."""
    total = np.float32(1 - share) * one + np.float32(share) * other
    length = np.linalg.norm(total)
    return (total / length).astype(np.float32) if length > 0 else one
