"""Addresses of clauses to the clauses themselves; pure."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import AddressUnknown
from corpus.schema import Clause, Policy


def resolve(address: str, policies: Sequence[Policy]) -> Clause:
    """The clause at an address.

    Raises:
        AddressUnknown: no clause stands there.
    """
    for policy in policies:
        for clause in policy.clauses:
            if clause.clause_id == address:
                return clause
    raise AddressUnknown(f"{address}: no clause stands there; `wenzheng policies` lists what is in")
