"""The items of the library as programs get them: policies, clauses, targets, tasks of units."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PolicyItem:
    """What a policy says of itself."""

    policy_id: str
    title: str
    document_number: str | None
    issuers: list[str]
    dates: dict[str, str]
    region: str | None
    basis: list[str]
    level: str
    year: str
    state: str
    source: str
    clauses: int
    url: str


@dataclass(frozen=True, slots=True)
class ClauseLink:
    """A clause, as far as a link to it needs."""

    clause_id: str
    label: str
    kind: str
    heading: str
    url: str


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """A reference ``text[start:end]`` in a clause, and the clauses that it leads to."""

    text: str
    start: int
    end: int
    kind: str
    policy_id: str
    clauses: list[ClauseLink]


@dataclass(frozen=True, slots=True)
class UnitItem:
    """A unit that a clause names."""

    printed: str
    normal: str
    role: str


@dataclass(frozen=True, slots=True)
class ClauseTarget:
    """A figure that a clause sets."""

    indicator: str
    comparator: str
    value: str
    unit: str
    deadline: str
    subject: str


@dataclass(frozen=True, slots=True)
class ClauseItem:
    """A clause whole, with what stands around it."""

    clause_id: str
    policy_id: str
    parent_id: str | None
    kind: str
    label: str
    path: list[str]
    text: str
    start: int
    end: int
    units: list[UnitItem]
    targets: list[ClauseTarget]
    title: str
    document_number: str | None
    source: str
    url: str
    citation: str  # the form in which officials cite it
    previous: ClauseLink | None
    next: ClauseLink | None
    children: list[ClauseLink]
    references: list[ReferenceItem]


@dataclass(frozen=True, slots=True)
class TargetItem:
    """A target with the clause that sets it."""

    indicator: str
    comparator: str
    value: str
    unit: str
    deadline: str
    subject: str
    years: list[str]
    region: str
    policy_id: str
    title: str
    clause_id: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class UnitClause:
    """A clause that names a unit, in which role."""

    role: str
    region: str
    others: list[str]
    policy_id: str
    title: str
    clause_id: str
    label: str
    path: list[str]
    text: str
    url: str
