"""The document that a conversation is about, where a follow-up names none; its search stays there.

Of questions that name no place or title, the first leads to a document by what it asks. What is
asked next (那超了呢，罚多少) is asked of that document, as long as it has about as much to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.extractive import Candidate, rank_sentences
from assistant.language import language
from assistant.question import Reading, read_question
from assistant.scope import Shelf
from index.schema import Hit

_CLEAR = 4.0  # by how much a document answered the earlier question better than any other
_NEAR = 3.0  # how far behind the best sentence of all the best one of that document may be
_SPOKEN_OF = 1.0  # what a sentence gains beside the one that answered the question before

LookUp = Callable[[Reading], Sequence[Hit]]
"""From a question to what a search finds for it."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a conversation is on: a document, and the clauses that answered the question before."""

    policy_id: str
    clause_ids: frozenset[str]

    def limit(self, reading: Reading) -> Reading:
        """The question, asked of the document alone."""
        scope = replace(reading.scope, policy_ids=frozenset({self.policy_id}))
        return replace(reading, scope=scope)

    def nearer(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The sentences, best first, where those of the clauses just spoken of count for more."""
        weighed = [
            replace(c, score=c.score + _SPOKEN_OF) if self._is_spoken_of(c) else c
            for c in candidates
        ]
        return sorted(weighed, key=lambda c: (-c.score, c.hit.rank, c.start))

    def _is_spoken_of(self, candidate: Candidate) -> bool:
        clause = candidate.hit.clause
        return not self.clause_ids.isdisjoint((clause.clause_id, clause.parent_id))


def matter_before(
    reading: Reading, candidates: Sequence[Candidate], look_up: LookUp, shelf: Shelf
) -> Matter | None:
    """What the question before a follow-up was on, where the follow-up names nothing of its own.

    Args:
        reading: the question.
        candidates: sentences of all documents that answer it, best first.
        look_up: searches for another question.
        shelf: the names of the policies.
    """
    if not candidates or not _leans(reading):
        return None
    *before, last = reading.question.history
    earlier = read_question(replace(reading.question, text=last, history=tuple(before)), shelf)
    answers = rank_sentences(earlier, look_up(earlier))
    policy_id = _clear_document(answers)
    own = [c.score for c in candidates if c.hit.policy.policy_id == policy_id]
    if not own or candidates[0].score - max(own) > _NEAR:
        return None
    clause = answers[0].hit.clause
    whole = clause.clause_id if clause.kind == "条" or not clause.parent_id else clause.parent_id
    return Matter(policy_id, frozenset((clause.clause_id, whole)))


def _leans(reading: Reading) -> bool:
    """Whether a question follows others, and says of no document or place that it is about it."""
    question, scope = reading.question, reading.scope
    if not question.history or scope.policy_ids or scope.unknown or reading.several:
        return False
    words, text = language(), question.text.strip()
    opens = words.follow_up.match(text) or words.forms["condition"].match(text)
    return bool(reading.standalone != text or opens or words.anaphora.search(text))


def _clear_document(candidates: Sequence[Candidate]) -> str:
    """The policy that answers a question far better than any other; "" where several do."""
    best: dict[str, float] = {}
    for candidate in candidates:
        best.setdefault(candidate.hit.policy.policy_id, candidate.score)
    if not best:
        return ""
    (first, most), *rest = best.items()
    return first if all(most - score >= _CLEAR for _, score in rest) else ""
