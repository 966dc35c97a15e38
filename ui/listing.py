"""The commands that show what was read: policies, the outline of a file, a clause."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.opening import open_index
from assistant.settings import Settings
from corpus.addresses import resolve
from corpus.citation_forms import citations_of
from corpus.library import read_library
from corpus.references import ReferenceFinder
from corpus.schema import Clause, Fact, Policy
from ui.asking import dump
from ui.outline_lines import outline_lines
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
        counts = f"{row['clauses']} clauses, {row['targets']} targets, {row['units']} units"
        line(f"{row['policy_id']}  {'  '.join(facts)}  {counts}{gaps}")
    return 0


def outline(options: argparse.Namespace, _: Settings, line: Print) -> int:
    """Show a file as it is read, before anything is built."""
    path = Path(options.file)
    library = read_library([path])
    if library.problems:
        raise UsageError(library.problems[0])
    if options.json:
        finder = ReferenceFinder(library.policies)
        found = [_outlined(policy, finder) for policy in library.policies]
        line(dump({"source": path.name, "policies": found}))
        return 0
    for policy in library.policies:
        for printed in outline_lines(policy):
            line(printed)
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
        "units": [asdict(unit) for unit in clause.units],
        "targets": [asdict(target) for target in clause.targets],
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
        "numbers": [fact.value for fact in policy.numbers],
        "level": policy.level,
        "period": _value(policy.period),
        "validity": _value(policy.validity),
        "publicity": _value(policy.publicity),
        "relations": [[kind, fact.value] for kind, fact in policy.relations],
    }


def _outlined(policy: Policy, finder: ReferenceFinder) -> dict[str, Any]:
    """A policy as it is read: its facts with their spans, and its clauses with references."""
    forms = citations_of(policy)
    clauses = [
        {
            **clause_row(clause),
            "citation": forms[clause.clause_id],
            "references": [asdict(reference) for reference in finder.references_of(clause)],
        }
        for clause in policy.clauses
    ]
    return {
        **policy_facts(policy),
        "spans": [
            {"fact": name, **asdict(fact)} for name, fact in _facts(policy) if fact is not None
        ],
        "gaps": _gaps(policy),
        "clauses": clauses,
    }


def _facts(policy: Policy) -> Iterator[tuple[str, Fact | None]]:
    """Every fact of a policy with the key that it stands under."""
    yield "title", policy.title
    yield from (("numbers", fact) for fact in policy.numbers)
    yield from (("issuers", fact) for fact in policy.issuers)
    yield from ((f"dates.{kind}", fact) for kind, fact in policy.dates)
    yield "region", policy.region
    yield from (("basis", fact) for fact in policy.basis)
    yield "period", policy.period
    yield "validity", policy.validity
    yield "publicity", policy.publicity
    yield from ((f"relations.{kind}", fact) for kind, fact in policy.relations)


def _gaps(policy: Policy) -> list[str]:
    """What the document does not say of itself."""
    return [
        words.format(origin=policy.title.origin)
        for name, words in _GAPS
        if (policy.title.origin != "text" if name == "title" else not getattr(policy, name))
    ]


def _summary(policy: Policy) -> dict[str, Any]:
    return {
        **policy_facts(policy),
        "source": policy.source,
        "clauses": len(policy.clauses),
        "targets": sum(len(clause.targets) for clause in _once(policy)),
        "units": len({unit.normal for clause in policy.clauses for unit in clause.units}),
        "gaps": _gaps(policy),
    }


def _once(policy: Policy) -> Iterator[Clause]:
    """The clauses without the parts of articles: an article holds all that its parts say."""
    inside: set[str | None] = set()
    for clause in policy.clauses:
        if clause.parent_id in inside or clause.kind == "条":
            inside.add(clause.clause_id)
        if clause.parent_id not in inside:
            yield clause


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None
