"""Clauses and hits in the form of the contract (docs/contracts.md), for every way out."""

from __future__ import annotations

from typing import Any

from corpus.schema import Clause, Policy
from index.schema import Hit


def hit_row(hit: Hit) -> dict[str, Any]:
    """A hit as the contract gives it."""
    row = clause_row(hit.clause, hit.policy)
    return {"rank": hit.rank, "score": round(hit.score, 4), **row}


def clause_row(clause: Clause, policy: Policy) -> dict[str, Any]:
    """A clause as a hit on it would show it."""
    return {
        "clause_id": clause.clause_id,
        "policy_id": clause.policy_id,
        "title": policy.title.value,
        "label": clause.label,
        "path": list(clause.path),
        "clause_text": clause.text,
        "source": policy.source,
        "start": clause.start,
        "end": clause.end,
    }
