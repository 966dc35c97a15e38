"""Trains the judge: a small cross-encoder that says whether a sentence answers a question.

    python -m training.judge --retriever DIR --pairs DIR --statutes DIR --articles DIR --out DIR

Its layers are every other one of the retriever's after its first stage. Wrong sentences are those
that the trained retriever finds near, and the near misses among the pairs: right topic, detail not
there.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from pathlib import Path

import torch
from datasets import Dataset
from sentence_transformers import SentenceTransformer
from sentence_transformers.cross_encoder import (
    CrossEncoder,
    CrossEncoderTrainer,
    CrossEncoderTrainingArguments,
)
from sentence_transformers.cross_encoder.losses import BinaryCrossEntropyLoss
from transformers import BertConfig, BertForSequenceClassification, BertModel

from training.pairs import Pair, is_held_out, pairs_to_learn, read_article_pairs
from training.passages import Passages, read_passages
from training.retriever import SEED, nearest_rows
from training.student import open_retriever

LAYERS = (0, 2, 4, 6, 8, 10)
MAX_TOKENS = 160
WRONG_OF_DOCUMENT = 2  # sentences of the same document that look like the right one
WRONG_OF_OTHERS = 1  # sentences of any document

Row = tuple[str, str, float]


def write_base(retriever: Path, out: Path) -> None:
    """A classifier with every other layer of a retriever."""
    whole = BertModel.from_pretrained(str(retriever), add_pooling_layer=False)
    config = BertConfig.from_pretrained(str(retriever), num_labels=1, num_hidden_layers=len(LAYERS))
    model = BertForSequenceClassification(config)
    model.bert.embeddings.load_state_dict(whole.embeddings.state_dict())
    for new, old in enumerate(LAYERS):
        model.bert.encoder.layer[new].load_state_dict(whole.encoder.layer[old].state_dict())
    model.save_pretrained(str(out))
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (out / name).write_bytes((retriever / name).read_bytes())


def rows_of_documents(
    pairs: list[Pair], passages: Passages, model: SentenceTransformer
) -> list[Row]:
    """Questions with right and wrong sentences; near misses bring wrong ones alone."""
    chance = random.Random(SEED)
    rows: list[Row] = []
    for pair, nearest in zip(pairs, nearest_rows(model, pairs, passages), strict=True):
        right = passages.all[pair.row]
        others = [row for row in nearest if passages.all[row].clause_id != right.clause_id]
        wrong = chance.sample(others[:8], min(WRONG_OF_DOCUMENT, len(others[:8])))
        wrong += chance.sample(range(len(passages.all)), WRONG_OF_OTHERS)
        rows.append((pair.question, right.text, 1.0 if pair.answers else 0.0))
        rows += [(pair.question, passages.all[row].text, 0.0) for row in wrong]
    return rows


def rows_of_articles(folder: Path) -> list[Row]:
    """Lay questions with their article, and with two articles of other questions."""
    chance = random.Random(SEED)
    pairs = [pair for pair in read_article_pairs(folder) if not is_held_out(pair.question_id)]
    rows: list[Row] = []
    for pair in pairs:
        rows.append((pair.question, pair.article, 1.0))
        rows += [
            (pair.question, other.article, 0.0)
            for other in chance.sample(pairs, 2)
            if other.question_id != pair.question_id
        ]
    return rows


def train(base: Path, rows: Iterable[Row], out: Path, *, passes: int, rate: float) -> None:
    """One training run; a run that was stopped goes on at its last checkpoint."""
    model = CrossEncoder(str(base), num_labels=1, max_length=MAX_TOKENS, local_files_only=True)
    model.model.bert.embeddings.requires_grad_(requires_grad=False)
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
    loss = BinaryCrossEntropyLoss(model, pos_weight=torch.tensor(2.0))
    trainer = CrossEncoderTrainer(model=model, args=arguments, train_dataset=data, loss=loss)
    trainer.train(resume_from_checkpoint=any((out / "checkpoints").glob("checkpoint-*")))
    model.save_pretrained(str(out))


def main() -> None:
    """Make what is not there yet: the base, the stage on articles, the stage on documents."""
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    base, first, second = (options.out / name for name in ("base", "articles", "documents"))
    if not (base / "config.json").exists():
        write_base(options.retriever / "articles", base)
    if not (first / "config.json").exists():
        train(base, rows_of_articles(options.articles), first, passes=1, rate=5e-5)
    if not (second / "config.json").exists():
        passages = read_passages(
            [options.statutes, options.pairs / "plans", options.pairs / "notices"]
        )
        pairs = pairs_to_learn(options.pairs, passages)
        rows = rows_of_documents(pairs, passages, open_retriever(options.retriever / "documents-1"))
        train(first, rows, second, passes=options.passes, rate=5e-5)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--retriever", type=Path, required=True, help="what its training wrote")
    parser.add_argument("--pairs", type=Path, required=True, help="questions of our own writing")
    parser.add_argument("--statutes", type=Path, required=True, help="texts of the statutes")
    parser.add_argument("--articles", type=Path, required=True, help="lay questions and articles")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
