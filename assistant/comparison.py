"""Answers over several documents: the best sentence of each, as statements and as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import DraftStatement
from assistant.extractive import Candidate, compose
from assistant.prompts import BY_POLICY, NOT_MENTIONED
from assistant.question import Reading
from corpus.schema import Policy

MAX_AMBIGUOUS = 4  # values given side by side when no document was named
MAX_ROW_CHARACTERS = 150  # of one document's words in a comparison
_CLOSE_AGGREGATE = 1.5  # how far behind the best sentence another document's may be
_SHARE_OF_COVER = 0.7  # of the best cover, for a document to say the same thing
_TELLING_COVER = 0.3  # below this the question's words say too little to count them
_CLOSE_AMBIGUOUS = 1.2


@dataclass(frozen=True, slots=True)
class Row:
    """What one document says; no statements where it says nothing of it."""

    policy: Policy
    statements: tuple[DraftStatement, ...] = ()

    @property
    def text(self) -> str:
        """What the row shows as the document's content."""
        return "".join(s.quotes[0].text for s in self.statements) or NOT_MENTIONED


def by_policy(candidates: Sequence[Candidate]) -> dict[str, Candidate]:
    """The best sentence of each policy, best first."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.is_substance:
            best.setdefault(candidate.hit.policy.policy_id, candidate)
    return best


def rows_of(
    reading: Reading,
    candidates: Sequence[Candidate],
    policies: Mapping[str, Policy],
    cover: Callable[[str], float],
) -> list[Row]:
    """A row a document that answers; documents that the question names come in any case.

    Args:
        reading: the question.
        candidates: sentences of all documents, best first.
        policies: the policies of the index by id.
        cover: the share of the question's words, by weight, that a text holds.
    """
    best = by_policy(candidates)
    if not best:
        return []
    top = max(candidate.score for candidate in best.values())
    named = reading.scope.policy_ids
    if named:
        fitting = {pid for pid, c in best.items() if c.score >= top - 2 * _CLOSE_AGGREGATE}
        return [
            Row(policies[pid], _statements(reading, candidates, pid) if pid in fitting else ())
            for pid in policies
            if pid in named
        ]
    covers = {pid: cover(candidate.text) for pid, candidate in best.items()}
    highest = max(covers.values())
    found = [
        pid
        for pid, candidate in best.items()
        if (
            covers[pid] >= _SHARE_OF_COVER * highest
            if highest >= _TELLING_COVER
            else candidate.score >= top - _CLOSE_AGGREGATE
        )
    ]
    return [Row(policies[pid], (_statement(best[pid]),)) for pid in found]


def rivals(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Sentences of several documents that answer about equally well when none was named."""
    if len(reading.scope.policy_ids) == 1:
        return []
    best = list(by_policy(candidates).values())
    close = [c for c in best if c.score >= best[0].score - _CLOSE_AMBIGUOUS] if best else []
    return close[:MAX_AMBIGUOUS] if len(close) > 1 else []


def statements_of(rows: Sequence[Row]) -> list[DraftStatement]:
    """The rows that say something, as statements."""
    return [statement for row in rows for statement in row.statements]


def rival_rows(candidates: Sequence[Candidate]) -> list[Row]:
    """Rows of sentences that answer about equally well."""
    return [Row(candidate.hit.policy, (_statement(candidate),)) for candidate in candidates]


def _statement(candidate: Candidate) -> DraftStatement:
    name = f"《{candidate.hit.policy.title.value}》"
    return DraftStatement(BY_POLICY.format(name=name, text=candidate.text), (candidate.quote,))


def _statements(
    reading: Reading, candidates: Sequence[Candidate], policy_id: str
) -> tuple[DraftStatement, ...]:
    """What one document says, its title before the first sentence."""
    own = [c for c in candidates if c.hit.policy.policy_id == policy_id]
    first, *rest = compose(reading, own, max_characters=MAX_ROW_CHARACTERS)
    name = f"《{own[0].hit.policy.title.value}》"
    return (DraftStatement(BY_POLICY.format(name=name, text=first.text), first.quotes), *rest)
