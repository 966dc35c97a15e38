r"""Trained models to int8 ONNX files that run without torch.

    python -m training.export --kind retriever --model DIR --version N --out index/models/retriever
    python -m training.export --kind judge --model DIR --version N --out OUT/judge/model

Weights become eight-bit integers with a scale of their own for each row; activations are quantised
while they run (dynamic quantisation of onnxruntime).
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import AutoModel, AutoModelForSequenceClassification

_OPSET = 17
_EAGER = {"attn_implementation": "eager"}  # attention that the exporter can follow
# Longer texts are cut off: a passage has at most 400 characters, a sentence with a question 500.
RETRIEVER_TOKENS = 256
JUDGE_TOKENS = 256


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


class Judge(nn.Module):
    """Tokens of a question and a sentence to one number: how surely the sentence answers."""

    def __init__(self, classifier: nn.Module) -> None:
        super().__init__()
        self.classifier = classifier

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """(pairs, tokens) to (pairs, 1)."""
        logits: Tensor = self.classifier(input_ids=input_ids, attention_mask=attention_mask).logits
        return logits


def export_retriever(folder: Path, out: Path, version: str) -> None:
    """Write a trained retriever: ``model.onnx``, ``tokenizer.json`` and ``config.json``."""
    encoder = AutoModel.from_pretrained(str(folder), add_pooling_layer=False, **_EAGER)
    export(Retriever(encoder.eval()), folder, out)
    _configure(
        out,
        name="wenzheng-retriever",
        version=version,
        dimensions=encoder.config.hidden_size,
        max_tokens=RETRIEVER_TOKENS,
        query_prompt="query: ",
        passage_prompt="passage: ",
    )


def export_judge(folder: Path, out: Path, version: str) -> None:
    """Write a trained judge, likewise."""
    model = AutoModelForSequenceClassification.from_pretrained(str(folder), **_EAGER)
    export(Judge(model.eval()), folder, out)
    _configure(out, name="wenzheng-judge", version=version, dimensions=1, max_tokens=JUDGE_TOKENS)


def _configure(out: Path, **config: str | int) -> None:
    text = json.dumps(config, ensure_ascii=False, indent=2)
    (out / "config.json").write_text(f"{text}\n", encoding="utf-8")


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
            reduce_range=True,  # seven bits: with eight, processors without VNNI overflow
            op_types_to_quantize=["MatMul", "Gather"],
        )
    shutil.copyfile(folder / "tokenizer.json", out / "tokenizer.json")


def main() -> None:
    """Export what the options name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=("retriever", "judge"), required=True)
    parser.add_argument("--model", type=Path, required=True, help="folder of the trained model")
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    write = export_retriever if options.kind == "retriever" else export_judge
    write(options.model, options.out, options.version)


if __name__ == "__main__":
    main()
