"""Questions as read and clauses as found, made by hand, for tests of what is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.question import Reading
from assistant.schema import Question
from assistant.scope import NamedScope
from corpus.schema import Policy
from corpus.sentences import split_sentences
from corpus.units import units_of
from index.schema import Hit, Passage
from tests.factories import make_policy


def make_reading(
    text: str = "护士配备",
    *,
    kind: str = "fact",
    cues: frozenset[str] = frozenset(),
    policies: Sequence[Policy] = (),
    unknown: tuple[str, ...] = (),
) -> Reading:
    """A question that names these policies and asks for ``text``."""
    names = tuple(policy.policy_id for policy in policies)
    scope = NamedScope(frozenset(names), names, unknown, text)
    return Reading(Question(text), text, scope, kind, cues, text, text)


def make_titled_policy(policy_id: str, texts: Sequence[str]) -> Policy:
    """A policy with a title of its own and the units that its clauses name."""
    policy = make_policy(texts, policy_id=policy_id, title=f"{policy_id}实施方案")
    return replace(
        policy,
        clauses=tuple(replace(clause, units=units_of(clause.text)) for clause in policy.clauses),
    )


def make_hits(
    policy: Policy, scores: Sequence[float] = (), *, similarity: float = 0.9
) -> list[Hit]:
    """All clauses of a policy as found; ``scores`` go to their sentences in reading order."""
    waiting = list(scores)
    hits: list[Hit] = []
    for rank, clause in enumerate(policy.clauses, start=1):
        passages = tuple(
            Passage(s.start, s.end, waiting.pop(0) if waiting else 0.0, similarity)
            for s in split_sentences(clause.text)
        )
        hits.append(Hit(rank, max(p.score for p in passages), clause, policy, passages))
    return hits
