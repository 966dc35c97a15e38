"""Places in Latin letters: Guide County, Hangzhou's plan; those in no table by sound; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.marks import Marks
from assistant.policy_names import PLACE_SUFFIX, PolicyNames
from corpus.regions import regions_spelt
from index.sounds import spellings

_DIVISION = r"\s+(?:city|county|province|district|prefecture|municipality)"
_MAX_SHORT = 5  # letters; guide and other English words are among the short names
_BEFORE_PLACE = ("in", "of", "at", "for", "from", "does", "did", "has", "and", "than", "under")
_LATIN_WORD = re.compile(r"\b[a-z]{4,}\b")
# A plan of its own is asked for, or what holds there.
_OF_A_PLACE = re.compile(rf"\b(?P<name>[a-z]{{4,}})(?:{_DIVISION}\b|'s\b)")


def read_latin(marks: Marks, entries: Sequence[PolicyNames]) -> None:
    """The places of policies; a short name must call itself a place (guide county)."""
    words = frozenset(_LATIN_WORD.findall(marks.text))
    homes: dict[str, set[str]] = {}
    for entry in entries if words else ():
        for name in words & _spelt(entry):
            homes.setdefault(name, set()).add(entry.policy_id)
    for name, policy_ids in sorted(homes.items()):
        for match in _pattern(name).finditer(marks.text):
            if not marks.is_free(*match.span()):
                continue
            if marks.chosen & policy_ids:  # said in Chinese as well
                marks.spans.append(match.span())
            else:
                marks.take(policy_ids, *match.span())


def read_latin_unlisted(marks: Marks, entries: Sequence[PolicyNames]) -> None:
    """A place of the gazetteer that no policy is for, within or around, where no other is named."""
    if marks.chosen or marks.unknown:
        return
    for match in _OF_A_PLACE.finditer(marks.text):
        regions = regions_spelt(match["name"])
        near = any(
            region.holds(entry.region) or entry.region.holds(region)
            for region in regions
            for entry in entries
            if entry.region
        )
        if regions and not near:
            marks.unknown.append(match["name"])
            marks.spans.append(match.span("name"))


def _spelt(entry: PolicyNames) -> frozenset[str]:
    if entry.latin or entry.region is None:
        return frozenset({entry.latin}) - {""}
    return spellings(PLACE_SUFFIX.sub("", entry.region.name))


def _pattern(name: str) -> re.Pattern[str]:
    if len(name) > _MAX_SHORT:
        return re.compile(rf"\b{name}(?:{_DIVISION})?\b")
    # Look-behinds have one length each.
    behind = "|".join(rf"(?<={word}\s){name}\b" for word in _BEFORE_PLACE)
    return re.compile(rf"\b{name}(?:{_DIVISION}|'s)\b|{behind}")
