"""Trains the judge: a small cross-encoder that says whether a text answers a question.

    python -m training.judge --retriever DIR --pairs DIR --statutes DIR --out DIR

A teacher with all twelve layers of the retriever learns from what the product itself answers to
the pairs, near misses among them. Half of its layers then learn from it: what it says of a text
weighs more than the label, for it knows which labels are doubtful.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from datasets import Dataset
from sentence_transformers.cross_encoder import (
    CrossEncoder,
    CrossEncoderTrainer,
    CrossEncoderTrainingArguments,
)
from sentence_transformers.cross_encoder.losses import BinaryCrossEntropyLoss
from transformers import BertConfig, BertForSequenceClassification, BertModel

from index.embedding import make_embedder
from index.schema import EmbeddingSettings
from training.answers import Row, rows_of_answers
from training.retriever import SEED

ALL_LAYERS = tuple(range(12))
LAYERS = (0, 2, 4, 6, 8, 11)
MAX_TOKENS = 208
# What the teacher says weighs more than the label.
OF_LABEL = 0.4


def write_base(retriever: Path, out: Path) -> None:
    """A classifier with the layers of a retriever."""
    whole = BertModel.from_pretrained(str(retriever), add_pooling_layer=False)
    config = BertConfig.from_pretrained(str(retriever), num_labels=1)
    model = BertForSequenceClassification(config)
    model.bert.load_state_dict(whole.state_dict(), strict=False)
    _save(model, retriever, out)


def write_half(teacher: Path, out: Path) -> None:
    """The classifier with some of its layers."""
    whole = BertForSequenceClassification.from_pretrained(str(teacher))
    layers = whole.bert.encoder.layer
    whole.bert.encoder.layer = torch.nn.ModuleList(layers[number] for number in LAYERS)
    whole.config.num_hidden_layers = len(LAYERS)
    _save(whole, teacher, out)


def softened(teacher: Path, rows: Sequence[Row]) -> list[Row]:
    """The rows with labels between the given one and what the teacher says."""
    model = CrossEncoder(str(teacher), max_length=MAX_TOKENS, local_files_only=True)
    said = model.predict(
        [row[:2] for row in rows], activation_fn=torch.nn.Sigmoid(), show_progress_bar=False
    )
    labels = OF_LABEL * np.array([row[2] for row in rows]) + (1 - OF_LABEL) * said
    return [
        (question, text, float(label))
        for (question, text, _), label in zip(rows, labels, strict=True)
    ]


def train(base: Path, rows: Iterable[Row], out: Path, *, passes: int, rate: float) -> None:
    """One training run; a run that was stopped goes on at its last checkpoint."""
    model = CrossEncoder(str(base), num_labels=1, max_length=MAX_TOKENS, local_files_only=True)
    model.model.bert.embeddings.word_embeddings.requires_grad_(requires_grad=False)
    questions, texts, labels = map(list, zip(*rows, strict=True))
    data = Dataset.from_dict({"question": questions, "text": texts, "label": labels})
    arguments = CrossEncoderTrainingArguments(
        output_dir=str(out / "checkpoints"),
        num_train_epochs=passes,
        per_device_train_batch_size=32,
        learning_rate=rate,
        warmup_steps=0.1,
        lr_scheduler_type="linear",
        bf16=True,
        save_steps=100,
        save_total_limit=1,
        logging_steps=20,
        report_to="none",
        seed=SEED,
        use_cpu=True,
    )
    loss = BinaryCrossEntropyLoss(model)
    trainer = CrossEncoderTrainer(model=model, args=arguments, train_dataset=data, loss=loss)
    trainer.train(resume_from_checkpoint=any((out / "checkpoints").glob("checkpoint-*")))
    model.save_pretrained(str(out))


def main() -> None:
    """Make what is not there yet: the rows, the teacher, the half of it that is shipped."""
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    base, teacher, half, student = (
        options.out / name for name in ("base", "teacher", "half", "student")
    )
    rows = _rows(options.out / "rows.jsonl", options)
    if not (base / "config.json").exists():
        write_base(options.retriever, base)
    if not (teacher / "config.json").exists():
        train(base, rows, teacher, passes=2, rate=5e-5)
    if not (half / "config.json").exists():
        write_half(teacher, half)
    if not (student / "config.json").exists():
        train(half, softened(teacher, rows), student, passes=2, rate=8e-5)


def _rows(file: Path, options: argparse.Namespace) -> list[Row]:
    if not file.exists():
        embedder = make_embedder(EmbeddingSettings(threads=options.threads))
        rows = rows_of_answers(options.pairs, options.statutes, embedder)
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        part.rename(file)
    with file.open(encoding="utf-8") as lines:
        return [(question, text, label) for question, text, label in map(json.loads, lines)]


def _save(model: BertForSequenceClassification, tokenizer: Path, out: Path) -> None:
    model.save_pretrained(str(out))
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (out / name).write_bytes((tokenizer / name).read_bytes())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--retriever", type=Path, required=True, help="the trained retriever")
    parser.add_argument("--pairs", type=Path, required=True, help="questions of our own writing")
    parser.add_argument("--statutes", type=Path, required=True, help="texts of the statutes")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
