"""Text to vectors by any sentence-transformers model that is on this machine."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np

from index.embedded_text import clean, clean_query, one_line
from index.errors import EmbeddingFailed
from index.schema import BUNDLED_MODEL, EmbeddingSettings, FloatMatrix, FloatVector


class SentenceTransformerEmbedder:
    """Any sentence-transformers model that is on this machine, by folder or by cached name."""

    def __init__(self, settings: EmbeddingSettings) -> None:
        self._model = _load_sentence_transformer(settings)
        # Not left to the library: where a model names its prompt "passage", as the e5 family does,
        # the library takes the empty default of "document" instead.
        prompts: dict[str, str] = self._model.prompts
        self._query_prompt = settings.query_prompt or prompts.get("query", "")
        own = (prompts.get(name, "") for name in ("document", "passage", "corpus"))
        self._passage_prompt = settings.passage_prompt or next(filter(None, own), "")
        self._weights = _weights_digest(self._model)
        self._name = settings.model.rstrip("/").rsplit("/", 1)[-1]
        self.dimensions = int(self._model.get_embedding_dimension())

    @property
    def fingerprint(self) -> str:
        """Library, version, model, weights and prompts; where the folder lies does not matter."""
        return (
            f"sentence-transformers {version('sentence-transformers')} {self._name}@{self._weights}"
            f" query={self._query_prompt!r} passage={self._passage_prompt!r}"
        )

    def embed_query(self, text: str) -> FloatVector:
        """Embed a question: float32, (dimensions,), unit norm."""
        cleaned = [clean_query(text)]
        row: FloatVector = self._run(self._model.encode_query, cleaned, self._query_prompt)[0]
        return row

    def embed_passages(self, texts: list[str]) -> FloatMatrix:
        """Embed passages: float32, (len(texts), dimensions), rows of unit norm."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        cleaned = [clean(text) for text in texts]
        return self._run(self._model.encode_document, cleaned, self._passage_prompt)

    def _run(self, encode: Callable[..., Any], texts: list[str], prompt: str) -> FloatMatrix:
        try:
            # The library makes its own batches, by length, and gives the rows back in order.
            vectors = encode(
                texts, prompt=prompt, normalize_embeddings=True, show_progress_bar=False
            )
        except RuntimeError as error:  # torch: out of memory, no kernel for this device …
            raise EmbeddingFailed(f"{self._name} cannot embed: {one_line(error)}") from error
        return np.asarray(vectors, dtype=np.float32)


def _load_sentence_transformer(settings: EmbeddingSettings) -> Any:  # noqa: ANN401 — see the import
    # Before the import, which reads them: nothing is fetched and nothing drawn on stderr.
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_PROGRESS_BARS"):
        os.environ.setdefault(name, "1")
    try:
        # Imported here: torch takes seconds and half a gigabyte, and is not on the default path.
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(settings.threads)
        return SentenceTransformer(settings.model, local_files_only=True)
    except Exception as error:  # a model is code and files of others: anything can come out of it
        raise EmbeddingFailed(
            f"embedding model {settings.model!r} does not load ({one_line(error)}); give the "
            f"folder of a sentence-transformers model, or {BUNDLED_MODEL!r} for the bundled one"
        ) from error


def _weights_digest(model: Any) -> str:  # noqa: ANN401 — a torch module, whose import is lazy
    """Tells a fine-tuned model from its parent by sixteen numbers of each tensor."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        step = max(1, tensor.numel() // 16)
        sample = tensor.flatten()[::step][:16].float().cpu().numpy()
        digest.update(f"{name} {tuple(tensor.shape)}".encode() + sample.tobytes())
    return digest.hexdigest()[:12]
