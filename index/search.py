"""Questions to clauses: vectors and words search side by side, and what they say is weighed."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

from corpus.schema import Clause, Document, Policy
from index.errors import IndexingError
from index.lexical import LexicalIndex
from index.measuring import Inquiry, measure
from index.ranking import Ranking, rank, spans_of
from index.schema import Embedder, Hit, Passage, Scope, Signals
from index.snapshot import Snapshot, load_snapshot
from index.store import DataFolder
from index.wordbook import Knowledge
from index.words import Words

EVERYWHERE = Scope()


class HybridIndex:
    """The index of a data folder; follows it when a build replaces it. Safe between threads."""

    knowledge = Knowledge()  # an evaluation leaves parts of it out, to see what they are worth

    def __init__(
        self,
        data: DataFolder,
        *,
        embedder: Embedder,
        words: Words,
        vector_url: str | None,
    ) -> None:
        self._data = data
        self._embedder = embedder
        self._words = words
        self._vector_url = vector_url
        self._loading = threading.Lock()
        self._snapshot = self._load()

    @classmethod
    def open(
        cls,
        data_dir: Path,
        *,
        embedder: Embedder,
        vector_url: str | None = None,
        words: Words | None = None,
    ) -> Self:
        """Open the live index of a data folder; ``words`` spares a process a second dictionary.

        Raises:
            IndexMissing: nothing has been built there.
            IndexMismatch: it was built by another embedding model, or in another format.
            IndexDamaged: a file is missing or is not what was written.
            StorageFailed: the vectors cannot be opened or reached.
        """
        return cls(
            DataFolder(data_dir),
            embedder=embedder,
            words=words or Words(),
            vector_url=vector_url,
        )

    @property
    def embedder(self) -> Embedder:
        """The model that embeds questions."""
        return self._embedder

    @property
    def policies(self) -> Mapping[str, Policy]:
        """All policies by id, in the order in which they were read."""
        return self._current().policies

    @property
    def lexical(self) -> LexicalIndex:
        """The lexical index: how words are cut, and how much each tells."""
        return self._current().lexical

    @property
    def documents(self) -> Mapping[str, Document]:
        """All documents by file name, with their decoded text."""
        return self._current().documents

    @property
    def generation(self) -> str:
        """Names the live generation; changes when a build replaces it."""
        return self._current().manifest.generation

    def clause(self, clause_id: str) -> Clause | None:
        """The clause of that id, or None."""
        return self._current().by_id.get(clause_id)

    def strangers(self, words: Iterable[str], where: Scope) -> list[str]:
        """Those of the words that clauses use, but no clause of the scope does."""
        return _strangers(self._current(), words, where)

    def mend(self, text: str) -> str:
        """The text with misspelt words as they are meant; folded, if there are any."""
        return self._current().wordbook.mend(text, self.knowledge)

    def search(
        self,
        query: str,
        *,
        top_k: int = 10,
        where: Scope = EVERYWHERE,
        meaning: str = "",
        prefer: frozenset[str] = frozenset(),
    ) -> list[Hit]:
        """The clauses that answer a question best, at most ``top_k``, with their sentences.

        Args:
            query: the words to look up.
            top_k: how many clauses at most.
            where: the policies to search.
            meaning: what is embedded, where that is more than the words to look up.
            prefer: kinds of clauses that are asked for (印发, 主送, 前言 …).

        Raises:
            IndexingError: the index has gone, was replaced by one of another model, or failed.
        """
        meant = self.mend(meaning or query)
        inquired = Inquiry(query, meant, where, prefer, self.knowledge)
        snapshot, signals = self._signals(inquired)
        return _hits(snapshot, signals, rank(signals, top_k=top_k))

    def _signals(self, inquiry: Inquiry) -> tuple[Snapshot, Signals]:
        snapshot = self._current()
        try:
            return snapshot, measure(snapshot, self._embedder, inquiry)
        except IndexingError:
            # A build may have removed the vectors from under this snapshot.
            replaced = self._current()
            if replaced is snapshot:
                raise
            return replaced, measure(replaced, self._embedder, inquiry)

    def _current(self) -> Snapshot:
        """The live snapshot; one thread loads a new one while the others go on with the old."""
        if self._data.signature() != self._snapshot.signature and self._loading.acquire(
            blocking=False
        ):
            try:
                self._snapshot = self._load()
            finally:
                self._loading.release()
        return self._snapshot

    def _load(self) -> Snapshot:
        return load_snapshot(
            self._data,
            fingerprint=self._embedder.fingerprint,
            words=self._words,
            vector_url=self._vector_url,
        )


def _strangers(snapshot: Snapshot, words: Iterable[str], where: Scope) -> list[str]:
    inside = snapshot.in_scope(where)
    rows_of = {word: snapshot.lexical.rows_with(word) for word in words}
    return [word for word, rows in rows_of.items() if len(rows) and not inside[rows].any()]


def _hits(snapshot: Snapshot, signals: Signals, ranking: Ranking) -> list[Hit]:
    """The ranked clauses with their sentences in reading order."""
    hits: list[Hit] = []
    starts, ends = spans_of(signals.owners, ranking.rows)
    ranked = zip(ranking.rows.tolist(), ranking.scores.tolist(), starts, ends, strict=True)
    for number, (row, score, start, end) in enumerate(ranked, start=1):
        clause = snapshot.clauses[row]
        passages = tuple(
            Passage(
                snapshot.sentences[i].start,
                snapshot.sentences[i].end,
                float(ranking.passages[i]),
                float(signals.similarity[i]),
            )
            for i in range(start, end)
        )
        policy = snapshot.policies[clause.policy_id]
        hits.append(Hit(number, score, clause, policy, passages))
    return hits
