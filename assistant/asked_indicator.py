"""A rate, share or figure per head that is asked for by its name; pure.

药占比 is not told by a sentence on 手术占比: what is near in meaning is another indicator. A
document that has it in none of its words, nor in other terms for it, does not speak of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.language import language
from index.folding import fold
from index.glossary import synonyms
from index.words import pairs_of

_MAX_NAME = 14  # characters of a topic that is nothing but a name
_MAX_BODY = 6  # characters before the measure that tell what is measured; before them stands whose
_MADE_UP = "率"
_RUN_TOGETHER = 6  # characters of several things that are asked for in one word
_MIN_BODY = 2  # characters of what is measured, of which a part may stand for it
_MOST = 0.6  # of the pairs of these characters
_BREAK = re.compile(r"[\s,，。、;；:：?？!！]+")
_PIECE = re.compile(r"[^,，。;；\n]*[,，。;；\n]?")
_ASIDE = re.compile(r"\([^()]*,[^()]*\)")  # (含妇幼保健院，下同)
_FIGURE = re.compile(r"\d[\d.]*\s*(?:[:∶]\s*\d[\d.]*|%)的?")  # 1:3的医护比 is a 医护比
_TRAILING = re.compile(r"(?<=[比率])[到要在得\s]+$")  # 占比到2025年要多少, without year and figure
_AMONG = re.compile(r"在[\u4e00-\u9fff]{1,8}?(?:当中|中|里)")  # 四级手术在手术中占比
_RATIO = re.compile(r"\d\s*[:∶比]\s*\d")
_GOES_ON = re.compile(
    r"(?:力争|稳定|保持|逐步|分别|均)*(?:达|到|为|是|提高|提升|降|不|控制|超过|高于|低于|在)"
)
_PER_HEAD = re.compile(
    r"每[百千万十]+(?:名|个|位)?(?:[\u4e00-\u9fff]{0,5}?人|居民|常住|户|学生|儿童)"
)

Speaks = Callable[[str], bool]
"""Whether a text speaks of an indicator."""


@dataclass(frozen=True, slots=True)
class _Indicator:
    """An indicator that is asked for: its name, and what speaks of it."""

    name: str
    speaks: Speaks


def names_indicator(topic: str) -> Speaks | None:
    """Whether a text speaks of the indicator that a topic is; None where it is none."""
    name = language().forms["target_words"].sub("", fold(topic)).strip(" ?!,。、")
    name = _TRAILING.sub("", name)
    name = _AMONG.sub("", name)
    whole = language().forms["indicator"].fullmatch(name) if len(name) <= _MAX_NAME else None
    if whole is not None:
        return _speaks_of(name[: whole.start("measure")], whole["measure"])
    found = _named_among(topic)
    # People make up rates (看病不出县率): what a text never calls so it may have in other words.
    return found.speaks if found and not found.name.endswith(_MADE_UP) else None


def lacks_figure(topic: str, texts: Iterable[str]) -> bool:
    """Whether an indicator is asked for that the texts speak of, and never with a figure.

    Of several that are alike (市域内住院率, 省域内住院率) the one whose name fits best is meant.
    """
    asked = _named_among(topic)
    if asked is None:
        return False
    pairs = set(pairs_of(asked.name))
    spoken = {
        piece: len(pairs & set(pairs_of(piece)))
        for text in texts
        for piece in _spoken(fold(text), asked.speaks)
    }
    most = max(spoken.values(), default=0)
    value = language().forms["value"]
    fitting = [piece for piece, shared in spoken.items() if shared == most]
    return bool(fitting) and not any(map(value.search, fitting))


def _named_among(topic: str) -> _Indicator | None:
    """An indicator named beside other words, by what is said of little else."""
    forms = language().forms
    if counted := forms["per_head"].search(fold("".join(topic.split()))):
        body = forms["target_words"].sub("", counted["body"])
        return _Indicator(body, _speaks_per_head(body))
    for piece in _BREAK.split(_FIGURE.sub(" ", topic)):
        asked = forms["indicator_name"].search(forms["target_words"].sub("", fold(piece)))
        if asked is not None:
            body = asked["body"][-_MAX_BODY:]
            return _Indicator(body + asked["measure"], _speaks_of(body, asked["measure"]))
    return None


def other_terms(name: str) -> list[str]:
    """The name with another term for all of it, or for a part."""
    return [
        name.replace(term, other)
        for term, others in synonyms().items()
        if len(term) > 1 and term in name
        for other in others
    ]


def _speaks_of(body: str, measure: str) -> Speaks:
    ways = (body + measure, *other_terms(body + measure))
    pairs = set(pairs_of(body)) if len(body) >= _MIN_BODY else set()
    is_share = language().forms["measures"].search(measure) is not None

    def gives(text: str) -> bool:
        if measure == "比":
            return _RATIO.search(text) is not None
        return (
            language().forms["measures"].search(text) is not None if is_share else measure in text
        )

    def speaks(text: str) -> bool:
        said = fold(text)
        if any(way in said for way in ways):
            return True
        held = pairs & set(pairs_of(said))
        return bool(pairs) and len(held) >= _MOST * len(pairs) and gives(said)

    return speaks


def _speaks_per_head(body: str) -> Speaks:
    ways = (body, *other_terms(body))
    pairs = set(pairs_of(body))
    words = [body[at : at + 2] for at in range(0, len(body), 2)]  # 医生护士药师

    def speaks(text: str) -> bool:
        said = [piece for piece in _pieces(fold(text)) if _PER_HEAD.search(piece)]
        for piece in said:
            if any(way in piece for way in ways):
                return True
            if len(pairs & set(pairs_of(piece))) >= _MOST * len(pairs):
                return True
        told = sum(any(word in piece for piece in said) for word in words)
        return len(body) >= _RUN_TOGETHER and told >= _MOST * len(words)

    return speaks


def _spoken(text: str, speaks: Speaks) -> Iterator[str]:
    """The pieces of a text that speak of an indicator, with the one behind that says how much."""
    for piece, behind in pairwise([*_pieces(text), ""]):
        if speaks(piece):
            yield piece + behind if _GOES_ON.match(behind) else piece


def _pieces(text: str) -> list[str]:
    """A folded text cut behind its commas and stops, without asides in brackets."""
    return _PIECE.findall(_ASIDE.sub("", text))
