"""A question looked up in the index: its words, its meaning, the documents that it names."""

from __future__ import annotations

from assistant.extractive import Candidate, rank_sentences
from assistant.kept_document import matter_before
from assistant.question import Reading
from assistant.scope import Shelf
from index.folding import fold
from index.schema import Hit, Scope
from index.search import HybridIndex

TOP_SINGLE = 10
TOP_SEVERAL = 80


def look_up(index: HybridIndex, reading: Reading, top_k: int) -> list[Hit]:
    """The clauses that a question leads to, best first."""
    return index.search(
        reading.topic,
        top_k=top_k,
        where=Scope(reading.scope.policy_ids),
        meaning=fold(reading.asked or reading.standalone),
        prefer=reading.preferred_kinds,
    )


def retrieved(
    index: HybridIndex, reading: Reading, shelf: Shelf
) -> tuple[Reading, list[Hit], list[Candidate]]:
    """What a search finds; a follow-up that names nothing stays with the document before."""

    def hits_of(asked: Reading) -> list[Hit]:
        several = asked.several or not asked.scope.policy_ids
        return look_up(index, asked, TOP_SEVERAL if several else TOP_SINGLE)

    hits = hits_of(reading)
    candidates = rank_sentences(reading, hits)
    matter = matter_before(reading, candidates, hits_of, shelf)
    if matter is None:
        return reading, hits, candidates
    reading = matter.limit(reading)
    hits = hits_of(reading)
    return reading, hits, matter.nearer(rank_sentences(reading, hits))
