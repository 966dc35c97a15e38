"""Which of the sentences found answer the question: read with it, one by one, by a small model.

Search compares a question with sentences that were put into numbers without it. The judge reads
both together, which is better and slower, so it gets only the sentences that search put first.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from index.embedded_text import clean, clean_query
from index.onnx_model import OnnxModel
from index.ranking import Ranking, sentences_of
from index.schema import FloatVector, IntVector

# What is judged of one question: the best sentence of the first clauses, then the next best ones
# of those. More of them cost time and change little.
FIRST_CLAUSES = 20
MAX_SENTENCES = 28


class Judge(Protocol):
    """Says of sentences how surely they answer a question."""

    @property
    def fingerprint(self) -> str:
        """Names model, version and weights."""

    def score(self, question: str, sentences: Sequence[str]) -> FloatVector:
        """How surely each sentence answers, 0 to 1: float32, (len(sentences),)."""


class OnnxJudge:
    """A cross-encoder in an ONNX file. Safe to share between threads."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        self._model = OnnxModel(folder, threads=threads)

    @property
    def fingerprint(self) -> str:
        """Model, version and weights."""
        return f"{self._model.config.name} {self._model.config.version} {self._model.digest}"

    def score(self, question: str, sentences: Sequence[str]) -> FloatVector:
        """How surely each sentence answers, 0 to 1: float32, (len(sentences),)."""
        asked = clean_query(question)
        logits = self._model.run([(asked, clean(sentence)) for sentence in sentences])[:, 0]
        probabilities: FloatVector = (1 / (1 + np.exp(-logits))).astype(np.float32)
        return probabilities


def sentences_to_judge(ranking: Ranking, owners: IntVector) -> IntVector:
    """Rows of the sentences that are worth reading with the question, best first."""
    first = ranking.rows[:FIRST_CLAUSES]
    rows = np.sort(sentences_of(owners, first))
    order = rows[np.argsort(-ranking.passages[rows], kind="stable")]
    _, best_of_clause = np.unique(owners[order], return_index=True)
    leading = order[np.sort(best_of_clause)]
    others = order[~np.isin(order, leading)]
    return np.concatenate([leading, others])[:MAX_SENTENCES]
