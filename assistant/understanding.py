"""What a question was taken to be about, for people to check and change; what to ask next. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.policy_names import PLACE_SUFFIX
from assistant.scope import Shelf
from corpus.metadata import NUMBER
from corpus.regions import find_regions, region_printed
from corpus.schema import Policy
from index.folding import fold

NameKind = Literal["place", "plan", "year", "number"]

_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?(?:版|的)?")
# Not the year by which something is to be reached (到2025年, 2025年底前), nor one end of a span.
_YEAR_SAID = re.compile(
    r"(?<![\d到至及前以—–~～-])(?:19|20)\d\d年度?(?![底末前初内之以间—–~～到至-]|\d)"
)
_MAX_OTHERS = 60  # names to change one for


@dataclass(frozen=True, slots=True)
class ScopeName:
    """A name that limits a question, with the words of the question before and after it.

    ``others`` are names that can stand in its place.
    """

    kind: NameKind
    text: str
    before: str
    after: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a question was read: the names in it, and the policies that they leave.

    ``places`` are those of the library; ``follow_ups`` are questions that it can answer, too.
    """

    names: tuple[ScopeName, ...] = ()
    policy_ids: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()


def understand(question: str, shelf: Shelf, policies: Sequence[Policy]) -> Understanding:
    """Read the names out of a question that stands alone."""
    scope = shelf.find(question)
    places = places_of(policies)
    regions = {_region(policy) for policy in policies if policy.policy_id in scope.policy_ids}
    related = [policy for policy in policies if _region(policy) in regions]
    found = (_named(question, name, places, related) for name in (*scope.names, *scope.unknown))
    names = {(name.kind, name.text): name for name in found if name is not None}
    for year in _years(question, related or policies):
        if not any(year.text in name.text for name in names.values()):
            names[year.kind, year.text] = year
    return Understanding(tuple(names.values()), scope.policy_ids, places)


def _years(question: str, related: Sequence[Policy]) -> Iterable[ScopeName]:
    """The years that a question gives beside the names of its scope."""
    for match in _YEAR_SAID.finditer(question):
        before, after = question[: match.start()], question[match.end() :]
        yield ScopeName("year", match[0], before, after, _others(match[0], "year", (), related))


def places_of(policies: Iterable[Policy]) -> tuple[str, ...]:
    """The places that policies are for, each once, by the names that questions use."""
    regions = (region_printed(policy.region.value) for policy in policies if policy.region)
    return tuple(dict.fromkeys(region.name for region in regions))


def _region(policy: Policy) -> str:
    return policy.region.value if policy.region else ""


def _named(
    question: str, name: str, places: Sequence[str], related: Sequence[Policy]
) -> ScopeName | None:
    """A name where it stands; None where the question writes it in another way."""
    for text in (question, fold(question)):
        start = text.find(name)
        if start >= 0:
            before, after = text[:start], text[start + len(name) :]
            kind = _kind(name, places)
            return ScopeName(kind, name, before, after, _others(name, kind, places, related))
    return None


def _kind(name: str, places: Sequence[str]) -> NameKind:
    if NUMBER.search(name):
        return "number"
    if _YEAR.fullmatch(name):
        return "year"
    if name in places:  # also one that no list of divisions has
        return "place"
    mentions = find_regions(name)
    return "place" if mentions and mentions[0].start == 0 else "plan"


def _others(
    name: str, kind: NameKind, places: Sequence[str], related: Sequence[Policy]
) -> tuple[str, ...]:
    if kind == "place":
        others = [p for p in places if name not in (p, PLACE_SUFFIX.sub("", p))]
    elif kind == "year":
        dates = [fact.value[:4] for policy in related for _, fact in policy.dates]
        titles = " ".join(policy.title.value for policy in related)
        years = sorted({*dates, *re.findall(r"(?:19|20)\d\d", titles)})
        others = [year + name[4:] for year in years if not name.startswith(year)]
    else:
        others = []
    return tuple(others[:_MAX_OTHERS])
