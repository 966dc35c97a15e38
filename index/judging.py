"""Whether a text answers a question: read with it by a small model.

Search compares a question with sentences that were put into numbers without it. The judge reads
both together, which sees more and costs more: it gets the few sentences that search put first,
and the answer that is made of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from index.embedded_text import clean, clean_query
from index.onnx_model import OnnxModel
from index.schema import FloatVector


class Judge(Protocol):
    """Says of texts how surely they answer a question."""

    @property
    def fingerprint(self) -> str:
        """Names model, version and weights."""

    def score(self, question: str, texts: Sequence[str]) -> FloatVector:
        """How surely each text answers, as log odds: float32, (len(texts),)."""


class OnnxJudge:
    """A cross-encoder in an ONNX file. Safe to share between threads."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        self._model = OnnxModel(folder, threads=threads)

    @property
    def fingerprint(self) -> str:
        """Model, version and weights."""
        return f"{self._model.config.name} {self._model.config.version} {self._model.digest}"

    def score(self, question: str, texts: Sequence[str]) -> FloatVector:
        """How surely each text answers, as log odds: float32, (len(texts),)."""
        asked = clean_query(question)
        found: FloatVector = self._model.run([(asked, clean(text)) for text in texts])[:, 0]
        return found
