"""Small models in ONNX files: text in, numbers out, without torch.

The only module that knows onnxruntime and tokenizers. A model is a folder with ``model.onnx``,
``tokenizer.json`` and ``config.json``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embedded_text import one_line
from index.errors import EmbeddingFailed
from index.schema import FloatMatrix

if TYPE_CHECKING:
    from tokenizers import Encoding

MODEL_FILE = "model.onnx"
# Texts of like length share a call, so that little is spent on padding; more of them gain nothing.
_BATCH_SIZE = 16


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
            self._session = _session(folder / MODEL_FILE, threads)
            self._tokenizer = _tokenizer(folder / "tokenizer.json", self.config.max_tokens)
        except Exception as error:  # native code of others: anything can come out of it
            raise EmbeddingFailed(
                f"the model in {folder} does not load ({one_line(error)}); install it again"
            ) from error
        self.digest = hashlib.sha256((folder / MODEL_FILE).read_bytes()).hexdigest()[:12]

    def run(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> FloatMatrix:
        """What the model says of texts, or of pairs of texts: float32, (len(texts), dimensions)."""
        encodings = self._tokenizer.encode_batch(list(texts))
        rows = np.empty((len(texts), self.config.dimensions), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda row: len(encodings[row].ids))
        for start in range(0, len(order), _BATCH_SIZE):
            batch = order[start : start + _BATCH_SIZE]
            rows[batch] = self._call([encodings[row] for row in batch])
        return rows

    def _call(self, encodings: Sequence[Encoding]) -> FloatMatrix:
        """One call of the model; shorter texts are filled up, and what fills them is masked."""
        width = max(len(encoding.ids) for encoding in encodings)
        ids = np.ones((len(encodings), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        output: FloatMatrix
        (output,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return output.reshape(len(encodings), -1)


def is_onnx_model(folder: Path) -> bool:
    """Whether a folder holds a model of this form."""
    return all((folder / name).is_file() for name in (MODEL_FILE, "config.json", "tokenizer.json"))


def _session(file: Path, threads: int) -> Any:  # noqa: ANN401 — the library has no types
    # Imported here: `wenzheng --help` and evaluations of other systems never load it.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Threads that spin while they wait take the processor from everybody else's questions.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        str(file), sess_options=options, providers=["CPUExecutionProvider"]
    )


def _tokenizer(file: Path, max_tokens: int) -> Any:  # noqa: ANN401 — as above
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(max_tokens)
    return tokenizer
