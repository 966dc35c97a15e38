"""Targets as rows over all policies: filtered, and as numbers where they are numbers. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.schema import Clause, Policy, Target
from index.folding import fold

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)[–—~-](\d+(?:\.\d+)?)")
_RATIO = re.compile(r"1[:：∶](\d+(?:\.\d+)?)")
_YEAR = re.compile(r"(?:19|20)\d\d")
RATIO = "1:"
"""The unit of figures such as 1:0.6, which are compared by what stands behind the colon."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target with the clause that sets it."""

    target: Target
    policy: Policy
    clause: Clause

    @property
    def region(self) -> str:
        """The region of the policy; empty where it is not known."""
        return self.policy.region.value if self.policy.region else ""

    @property
    def years(self) -> tuple[str, ...]:
        """The years that its deadline names; those of the policy where it names none."""
        own = _YEAR.findall(self.target.deadline)
        period = self.policy.period.value if self.policy.period else ""
        return tuple(own or _YEAR.findall(period))

    @property
    def interval(self) -> tuple[float, float] | None:
        """The figure from where to where, the same twice for a single one; None for a grade."""
        value = self.target.value
        if match := _RANGE.fullmatch(value):
            return float(match[1]), float(match[2])
        if match := _RATIO.fullmatch(value):
            return float(match[1]), float(match[1])
        return (float(value), float(value)) if _NUMBER.fullmatch(value) else None

    @property
    def unit(self) -> str:
        """What the figure counts."""
        return RATIO if _RATIO.fullmatch(self.target.value) else self.target.unit


@dataclass(frozen=True, slots=True)
class TargetFilter:
    """Which targets are wanted; what is empty does not limit."""

    q: str = ""
    region: str = ""
    year: str = ""
    unit: str = ""

    def holds(self, row: TargetRow) -> bool:
        """Whether a row is among those wanted."""
        target = row.target
        words = fold(f"{target.indicator} {target.subject} {row.policy.title.value}")
        return (
            all(fold(word) in words for word in self.q.split())
            and (not self.region or self.region in row.region)
            and (not self.year or self.year in row.years)
            and (not self.unit or row.unit == self.unit)
        )


def target_rows(policies: Iterable[Policy]) -> list[TargetRow]:
    """All targets in reading order."""
    return [
        TargetRow(target, policy, clause)
        for policy in policies
        for clause in policy.clauses
        for target in clause.targets
    ]


def comparable(rows: Sequence[TargetRow]) -> list[TargetRow]:
    """The rows whose figures can stand on one axis: those of the commonest unit."""
    numbers = [row for row in rows if row.interval is not None]
    units = Counter(row.unit for row in numbers)
    if not units:
        return []
    unit = max(units, key=lambda name: units[name])
    return [row for row in numbers if row.unit == unit]
