"""Answers over several documents: the best sentence of each, as statements and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import DraftStatement
from assistant.extractive import Candidate
from assistant.prompts import BY_POLICY, NOT_MENTIONED
from assistant.question import Reading
from corpus.schema import Policy

MAX_AMBIGUOUS = 4  # values given side by side when no document was named
_CLOSE_AGGREGATE = 1.5  # how far behind the best sentence another document's may be
_CLOSE_AMBIGUOUS = 1.2


@dataclass(frozen=True, slots=True)
class Row:
    """What one document says: a statement, or None where it says nothing of it."""

    policy: Policy
    statement: DraftStatement | None


def by_policy(candidates: Sequence[Candidate]) -> dict[str, Candidate]:
    """The best sentence of each policy, best first."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.is_substance:
            best.setdefault(candidate.hit.policy.policy_id, candidate)
    return best


def rows_of(
    reading: Reading, candidates: Sequence[Candidate], policies: Mapping[str, Policy]
) -> list[Row]:
    """A row a document that answers; documents that the question names come in any case."""
    best = by_policy(candidates)
    if not best:
        return []
    top = max(candidate.score for candidate in best.values())
    named = reading.scope.policy_ids
    if named:
        order = [pid for pid in policies if pid in named]
    else:
        order = [pid for pid, c in best.items() if c.score >= top - _CLOSE_AGGREGATE]
    rows: list[Row] = []
    for policy_id in order:
        candidate = best.get(policy_id)
        fits = candidate is not None and candidate.score >= top - 2 * _CLOSE_AGGREGATE
        statement = _statement(candidate) if candidate is not None and fits else None
        rows.append(Row(policies[policy_id], statement))
    return rows


def rivals(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Sentences of several documents that answer about equally well when none was named."""
    if len(reading.scope.policy_ids) == 1:
        return []
    best = list(by_policy(candidates).values())
    close = [c for c in best if c.score >= best[0].score - _CLOSE_AMBIGUOUS] if best else []
    return close[:MAX_AMBIGUOUS] if len(close) > 1 else []


def statements_of(rows: Sequence[Row]) -> list[DraftStatement]:
    """The rows that say something, as statements."""
    return [row.statement for row in rows if row.statement is not None]


def cell_of(row: Row) -> str:
    """What a row shows as the document's content."""
    return row.statement.quotes[0].text if row.statement else NOT_MENTIONED


def rival_rows(candidates: Sequence[Candidate]) -> list[Row]:
    """Rows of sentences that answer about equally well."""
    return [Row(candidate.hit.policy, _statement(candidate)) for candidate in candidates]


def _statement(candidate: Candidate) -> DraftStatement:
    name = f"《{candidate.hit.policy.title.value}》"
    return DraftStatement(BY_POLICY.format(name=name, text=candidate.text), (candidate.quote,))
