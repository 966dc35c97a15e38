"""What units of government must do, as rows: the clauses that name a unit, with its role. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.schema import Clause, Policy

ROLES = ("牵头", "责任", "配合")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A clause that names a unit, in which role, and the units beside it."""

    role: str
    policy: Policy
    clause: Clause
    others: tuple[str, ...]

    @property
    def region(self) -> str:
        """The region of the policy; empty where it is not known."""
        return self.policy.region.value if self.policy.region else ""


def unit_rows(policies: Iterable[Policy], name: str) -> list[UnitRow]:
    """All clauses that name a unit, by its normal or its printed name, leading roles first."""
    rows: list[UnitRow] = []
    for policy in policies:
        for clause in policy.clauses:
            roles = {u.role for u in clause.units if name in (u.normal, u.printed)}
            others = (u.printed for u in clause.units if name not in (u.normal, u.printed))
            beside = tuple(dict.fromkeys(others))
            rows += [UnitRow(role, policy, clause, beside) for role in sorted(roles, key=_order)]
    return sorted(rows, key=lambda row: _order(row.role))


def units_of(policies: Iterable[Policy]) -> Mapping[str, Counter[str]]:
    """How many clauses name each unit in each role, by normal name, the busiest unit first."""
    counts: dict[str, Counter[str]] = {}
    for policy in policies:
        for clause in policy.clauses:
            for normal, role in {(unit.normal, unit.role) for unit in clause.units}:
                counts.setdefault(normal, Counter())[role] += 1
    order = sorted(counts, key=lambda name: (-counts[name].total(), name))
    return {name: counts[name] for name in order}


def _order(role: str) -> int:
    return ROLES.index(role) if role in ROLES else len(ROLES)
