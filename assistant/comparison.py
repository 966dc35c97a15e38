"""Answers over several documents: the best sentence of each, as statements and as a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import DraftStatement
from assistant.extractive import Candidate, compose
from assistant.prompts import BY_POLICY, NOT_MENTIONED
from assistant.question import Reading
from corpus.regions import region_printed
from corpus.schema import Policy

MAX_AMBIGUOUS = 4  # values given side by side when no document was named
MAX_ROW_CHARACTERS = 150  # of one document's words in a comparison
_CLOSE_AGGREGATE = 3.0  # how far behind the best sentence another document's may be
_YEARS = re.compile(r"[（(][^（）()]*\d{4}[^（）()]*[）)]")
_CLOSE_AMBIGUOUS = 1.8
_CLOSE_OF_ONE_PLACE = 0.5  # documents of one place are mostly on different matters


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
) -> list[Row]:
    """A row a document that answers; documents that the question names come in any case.

    Args:
        reading: the question.
        candidates: sentences of all documents, best first.
        policies: the policies of the index by id.
    """
    best = by_policy(candidates)
    if not best:
        return []
    top = max(candidate.score for candidate in best.values())
    if reading.scope.policy_ids:
        fitting = {pid for pid, c in best.items() if c.score >= top - _CLOSE_AGGREGATE}
        chosen = _one_for_each_name(reading, best, policies)
        names = names_beside([policies[pid] for pid in chosen])
        return [
            Row(
                policies[pid],
                _statements(reading, candidates, pid, names[pid]) if pid in fitting else (),
            )
            for pid in chosen
        ]
    found = [pid for pid, c in best.items() if c.score >= top - _CLOSE_AGGREGATE]
    names = names_beside([policies[pid] for pid in found])
    return [Row(policies[pid], (_statement(best[pid], names[pid]),)) for pid in found]


def _one_for_each_name(
    reading: Reading, best: Mapping[str, Candidate], policies: Mapping[str, Policy]
) -> list[str]:
    """Of each place that is named the policy that speaks of it best; all where plans are named.

    A place may have a dozen documents, of which one is on the topic.
    """
    named = [pid for pid in policies if pid in reading.scope.policy_ids]
    places = {region.value if (region := policies[pid].region) else pid for pid in named}
    if len(places) < len(reading.scope.names):
        return named
    chosen: dict[str, str] = {}
    for pid in sorted(named, key=lambda pid: -best[pid].score if pid in best else 0.0):
        region = policies[pid].region
        chosen.setdefault(region.value if region else pid, pid)
    return [pid for pid in named if pid in chosen.values()]


def rivals(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Sentences of several documents that answer about equally well when none was named."""
    if len(reading.scope.policy_ids) == 1:
        return []
    best = list(by_policy(candidates).values())
    reach = _CLOSE_OF_ONE_PLACE if reading.scope.policy_ids else _CLOSE_AMBIGUOUS
    close = [c for c in best if c.score >= best[0].score - reach] if best else []
    return close[:MAX_AMBIGUOUS] if len(close) > 1 else []


def statements_of(rows: Sequence[Row]) -> list[DraftStatement]:
    """The rows that say something, as statements."""
    return [statement for row in rows for statement in row.statements]


def rival_rows(candidates: Sequence[Candidate]) -> list[Row]:
    """Rows of sentences that answer about equally well."""
    names = names_beside([candidate.hit.policy for candidate in candidates])
    return [
        Row(candidate.hit.policy, (_statement(candidate, names[candidate.hit.policy.policy_id]),))
        for candidate in candidates
    ]


def _statement(candidate: Candidate, name: str) -> DraftStatement:
    text = BY_POLICY.format(name=name, text=candidate.text)
    return DraftStatement(text, (candidate.quote,))


def _statements(
    reading: Reading, candidates: Sequence[Candidate], policy_id: str, name: str
) -> tuple[DraftStatement, ...]:
    """What one document says, its name before the first sentence."""
    own = [c for c in candidates if c.hit.policy.policy_id == policy_id]
    first, *rest = compose(reading, own, max_characters=MAX_ROW_CHARACTERS)
    return (DraftStatement(BY_POLICY.format(name=name, text=first.text), first.quotes), *rest)


def names_beside(policies: Sequence[Policy]) -> dict[str, str]:
    """What to call each document beside the others: its place where that tells them apart.

    A title may hold figures (2026-2028年) that no clause supports; a place does not. Where two
    plans of one place stand side by side, each goes by its title without the bracketed years.
    """
    places = {
        policy.policy_id: region.name if region else ""
        for policy in policies
        for region in [region_printed(policy.region.value) if policy.region else None]
    }
    counts = Counter(places.values())
    return {
        policy.policy_id: places[policy.policy_id]
        if places[policy.policy_id] and counts[places[policy.policy_id]] == 1
        else f"《{_YEARS.sub('', policy.title.value)}》"
        for policy in policies
    }
