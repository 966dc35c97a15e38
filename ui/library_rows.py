"""Policies as a library: what each may be filtered by, its state, and words found in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.schema import Clause, Policy
from index.folding import fold
from ui.standing import Standing, State, standings

LEVELS = ("国家", "省", "市", "县", "乡")

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """Which policies are wanted; what is empty does not limit."""

    q: str = ""
    region: str = ""
    level: str = ""
    year: str = ""
    issuer: str = ""
    unit: str = ""
    state: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words looked for, folded; all of them must stand in a clause."""
        # Cut before they are folded, which takes spaces between ideographs out.
        return tuple(dict.fromkeys(filter(None, map(fold, self.q.split()))))


@dataclass(frozen=True, slots=True)
class Shelved:
    """A policy as it stands in the library."""

    policy: Policy
    standing: Standing

    @property
    def state(self) -> State:
        """Whether it is in force."""
        return self.standing.state

    @property
    def region(self) -> str:
        """The region; empty where it is not known."""
        return self.policy.region.value if self.policy.region else ""

    @property
    def year(self) -> str:
        """The year of its first date, else of its number or its title; may be empty."""
        policy = self.policy
        number = policy.document_number.value if policy.document_number else ""
        dates = [fact.value for _, fact in policy.dates]
        found = _YEAR.search(" ".join((*dates, number, policy.title.value)))
        return found[0] if found else ""

    @property
    def issuers(self) -> tuple[str, ...]:
        """Who issued it."""
        return tuple(issuer.value for issuer in self.policy.issuers)

    def holds(self, chosen: LibraryFilter) -> bool:
        """Whether it is among those wanted, words aside."""
        return (
            (not chosen.region or chosen.region in self.region)
            and (not chosen.level or self.policy.level == chosen.level)
            and (not chosen.year or self.year == chosen.year)
            and (not chosen.issuer or any(chosen.issuer in name for name in self.issuers))
            and (not chosen.state or self.state == chosen.state)
            and (not chosen.unit or _names_unit(self.policy, chosen.unit))
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A clause with the words that were looked for, and where they stand in its text."""

    clause: Clause
    spans: tuple[tuple[int, int], ...]


def shelved(policies: Sequence[Policy], *, today: date) -> list[Shelved]:
    """All policies with their standing of today."""
    known = standings(policies, today=today)
    return [Shelved(policy, known[policy.policy_id]) for policy in policies]


def find_words(policy: Policy, words: Sequence[str]) -> list[Found]:
    """The clauses that hold all the words as they are printed, in reading order."""
    patterns = [_pattern(word) for word in words]
    found: list[Found] = []
    for clause in policy.clauses:
        spans = [[match.span() for match in p.finditer(clause.text)] for p in patterns]
        if spans and all(spans):
            found.append(Found(clause, _merged(span for group in spans for span in group)))
    return found


def find_spellings(policy: Policy, words: Sequence[str]) -> list[Found]:
    """The clauses that hold all the words in another spelling, such as traditional characters.

    Every clause is folded for this, which takes long: for words that are found in no other way.
    """
    spelt = ((clause, fold(clause.text)) for clause in policy.clauses)
    return [Found(clause, ()) for clause, text in spelt if words and all(w in text for w in words)]


def _pattern(word: str) -> re.Pattern[str]:
    """A folded word as it may be printed: in any case, with line breaks inside."""
    return re.compile(r"\s*".join(map(re.escape, word)), re.IGNORECASE)


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _names_unit(policy: Policy, name: str) -> bool:
    return any(
        name in unit.normal or name in unit.printed
        for clause in policy.clauses
        for unit in clause.units
    )
