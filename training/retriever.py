r"""Trains the retriever: first on lay questions and statutes, then on questions over documents.

    python -m training.retriever --tokenizer FILE --articles DIR --pairs DIR \
        --statutes DIR --out DIR

Seeded; a run that was stopped goes on at its last checkpoint.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.training_args import BatchSamplers

from training.pairs import (
    Pair,
    is_held_out,
    pairs_to_learn,
    read_article_pairs,
    with_negatives,
)
from training.passages import Passages, read_passages
from training.student import open_retriever, write_encoder

SEED = 20260
SCALE = 50.0  # a temperature of .02: cosines of this family lie close together
NEGATIVES = 1  # of the same document; four took longer and found no more
FROZEN_LAYERS = 3  # the lowest layers read words, which nothing here changes

_WRONG = tuple(f"wrong_{number}" for number in range(NEGATIVES))


def train_on_articles(folder: Path, articles: Path, out: Path) -> None:
    """One pass over lay questions and their articles; other articles of the batch are wrong."""
    pairs = [pair for pair in read_article_pairs(articles) if not is_held_out(pair.question_id)]
    columns = {
        "anchor": [pair.question for pair in pairs],
        "positive": [pair.article for pair in pairs],
    }
    _train(open_retriever(folder), Dataset.from_dict(columns), out, batch=16, rate=3e-5)


def train_on_documents(folder: Path, pairs: Path, statutes: Path, out: Path) -> None:
    """One pass over questions of our own writing, each with near passages that are wrong."""
    model = open_retriever(folder)
    passages = read_passages([statutes, pairs / "plans", pairs / "notices"])
    found = [pair for pair in pairs_to_learn(pairs, passages) if pair.answers]
    nearest = nearest_rows(model, found, passages)
    rows = with_negatives(found, passages, nearest, count=NEGATIVES, seed=SEED)
    columns = dict(
        zip(("anchor", "positive", *_WRONG), map(list, zip(*rows, strict=True)), strict=True)
    )
    _train(model, Dataset.from_dict(columns), out, batch=24, rate=3e-5)


def nearest_rows(
    model: SentenceTransformer, pairs: list[Pair], passages: Passages
) -> list[list[int]]:
    """For each pair the passages of its own document, nearest to the question first."""
    vectors = model.encode_document([passage.text for passage in passages.all], batch_size=64)
    questions = model.encode_query([pair.question for pair in pairs], batch_size=64)
    nearest = []
    for pair, question in zip(pairs, questions, strict=True):
        rows = np.array(passages.rows_of(passages.all[pair.row].doc))
        nearest.append(rows[np.argsort(-(vectors[rows] @ question))].tolist())
    return nearest


def _train(
    model: SentenceTransformer, rows: Dataset, out: Path, *, batch: int, rate: float
) -> None:
    encoder = model[0].auto_model
    encoder.embeddings.requires_grad_(requires_grad=False)
    for layer in encoder.encoder.layer[:FROZEN_LAYERS]:
        layer.requires_grad_(requires_grad=False)
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(out / "checkpoints"),
        num_train_epochs=1,
        per_device_train_batch_size=batch,
        learning_rate=rate,
        warmup_steps=0.1,
        lr_scheduler_type="linear",
        batch_sampler=BatchSamplers.NO_DUPLICATES,
        prompts={"anchor": "query: "} | dict.fromkeys(("positive", *_WRONG), "passage: "),
        bf16=True,  # twice as fast where the processor has it; the weights stay in float32
        save_steps=50,
        save_total_limit=1,
        logging_steps=10,
        report_to="none",
        seed=SEED,
        use_cpu=True,
        dataloader_num_workers=0,
    )
    trainer = SentenceTransformerTrainer(
        model=model,
        args=arguments,
        train_dataset=rows,
        loss=MultipleNegativesRankingLoss(model, scale=SCALE),
    )
    trainer.train(resume_from_checkpoint=any((out / "checkpoints").glob("checkpoint-*")))
    model[0].auto_model.save_pretrained(str(out))
    model.tokenizer.save_pretrained(str(out))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of e5-small")
    parser.add_argument("--articles", type=Path, required=True, help="lay questions and articles")
    parser.add_argument("--pairs", type=Path, required=True, help="questions of our own writing")
    parser.add_argument("--statutes", type=Path, required=True, help="texts of the statutes")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=int, default=2, help="over our own questions")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Make what is not there yet: the cut model, the first stage, the passes of the second."""
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    cut, learnt = (options.out / name for name in ("cut", "articles"))
    if not (cut / "config.json").exists():
        write_encoder(cut, options.tokenizer)
    if not (learnt / "config.json").exists():
        train_on_articles(cut, options.articles, learnt)
    for number in range(1, options.passes + 1):
        # What looks right and is not is looked up anew, with what was learnt so far.
        before, learnt = learnt, options.out / f"documents-{number}"
        if not (learnt / "config.json").exists():
            train_on_documents(before, options.pairs, options.statutes, learnt)


if __name__ == "__main__":
    main()
