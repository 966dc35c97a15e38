"""A policy as it was read, as lines for the terminal: what it says of itself, and its clauses."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.schema import Clause, Policy, Target

_MAX_TEXT = 60  # characters of a clause


def outline_lines(policy: Policy) -> Iterator[str]:
    """The facts of a policy, then a line a clause with the units and targets that it names."""
    yield f"{policy.policy_id}  {policy.title.value}"
    for name, values in _facts(policy):
        if values:
            yield f"  {name}: {', '.join(values)}"
    depths: dict[str, int] = {}
    for clause in policy.clauses:
        depth = depths.get(clause.parent_id or "", 0) + 1
        depths[clause.clause_id] = depth
        text = " ".join(clause.text.split())[:_MAX_TEXT]
        yield f"{'  ' * depth}{clause.kind} {clause.label}  {text}{_said(clause)}"


def _facts(policy: Policy) -> Iterator[tuple[str, list[str]]]:
    yield "numbers", [fact.value for fact in policy.numbers]
    yield "issuers", [fact.value for fact in policy.issuers]
    yield "dates", [f"{kind} {fact.value}" for kind, fact in policy.dates]
    for name, fact in (
        ("region", policy.region),
        ("period", policy.period),
        ("validity", policy.validity),
        ("publicity", policy.publicity),
    ):
        yield name, [fact.value] if fact else []
    yield "basis", [fact.value for fact in policy.basis]
    yield "relations", [f"{kind} {fact.value}" for kind, fact in policy.relations]


def _said(clause: Clause) -> str:
    """Units and targets behind the text of a clause; empty where it names none."""
    said = [f"{unit.printed} {unit.role}" for unit in clause.units]
    said += [_aim(target) for target in clause.targets]
    return f"  [{'; '.join(said)}]" if said else ""


def _aim(target: Target) -> str:
    words = (
        target.subject,
        target.indicator,
        target.comparator,
        target.value + target.unit,
        target.deadline,
    )
    return " ".join(word for word in words if word)
