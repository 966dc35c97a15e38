"""Outlines as the tests write them down: a line a clause, and the texts that come with them."""

from __future__ import annotations

from pathlib import Path

from corpus.library import shipped_documents
from corpus.policies import read_policies
from corpus.readers import read_document
from corpus.schema import Clause, Document, Policy

SAMPLES = Path(__file__).parent / "outlines"
SNAPSHOTS = Path(__file__).parent / "snapshots"
SHIPPED = SNAPSHOTS / "shipped.outline"
_MAX_TEXT = 24


def clauses_of_text(text: str, name: str = "sample.txt") -> tuple[Clause, ...]:
    """The clauses of a text that holds one policy."""
    (policy,) = read_policies(Document(name, text, "", "txt"))
    return policy.clauses


def outline(clauses: tuple[Clause, ...]) -> list[str]:
    """Address, kind, label and the first words of each clause."""
    return [
        "\t".join((address(clause), clause.kind, clause.label, _start(clause.text)))
        for clause in clauses
    ]


def address(clause: Clause) -> str:
    """The clause id without its policy."""
    return clause.clause_id.split("/", 1)[1]


def sample(name: str) -> tuple[Clause, ...]:
    """The clauses of a sample file."""
    return clauses_of_text((SAMPLES / name).read_text(encoding="utf-8"), name)


def shipped_policies() -> list[Policy]:
    """The policies of the texts that come with the package, without their manifest."""
    paths = sorted(shipped_documents().glob("*.txt"))
    return [policy for path in paths for policy in read_policies(read_document(path))]


def shipped_outline() -> list[str]:
    """Clause id, kind, label and path of every clause of the shipped texts."""
    return [
        "\t".join((clause.clause_id, clause.kind, clause.label, " > ".join(clause.path)))
        for policy in shipped_policies()
        for clause in policy.clauses
    ]


def write() -> None:
    """Write all outlines anew; look at every difference before they go in."""
    for path in sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.md")]):
        lines = outline(sample(path.name))
        path.with_suffix(".outline").write_text("\n".join(lines) + "\n", encoding="utf-8")
    SHIPPED.write_text("\n".join(shipped_outline()) + "\n", encoding="utf-8")


def _start(text: str) -> str:
    flat = text.replace("\n", "⏎").replace("\t", "⇥")
    return flat if len(flat) <= _MAX_TEXT else f"{flat[: _MAX_TEXT - 1]}…"


if __name__ == "__main__":
    write()
