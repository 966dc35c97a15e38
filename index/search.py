"""Questions to clauses: vectors and words search side by side, and their ranks are fused."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from corpus.schema import Clause, Document, Policy
from index.errors import ClauseUnknown, IndexingError
from index.folding import fold
from index.fusion import reciprocal_rank_fusion
from index.lexical import LexicalIndex, Words
from index.schema import Embedder, FloatVector, Hit, Scope, Signals
from index.snapshot import Snapshot, load_snapshot
from index.store import DataFolder

# Chunks that are asked for: all of a small corpus, and of a large one far more than are shown.
DENSE_CHUNKS = 400
# Ranks beyond this add nothing to a fused score that could still move a hit up the first page.
RANKING_DEPTH = 100
# Measured on 155 questions: hit@1 .54 dense, .54 words, .57 pairs, .79 fused; hit@5 .77, .85, .85
# and .92. Headings alone are poor (.20), and at full weight cost more than they bring.
WEIGHTS = {"dense": 1.0, "words": 1.0, "bigrams": 1.0, "headings": 0.2}

EVERYWHERE = Scope()


class HybridIndex:
    """The index of a data folder; follows it when a build replaces it. Safe between threads."""

    def __init__(
        self, data: DataFolder, *, embedder: Embedder, words: Words, vector_url: str | None
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
    ) -> HybridIndex:
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
    def policies(self) -> Mapping[str, Policy]:
        """All policies by id, in the order in which they were read."""
        return self._current().policies

    @property
    def lexical(self) -> LexicalIndex:
        """The lexical index: how words are cut, and how much each tells."""
        return self._current().lexical

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id.

        Raises:
            ClauseUnknown: there is none.
        """
        snapshot = self._current()
        if clause_id not in snapshot.rows:
            raise ClauseUnknown(f"there is no clause {clause_id!r} in the index")
        return snapshot.clauses[snapshot.rows[clause_id]]

    def document(self, name: str) -> Document:
        """The document of that file name, with its decoded text.

        Raises:
            ClauseUnknown: there is none.
        """
        documents = self._current().documents
        if name not in documents:
            raise ClauseUnknown(f"there is no document {name!r} in the index")
        return documents[name]

    def search(self, query: str, *, top_k: int = 10, where: Scope | None = None) -> list[Hit]:
        """The clauses that answer a question best, at most ``top_k``.

        Raises:
            IndexingError: the index has gone, was replaced by one of another model, or failed.
        """
        snapshot, signals = self._signals(query, where or EVERYWHERE)
        scores = {"dense": signals.dense, **signals.lexical}
        rankings = {
            name: [signals.clause_ids[row] for row in ranking(values)]
            for name, values in scores.items()
        }
        fused = reciprocal_rank_fusion(rankings, weights=WEIGHTS)[: max(top_k, 0)]
        found = [(snapshot.clauses[snapshot.rows[name]], score) for name, score in fused]
        return [
            Hit(rank, score, clause, snapshot.policies[clause.policy_id])
            for rank, (clause, score) in enumerate(found, start=1)
        ]

    def features(self, query: str, *, where: Scope | None = None) -> Signals:
        """What each way of searching says of each clause; 0 for clauses that are out of scope."""
        return self._signals(query, where or EVERYWHERE)[1]

    def _signals(self, query: str, scope: Scope) -> tuple[Snapshot, Signals]:
        snapshot = self._current()
        try:
            return snapshot, self._measure(snapshot, query, scope)
        except IndexingError:
            # A build may have removed the vectors from under this snapshot.
            replaced = self._current()
            if replaced is snapshot:
                raise
            return replaced, self._measure(replaced, query, scope)

    def _measure(self, snapshot: Snapshot, query: str, scope: Scope) -> Signals:
        inside = snapshot.in_scope(scope)
        lexical = snapshot.lexical.scores(query)
        return Signals(
            clause_ids=tuple(snapshot.rows),
            in_scope=inside,
            dense=self._dense(snapshot, query, scope),
            lexical={name: np.where(inside, values, 0) for name, values in lexical.items()},
        )

    def _dense(self, snapshot: Snapshot, query: str, scope: Scope) -> FloatVector:
        """Cosine of each clause's best chunk among the nearest: float32, (n_clauses,)."""
        best = np.zeros(len(snapshot.clauses), dtype=np.float32)
        if not fold(query) or not snapshot.chunk_rows:
            return best
        vector = self._embedder.embed_query(query)
        strangers = 0
        if self._vector_url is not None:
            # Chunks of a build that is under way or was killed stand there among the others.
            strangers = max(0, snapshot.vectors.count() - len(snapshot.chunk_rows))
        found = snapshot.vectors.query(
            vector, limit=DENSE_CHUNKS + strangers, policy_ids=scope.policy_ids
        )
        for chunk_id, similarity in found:
            row = snapshot.chunk_rows.get(chunk_id)
            if row is not None:
                best[row] = max(best[row], similarity)
        return best

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


def ranking(scores: FloatVector) -> list[int]:
    """Rows with a score above 0, best first, the first in reading order where two are equal."""
    order = np.argsort(-scores, kind="stable")[:RANKING_DEPTH]
    return [int(row) for row in order if scores[row] > 0]
