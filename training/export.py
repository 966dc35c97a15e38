"""Trained models to int8 ONNX files that run without torch.

Weights become eight-bit integers with a scale of their own for each row; activations are quantised
while they run (dynamic quantisation of onnxruntime).
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import AutoModel

_OPSET = 17


class Retriever(nn.Module):
    """Tokens to one vector: the mean over the tokens of a text, unit norm."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """(texts, tokens) to (texts, dimensions)."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return nn.functional.normalize(mean, dim=-1)


def export_retriever(folder: Path, out: Path) -> None:
    """Write ``model.onnx`` and ``tokenizer.json`` of a trained retriever."""
    encoder = AutoModel.from_pretrained(
        str(folder), add_pooling_layer=False, attn_implementation="eager"
    )
    export(Retriever(encoder.eval()), folder, out)


def export(model: nn.Module, folder: Path, out: Path) -> None:
    """Write a model of tokens, and the tokenizer of its folder, to a folder of their own."""
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(5, 1000, (2, 16))
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            model.eval(),
            (ids, torch.ones_like(ids)),
            str(full),
            input_names=["input_ids", "attention_mask"],
            output_names=["output"],
            dynamic_axes={
                "input_ids": {0: "texts", 1: "tokens"},
                "attention_mask": {0: "texts", 1: "tokens"},
                "output": {0: "texts"},
            },
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            full,
            out / "model.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    shutil.copyfile(folder / "tokenizer.json", out / "tokenizer.json")
