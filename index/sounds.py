"""How characters sound, without tones and without what many speakers do not tell apart.

The only module that knows pypinyin. It loads when two characters are first to be compared, a fifth
of a second that no command pays which does not search.
"""

from __future__ import annotations

import re
from functools import lru_cache

# zh and z, ch and c, sh and s; n and l; ang and an, eng and en, ing and in: one sound in the speech
# of half the country, and so one key in its typing.
_RETROFLEX = re.compile(r"^([zcs])h")
_NASAL = re.compile(r"(?<=[aei])ng$")

_MAX_SPELT = 4  # characters of a name


def sound_alike(first: str, second: str) -> bool:
    """Whether two characters share a reading."""
    return not _readings(first).isdisjoint(_readings(second))


@lru_cache(maxsize=16384)
def spellings(name: str) -> frozenset[str]:
    """How a name of a few characters may be written in Latin letters: 青岬 as qingjia."""
    written = {""}
    for character in name[:_MAX_SPELT]:
        written = {before + syllable for before in written for syllable in _syllables(character)}
    return frozenset(written) if len(name) <= _MAX_SPELT else frozenset()


@lru_cache(maxsize=16384)
def _readings(character: str) -> frozenset[str]:
    return frozenset(map(_blurred, _syllables(character)))


def _syllables(character: str) -> list[str]:
    from pypinyin import Style, pinyin  # loads a dictionary

    return pinyin(character, style=Style.NORMAL, heteronym=True)[0]


def _blurred(syllable: str) -> str:
    start = _RETROFLEX.sub(r"\1", syllable)
    lateral = "l" + start[1:] if start.startswith("n") and len(start) > 1 else start
    return _NASAL.sub("n", lateral)
