"""Wenzheng with a part switched off, through what its parts show to each other anyway.

An ablation shows what a part is worth: what is lost without it.
"""

from __future__ import annotations

from dataclasses import asdict, fields, replace

from assistant.chain import Assistant
from assistant.opening import judge_of, open_index_as
from assistant.settings import Settings
from eval.opening import Opened
from eval.provenance import pinned
from eval.schema import GoldRecord, Reply, System
from eval.systems import Wenzheng, index_corpus
from index.schema import Hit, Scope
from index.search import EVERYWHERE, HybridIndex
from index.wordbook import Knowledge

PARTS = {
    "meaning": "search by vectors",
    "words": "search by words (BM25)",
    "synonyms": "other words for those of the question",
    "homophones": "misspelt words and places read as words that sound the same",
    "english": "Chinese words for those of an English question",
    "numbers": "numbers written in words looked up as digits",
    "titles": "less weight to what the titles of the documents asked about say",
    "kinds": "preference for the kind of clause that is asked for",
    "scope": "search within the documents that the question names",
    "judge": "a small model reads what is found and the answer with the question",
    "history": "earlier questions of the conversation",
}
KNOWLEDGE = tuple(field.name for field in fields(Knowledge))
# Folds to nothing, so that nothing is embedded; the empty string means the words themselves.
_NO_MEANING = " "


class SwitchedIndex(HybridIndex):
    """An index that searches without some of its parts."""

    off: frozenset[str] = frozenset()

    def search(
        self,
        query: str,
        *,
        top_k: int = 10,
        where: Scope = EVERYWHERE,
        meaning: str = "",
        prefer: frozenset[str] = frozenset(),
    ) -> list[Hit]:
        """As the index searches, less what is off."""
        return super().search(
            "" if "words" in self.off else query,
            top_k=top_k,
            where=EVERYWHERE if "scope" in self.off else where,
            meaning=_NO_MEANING if "meaning" in self.off else meaning or query,
            prefer=frozenset() if "kinds" in self.off else prefer,
        )


class WithoutHistory:
    """A system that is told nothing of the earlier questions."""

    def __init__(self, system: System) -> None:
        self._system = system
        self.name = system.name

    def answer(self, record: GoldRecord) -> Reply:
        """Answer the question as if it were the first."""
        return self._system.answer(replace(record, history=()))


def open_switched(settings: Settings, off: frozenset[str]) -> Opened:
    """Wenzheng over the index of the settings, without the parts that are off."""
    index = open_index_as(SwitchedIndex, settings)
    index.off = off
    index.knowledge = Knowledge(**{part: part not in off for part in KNOWLEDGE})
    judge = None if "judge" in off else judge_of(settings)
    system: System = Wenzheng(Assistant(index, judge=judge))
    if "history" in off:
        system = WithoutHistory(system)
    pins = {**pinned(asdict(settings)), "off": " ".join(sorted(off))}
    return Opened(system, index_corpus(index), pins, index.embedder.fingerprint)
