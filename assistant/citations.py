"""Citations: a clause with the words that an answer takes from it; statements held against them.

Quotes are slices of the source file by offset, never text that an engine wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.figures import unsupported
from assistant.schema import Citation, Statement
from corpus.schema import Clause, Document, Policy
from corpus.unit_groups import lines_of_groups

_LAYOUT = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Quote:
    """``clause.text[start:end]``, the words that support a statement."""

    clause: Clause
    start: int
    end: int

    @property
    def text(self) -> str:
        """The quoted words as the cleaned clause has them."""
        return self.clause.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A sentence of an answer before numbering, with the quotes that it rests on."""

    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Statements that passed the check, their citations, and how many were withheld."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    withheld: int


class Citer:
    """Makes citations for the clauses of one index."""

    def __init__(self, policies: Mapping[str, Policy], documents: Mapping[str, Document]) -> None:
        """Hold the policies by id and the documents by file name."""
        self._policies = policies
        self._documents = documents
        self._siblings = _units_by_clause(policies.values())

    def number(self, drafts: Sequence[DraftStatement], extra: Sequence[Quote] = ()) -> Numbered:
        """Number the quotes in order of use and withhold statements that they do not support.

        ``extra`` are quotes that no statement bears, such as those of a table's rows.
        """
        kept = [draft for draft in drafts if draft.quotes and not self.missing(draft)]
        merged = _merge([*(quote for draft in kept for quote in draft.quotes), *extra])
        numbers = {quote.clause.clause_id: number for number, quote in enumerate(merged, start=1)}
        statements = tuple(
            Statement(
                draft.text, tuple(sorted({numbers[q.clause.clause_id] for q in draft.quotes}))
            )
            for draft in kept
        )
        citations = tuple(self.cite(quote, number) for number, quote in enumerate(merged, 1))
        return Numbered(statements, citations, len(drafts) - len(kept))

    def missing(self, draft: DraftStatement) -> tuple[str, ...]:
        """Figures, dates, 文号 and units of a statement that none of its clauses has."""
        return unsupported(draft.text, self.evidence(draft))

    def evidence(self, draft: DraftStatement) -> str:
        """All that the clauses of a statement say, of themselves and of their policies."""
        return "\n".join(
            text
            for quote in draft.quotes
            for policy in [self._policies[quote.clause.policy_id]]
            for text in (
                quote.clause.text,
                " ".join((quote.clause.label, *quote.clause.path)),
                policy.title.value,
                policy.document_number.value if policy.document_number else "",
            )
        )

    def cite(self, quote: Quote, number: int) -> Citation:
        """One citation; its quote is the slice of the source with the layout's white space gone."""
        clause, policy = quote.clause, self._policies[quote.clause.policy_id]
        start, end = clause.source_span(quote.start, quote.end)
        return Citation(
            number=number,
            clause_id=clause.clause_id,
            policy_id=clause.policy_id,
            title=policy.title.value,
            document_number=policy.document_number.value if policy.document_number else None,
            label=clause.label,
            path=clause.path,
            quote=without_layout(self._documents[policy.source].text[start:end]),
            start=start,
            end=end,
            clause_text=clause.text,
            responsible_units=self.responsible_units(clause),
            source=policy.source,
            url=f"/clauses/{clause.clause_id}",
        )

    def responsible_units(self, clause: Clause) -> tuple[str, ...]:
        """Units of the clause as printed; a paragraph of a clause shares those of the whole."""
        units = [unit.printed for unit in clause.units]
        if not units:
            units = self._siblings.get(clause.clause_id, [])
        return tuple(dict.fromkeys(units))


def text_of(statements: Iterable[Statement], *, joint: str = "") -> str:
    """The statements as one text, each with the marks of its citations behind it."""
    return joint.join(
        statement.text + "".join(f"[{number}]" for number in statement.citations)
        for statement in statements
    )


def without_layout(text: str) -> str:
    """The text with white space dropped but between two Latin words, as cleaning does."""

    def space(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return " " if before.isascii() and after.isascii() and before and after else ""

    return _LAYOUT.sub(space, text)


def _units_by_clause(policies: Iterable[Policy]) -> dict[str, list[str]]:
    """Units of each clause; paragraphs that are clauses of their own share those of the whole."""
    shared: dict[str, list[str]] = {}
    for policy in policies:
        groups: dict[str, list[Clause]] = {}
        for clause in policy.clauses:
            parent = clause.parent_id if clause.kind == "段" else None
            groups.setdefault(parent or clause.clause_id, []).append(clause)
        for members in groups.values():
            printed = [unit.printed for member in members for unit in member.units]
            for member in members:
                shared[member.clause_id] = printed
        for clause_id, line in lines_of_groups(policy.clauses).items():
            shared[clause_id] = shared.get(clause_id) or [unit.printed for unit in line.units]
    return shared


def _merge(quotes: Sequence[Quote]) -> list[Quote]:
    """One quote a clause, from its first quoted word to its last, in order of first use."""
    merged: dict[str, Quote] = {}
    for quote in quotes:
        other = merged.get(quote.clause.clause_id, quote)
        start, end = min(quote.start, other.start), max(quote.end, other.end)
        merged[quote.clause.clause_id] = Quote(quote.clause, start, end)
    return list(merged.values())
