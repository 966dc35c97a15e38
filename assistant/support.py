"""Whether words that nobody printed are borne by a text: beyond figures, names and units; pure.

A model may keep every figure and still speak of another city, or of something else altogether.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.figures import unsupported
from assistant.language import HAN_PAIR
from corpus.regions import find_regions
from index.folding import fold

_LATIN_WORD = re.compile(r"[a-z]{2,}")
# Share of a statement's character pairs that its clauses hold. Of sentences of the shipped files
# held against another clause drawn at random half share a tenth, and 96 of 100 less than this.
_MIN_SHARED = 0.4


def share_of_pairs(text: str, evidence: str) -> float:
    """The share of the text's pairs of ideographs that the evidence holds; 1 without any.

    >>> share_of_pairs("医护比达到1：2", "逐步推动医护比总体达到1：2左右")
    0.75
    """
    pairs = set(HAN_PAIR.findall(fold(text)))
    held = pairs & set(HAN_PAIR.findall(fold(evidence)))
    return len(held) / len(pairs) if pairs else 1.0


def foreign_places(text: str, evidence: str) -> tuple[str, ...]:
    """Places that the text names and the evidence does not, in any of their forms."""
    folded = fold(evidence)
    known = {mention.region.code for mention in find_regions(folded)}
    return tuple(
        name
        for name, codes in _places(fold(text))
        if name not in folded and not any(code in known for code in codes)
    )


def is_borne(text: str, evidence: str, *, question: str) -> bool:
    """Whether the words of a statement are those of its evidence, as far as code can tell.

    Latin words must stand in the evidence too, unless the question is in Latin script itself:
    then the answer is a translation, of which figures and names alone can be checked.
    """
    if foreign_places(text, evidence) or share_of_pairs(text, evidence) < _MIN_SHARED:
        return False
    asked_in_chinese = HAN_PAIR.search(fold(question)) is not None
    words = set(_LATIN_WORD.findall(fold(text)))
    return not asked_in_chinese or words <= set(_LATIN_WORD.findall(fold(evidence)))


def unheard_of(text: str, said: Iterable[str]) -> tuple[str, ...]:
    """Figures, dates, 文号, units and places of a text that nothing of what was said holds."""
    before = "\n".join(said)
    return (*unsupported(text, before), *foreign_places(text, before))


def _places(folded: str) -> list[tuple[str, tuple[str, ...]]]:
    """Names of places as written, each with the codes of the divisions that bear it."""
    return [
        (folded[mention.start : mention.end], tuple(r.code for r in mention.candidates))
        for mention in find_regions(folded)
    ]
