"""A rate or share that is asked for by its name; pure.

药占比 is not told by a sentence on 手术占比: what is near in meaning is another indicator. A
document that has it in none of its words, nor in other terms for it, does not speak of it.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.language import language
from index.folding import fold
from index.glossary import synonyms
from index.words import pairs_of

_MAX_NAME = 14  # characters; what is longer is no name
_MIN_BODY = 2  # characters of what is measured, of which a part may stand for it
_MOST = 0.6  # of the pairs of these characters


def names_indicator(topic: str) -> Callable[[str], bool] | None:
    """Whether a text speaks of the indicator that a topic is; None where it is none."""
    forms = language().forms
    name = forms["target_words"].sub("", fold(topic)).strip()
    asked = forms["indicator"].fullmatch(name)
    if asked is None or len(name) > _MAX_NAME:
        return None
    body, measure = name[: asked.start("measure")], asked["measure"]
    ways = (name, *_other_terms(name))
    is_share = forms["measures"].search(measure) is not None
    pairs = set(pairs_of(body)) if len(body) >= _MIN_BODY else set()

    def speaks(text: str) -> bool:
        said = fold(text)
        if any(way in said for way in ways):
            return True
        held = pairs & set(pairs_of(said))
        worded = bool(pairs) and len(held) >= _MOST * len(pairs)
        given = forms["measures"].search(said) is not None if is_share else measure in said
        return worded and given

    return speaks


def _other_terms(name: str) -> list[str]:
    """The name with another term for all of it, or for a part."""
    return [
        name.replace(term, other)
        for term, others in synonyms().items()
        if len(term) > 1 and term in name
        for other in others
    ]
