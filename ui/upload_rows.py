"""What waits, what is there and what the next build changes: rows for the page; pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.schema import Document, Policy
from ui.clause_diff import Change, clause_changes
from ui.upload_choices import LeftOut
from ui.upload_names import name_key
from ui.upload_reading import Preview

State = Literal["live", "entering", "changing", "leaving", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Match:
    """A policy of the library that a new one is a version of.

    ``is_certain``: both cannot be there at once, as they have one name.
    """

    policy: Policy
    is_certain: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A policy of a file that waits: what it lacks, and what it is a version of."""

    policy: Policy
    gaps: tuple[str, ...]
    match: Match | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits to go live."""

    preview: Preview
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file of the library, or of the next one; ``policies`` are those of the live index."""

    name: str
    policies: tuple[Policy, ...]
    is_uploaded: bool
    state: State


def waiting_rows(previews: Iterable[Preview], library: Sequence[Policy]) -> list[Waiting]:
    """The files that wait, with what was found in them."""
    return [
        Waiting(
            preview,
            tuple(
                Part(policy, gaps_of(preview, policy), match_of(policy, library))
                for policy in preview.policies
            ),
        )
        for preview in previews
    ]


def gaps_of(preview: Preview, policy: Policy) -> tuple[str, ...]:
    """What was not found; names of the group ``upload_gaps``."""
    found: Mapping[str, object] = {
        "title": policy.title.end > policy.title.start,
        "number": policy.document_number,
        "date": policy.dates,
        "issuer": policy.issuers,
        "region": policy.region,
        "outline": any(clause.parent_id for clause in policy.clauses)
        or sum(clause.kind not in ("段", "前言") for clause in policy.clauses) > 1,
    }
    lacking = tuple(name for name, value in found.items() if not value)
    return (*lacking, "recognised") if preview.recognised else lacking


def match_of(policy: Policy, library: Sequence[Policy]) -> Match | None:
    """The policy of the library that this one is most likely a version of."""
    title, number = _plain(policy.title.value), _number(policy)
    tests: tuple[Callable[[Policy], bool], ...] = (
        lambda old: old.policy_id == policy.policy_id,
        lambda old: name_key(old.source) == name_key(policy.source),
        lambda old: bool(number) and _number(old) == number and _plain(old.title.value) == title,
        lambda old: bool(title) and _plain(old.title.value) == title,
        lambda old: bool(number) and _number(old) == number,
    )
    for step, test in enumerate(tests):
        old = next(filter(test, library), None)
        if old is not None:
            changes = tuple(clause_changes(old.clauses, policy.clauses))
            return Match(old, step < 2, changes)
    return None


def replaced_policies(
    waiting: Iterable[Waiting], chosen: Collection[str], library: Sequence[Policy]
) -> dict[str, tuple[str, ...]]:
    """Which policies of other files make room, by file name; none named: the whole file.

    Args:
        waiting: the files that go live.
        chosen: ids of old policies that make room though the match is not certain.
        library: the policies of the live index.
    """
    replaced: dict[str, set[str]] = {}
    for match in (part.match for row in waiting for part in row.parts):
        if match and (match.is_certain or match.policy.policy_id in chosen):
            replaced.setdefault(match.policy.source, set()).add(match.policy.policy_id)
    held = {
        name: {policy.policy_id for policy in library if policy.source == name} for name in replaced
    }
    return {name: () if ids == held[name] else tuple(sorted(ids)) for name, ids in replaced.items()}


def shelf_rows(
    library: Sequence[Policy],
    documents: Callable[[str], Document | None],
    live: Mapping[str, str],
    left_out: LeftOut,
) -> list[Shelved]:
    """Every file of the live index and of the next one, by name.

    Args:
        library: the policies of the live index.
        documents: a document of the live index by its name.
        live: the uploaded files that the next build takes, with their SHA-256.
        left_out: what the next build leaves out.
    """
    names = sorted({policy.source for policy in library} | live.keys() | left_out.keys())
    rows: list[Shelved] = []
    for name in names:
        held = tuple(policy for policy in library if policy.source == name)
        out = left_out.get(name)
        kept = [p for p in held if out is None or (out and p.policy_id not in out)]
        document = documents(name) if held else None
        state: State = "live"
        if name in live and not held:
            state = "withdrawn" if out else "entering"
        elif document and name in live and document.sha256 != live[name]:
            state = "changing"
        elif (out is not None and name not in live) or len(kept) < len(held):
            state = "withdrawn" if not held else "leaving" if not kept else "changing"
        rows.append(Shelved(name, held, name in live, state))
    return rows


def is_pending(rows: Iterable[Shelved]) -> bool:
    """Whether the next build would make another index."""
    return any(row.state in ("entering", "changing", "leaving") for row in rows)


def _plain(title: str) -> str:
    return "".join(title.split()).strip("《》").casefold()


def _number(policy: Policy) -> str:
    return "".join(policy.document_number.value.split()) if policy.document_number else ""
