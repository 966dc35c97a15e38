"""Clauses, policies, targets and tasks of units as rows of JSON for programs."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from corpus.citation_forms import citation
from corpus.references import Reference, ReferenceFinder
from corpus.schema import Clause, Policy
from ui.document_outline import clause_url
from ui.library_rows import Shelved
from ui.listing import clause_row, policy_facts
from ui.target_rows import TargetRow
from ui.unit_rows import UnitRow

Row = dict[str, Any]


class ClauseRows:
    """Makes the rows of clauses; remembers what finding references needs. Safe between threads."""

    def __init__(self) -> None:
        """Nothing is prepared before the first clause."""
        self._lock = threading.Lock()
        self._policies: tuple[Policy, ...] = ()
        self._finder = ReferenceFinder(())

    def row(self, clause: Clause, policy: Policy, policies: Sequence[Policy]) -> Row:
        """A clause with all that stands around it."""
        at = next(n for n, c in enumerate(policy.clauses) if c.clause_id == clause.clause_id)
        following = policy.clauses[at + 1 :]
        by_id = {item.clause_id: item for known in policies for item in known.clauses}
        references = self._references(policies).references_of(clause)
        return {
            **clause_row(clause),
            **_of_policy(policy),
            "document_number": policy.document_number.value if policy.document_number else None,
            "source": policy.source,
            "url": clause_url(clause.clause_id),
            "citation": citation(clause, policy),
            "previous": _link(policy.clauses[at - 1]) if at else None,
            "next": _link(following[0]) if following else None,
            "children": [_link(c) for c in policy.clauses if c.parent_id == clause.clause_id],
            "references": [_reference(reference, by_id) for reference in references],
        }

    def _references(self, policies: Sequence[Policy]) -> ReferenceFinder:
        """The finder for these policies; made anew when a build has replaced them."""
        with self._lock:
            same = len(policies) == len(self._policies) and all(
                new is old for new, old in zip(policies, self._policies, strict=True)
            )
            if not same:
                self._policies = tuple(policies)
                self._finder = ReferenceFinder(self._policies)
            return self._finder


def policy_row(item: Shelved) -> Row:
    """What a policy says of itself, and where it is read."""
    policy = item.policy
    first = policy.clauses[0].clause_id if policy.clauses else ""
    return {
        **policy_facts(policy),
        "level": policy.level,
        "year": item.year,
        "state": item.state,
        "source": policy.source,
        "clauses": len(policy.clauses),
        "url": clause_url(first) if first else "",
    }


def target_row(row: TargetRow) -> Row:
    """A target with the clause that sets it."""
    target = row.target
    return {
        "indicator": target.indicator,
        "comparator": target.comparator,
        "value": target.value,
        "unit": target.unit,
        "deadline": target.deadline,
        "subject": target.subject,
        "years": list(row.years),
        "region": row.region,
        **_of_policy(row.policy),
        **_place(row.clause),
    }


def unit_row(row: UnitRow) -> Row:
    """A clause that names a unit."""
    return {
        "role": row.role,
        "region": row.region,
        "others": list(row.others),
        **_of_policy(row.policy),
        **_place(row.clause),
        "path": list(row.clause.path),
        "text": row.clause.text,
    }


def _of_policy(policy: Policy) -> Row:
    return {"policy_id": policy.policy_id, "title": policy.title.value}


def _place(clause: Clause) -> Row:
    url = clause_url(clause.clause_id)
    return {"clause_id": clause.clause_id, "label": clause.label, "url": url}


def _link(clause: Clause) -> Row:
    heading = clause.path[-1] if clause.path else ""
    return {**_place(clause), "kind": clause.kind, "heading": heading}


def _reference(reference: Reference, by_id: dict[str, Clause]) -> Row:
    return {
        "text": reference.text,
        "start": reference.start,
        "end": reference.end,
        "kind": reference.kind,
        "policy_id": reference.policy_id,
        "clauses": [_link(by_id[found]) for found in reference.targets if found in by_id],
    }
