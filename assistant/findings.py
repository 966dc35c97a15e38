"""What a specialist for one form of question makes of it: statements, rows, or why there are none.

Specialists read the clauses themselves and not what a search found, so that a list is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from assistant.citations import DraftStatement, Quote
from assistant.question import Reading
from assistant.schema import Reason
from corpus.schema import Clause, Policy


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to answer from.

    ``words`` cuts a text into the words that are looked up.
    """

    reading: Reading
    policies: Mapping[str, Policy]
    words: Callable[[str], list[str]]

    @property
    def in_scope(self) -> list[Policy]:
        """The policies that the question names; all of them where it names none."""
        named = self.reading.scope.policy_ids
        return [p for pid, p in self.policies.items() if not named or pid in named]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row of a table before numbering, with the quotes that it rests on."""

    cells: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer of a specialist; with ``reason`` a refusal, with ``choices`` a question back.

    ``lead`` is what the assistant says of itself before the statements, or instead of them.
    """

    drafts: tuple[DraftStatement, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[DraftRow, ...] = ()
    lead: str = ""
    joint: str = ""  # between two statements of the text
    silent: tuple[str, ...] = ()  # documents that were compared and say nothing of it
    reason: Reason | None = None
    choices: tuple[str, ...] = ()
    nearest: tuple[Quote, ...] = ()


def whole(clause: Clause) -> DraftStatement:
    """The words of a clause as they stand."""
    return DraftStatement(clause.text, (Quote(clause, 0, len(clause.text)),))


def quotes_of(clauses: Iterable[Clause]) -> tuple[Quote, ...]:
    """All words of each clause that has any."""
    return tuple(Quote(clause, 0, len(clause.text)) for clause in clauses if clause.text)


def name_of(policy: Policy) -> str:
    """A policy as an answer calls it: 《title》（文号）."""
    number = f"（{policy.document_number.value}）" if policy.document_number else ""
    title = policy.title.value.replace("《", "〈").replace("》", "〉")
    return f"《{title}》{number}"
