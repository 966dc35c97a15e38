"""A question looked up in the index: its words, its meaning, the documents that it names."""

from __future__ import annotations

from assistant.question import Reading
from index.folding import fold
from index.schema import Hit, Scope
from index.search import HybridIndex


def look_up(index: HybridIndex, reading: Reading, top_k: int) -> list[Hit]:
    """The clauses that a question leads to, best first."""
    return index.search(
        reading.topic,
        top_k=top_k,
        where=Scope(reading.scope.policy_ids),
        meaning=fold(reading.asked or reading.standalone),
        prefer=reading.preferred_kinds,
    )
