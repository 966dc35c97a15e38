"""The commands that show what was read: policies, the outline of a file, a clause."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from corpus.addresses import resolve
from corpus.library import read_library
from corpus.schema import Clause, Fact, Policy
from ui.asking import dump
from ui.opening import open_index
from ui.status import Print, UsageError

_GAPS = (
    ("title", "title from {origin}"),
    ("document_number", "no document number"),
    ("region", "no region"),
    ("dates", "no date found"),
    ("basis", "no basis found"),
)


def policies(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """List what the index holds, with what the documents leave open."""
    rows = [_summary(policy) for policy in open_index(settings).policies.values()]
    if options.json:
        line(dump(rows))
        return 0
    for row in rows:
        gaps = f"  ({'; '.join(row['gaps'])})" if row["gaps"] else ""
        facts = (row["title"], row["document_number"] or "—", row["region"] or "—")
        line(f"{row['policy_id']}  {'  '.join(facts)}  {row['clauses']} clauses{gaps}")
    return 0


def outline(options: argparse.Namespace, _: Settings, line: Print) -> int:
    """Show a file as it is read, before anything is built."""
    path = Path(options.file)
    library = read_library([path])
    if library.problems:
        raise UsageError(library.problems[0])
    if options.json:
        found = [
            {**policy_facts(p), "clauses": [clause_row(c) for c in p.clauses]}
            for p in library.policies
        ]
        line(dump({"source": path.name, "policies": found}))
        return 0
    for policy in library.policies:
        line(f"{policy.policy_id}  {policy.title.value}")
        depths: dict[str, int] = {}
        for clause in policy.clauses:
            depth = depths.get(clause.parent_id or "", 0) + 1
            depths[clause.clause_id] = depth
            text = " ".join(clause.text.split())[:60]
            line(f"{'  ' * depth}{clause.kind} {clause.label}  {text}")
    return 0


def show(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Show a clause by its address, and the clauses below it."""
    found = open_index(settings).policies
    clause = resolve(options.address, list(found.values()))
    policy = found[clause.policy_id]
    below = [other for other in policy.clauses if other.parent_id == clause.clause_id]
    if options.json:
        row = {**clause_row(clause), "title": policy.title.value, "source": policy.source}
        line(dump({**row, "children": [clause_row(other) for other in below]}))
        return 0
    number = f"（{policy.document_number.value}）" if policy.document_number else ""
    line(f"《{policy.title.value}》{number} {clause.label}")
    line(" > ".join(clause.path))
    line(clause.text)
    for other in below:
        if not clause.start <= other.start < clause.end:
            line(f"  {other.label}  {' '.join(other.text.split())[:80]}")
    return 0


def clause_row(clause: Clause) -> dict[str, Any]:
    """A clause as the outline contract gives it."""
    return {
        "clause_id": clause.clause_id,
        "parent_id": clause.parent_id,
        "kind": clause.kind,
        "label": clause.label,
        "path": list(clause.path),
        "text": clause.text,
        "start": clause.start,
        "end": clause.end,
        "units": [
            {"printed": unit.printed, "normal": unit.normal, "role": unit.role}
            for unit in clause.units
        ],
        "targets": [
            {
                "indicator": target.indicator,
                "comparator": target.comparator,
                "value": target.value,
                "unit": target.unit,
                "deadline": target.deadline,
                "subject": target.subject,
            }
            for target in clause.targets
        ],
    }


def policy_facts(policy: Policy) -> dict[str, Any]:
    """What a policy says of itself, as the outline contract gives it."""
    return {
        "policy_id": policy.policy_id,
        "title": policy.title.value,
        "document_number": _value(policy.document_number),
        "issuers": [fact.value for fact in policy.issuers],
        "dates": {kind: fact.value for kind, fact in policy.dates},
        "region": _value(policy.region),
        "basis": [fact.value for fact in policy.basis],
    }


def _summary(policy: Policy) -> dict[str, Any]:
    gaps = [
        words.format(origin=policy.title.origin)
        for name, words in _GAPS
        if (policy.title.origin != "text" if name == "title" else not getattr(policy, name))
    ]
    return {
        **policy_facts(policy),
        "source": policy.source,
        "clauses": len(policy.clauses),
        "gaps": gaps,
    }


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None
