"""Small models in ONNX files: text in, numbers out, without torch.

The only module that knows onnxruntime and tokenizers. A model is a folder with ``model.onnx``,
``tokenizer.json`` and ``config.json``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.embedded_text import one_line
from index.errors import EmbeddingFailed
from index.schema import FloatMatrix, FloatVector

MODEL_FILE = "model.onnx"


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """What ``config.json`` says of a model.

    ``dimensions`` is the length of what comes out for a text; a text longer than ``max_tokens`` is
    cut off.
    """

    name: str
    version: str
    dimensions: int
    max_tokens: int
    query_prompt: str = ""
    passage_prompt: str = ""


class OnnxModel:
    """A model from tokens to a row of numbers for each text. Safe to share between threads."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        """Load the files of a folder.

        Raises:
            EmbeddingFailed: a file is missing or damaged, or the library does not load.
        """
        try:
            self.config = ModelConfig(**json.loads((folder / "config.json").read_text("utf-8")))
            self._session = _session(folder / MODEL_FILE)
            self._tokenizer = _tokenizer(folder / "tokenizer.json", self.config.max_tokens)
        except Exception as error:  # native code of others: anything can come out of it
            raise EmbeddingFailed(
                f"the model in {folder} does not load ({one_line(error)}); install it again"
            ) from error
        # Two texts side by side, each on one processor, are half again as fast as one on two.
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="onnx")
        self.digest = hashlib.sha256((folder / MODEL_FILE).read_bytes()).hexdigest()[:12]

    def run(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> FloatMatrix:
        """What the model says of texts, or of pairs of texts: float32, (len(texts), dimensions).

        Every text is read alone. Activations become integers by the largest of a whole call, so
        that in company a text would get other numbers each time, and worse ones.
        """
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        several = len(tokens) > 1
        rows = list(self._pool.map(self._call, tokens) if several else map(self._call, tokens))
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.config.dimensions)

    def _call(self, tokens: list[int]) -> FloatVector:
        ids = np.array([tokens], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        row: FloatVector = self._session.run(None, inputs)[0].reshape(-1)
        return row


def is_onnx_model(folder: Path) -> bool:
    """Whether a folder holds a model of this form."""
    return all((folder / name).is_file() for name in (MODEL_FILE, "config.json", "tokenizer.json"))


def _session(file: Path) -> Any:  # noqa: ANN401 — the library has no types
    # Imported here: `wenzheng --help` and evaluations of other systems never load it.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(file), sess_options=options, providers=["CPUExecutionProvider"]
    )


def _tokenizer(file: Path, max_tokens: int) -> Any:  # noqa: ANN401 — as above
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(max_tokens)
    tokenizer.no_padding()  # what the file says of it would put empty words into a text
    # It would keep the tokens of ten thousand pieces of text. Chinese has no spaces to cut at, so
    # that a piece is a whole question: 15 MB of what is hardly ever asked again.
    if hasattr(tokenizer.model, "_resize_cache"):  # some kinds of models keep none
        tokenizer.model._resize_cache(0)
    return tokenizer
