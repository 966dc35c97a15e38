"""Questions with the passages that answer them, and near misses that nothing answers."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.passages import Passages

# Articles of statutes are whole paragraphs; what a question is about mostly stands at their head.
MAX_ARTICLE_CHARS = 260
PAIR_FILES = ("statutes", "plans", "notices")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the row of the passage that answers it, or that nearly does."""

    question: str
    row: int
    answers: bool
    register: str = "plain"


@dataclass(frozen=True, slots=True)
class ArticlePair:
    """A lay question and the article that answers it, both as text."""

    question_id: int
    question: str
    article: str


def pairs_to_learn(folder: Path, passages: Passages) -> list[Pair]:
    """All pairs of our own writing but those over the documents that are held out."""
    return [
        pair
        for name in PAIR_FILES
        for pair in read_pairs(file_of(folder, name), name, passages)
        if not is_held_out_document(passages.all[pair.row].doc)
    ]


def file_of(folder: Path, name: str) -> Path:
    """The pairs of a name, packed or not."""
    packed = folder / f"{name}.jsonl.gz"
    return packed if packed.exists() else folder / f"{name}.jsonl"


def read_pairs(file: Path, folder: str, passages: Passages) -> list[Pair]:
    """The pairs of one file over the documents of one folder.

    A pair whose quote no passage holds is left out: a quote may run over several items.
    """
    pairs = []
    for record in _records(file):
        row = passages.find(f"{folder}/{record['doc']}", record["quote"])
        if row is not None:
            pairs.append(Pair(record["question"], row, record["answers"], record["register"]))
    return pairs


def articles_of(folder: Path) -> dict[str, str]:
    """Articles of statutes by id: name and text, cut."""
    return {
        record["id"]: f"{record['name']} {record['text']}"[:MAX_ARTICLE_CHARS]
        for record in _records(folder / "articles.jsonl")
    }


def questions_of(folder: Path) -> list[tuple[int, str, list[str]]]:
    """Lay questions: number, words, and the ids of the articles that answer."""
    return [
        (record["id"], record["question"], record["articles"])
        for record in _records(folder / "questions.jsonl")
    ]


def read_article_pairs(folder: Path) -> list[ArticlePair]:
    """Lay questions with each of their articles, as text."""
    articles = articles_of(folder)
    return [
        ArticlePair(number, question, articles[article])
        for number, question, right in questions_of(folder)
        for article in right
    ]


def is_held_out(question_id: int) -> bool:
    """Every fifth lay question is kept for measuring, by its number alone."""
    return question_id % 5 == 0


def is_held_out_document(doc: str) -> bool:
    """About every eighth document is kept for measuring and for choosing weights."""
    return zlib.crc32(doc.encode()) % 8 == 0


def with_negatives(
    pairs: Sequence[Pair],
    passages: Passages,
    nearest: Sequence[Sequence[int]],
    *,
    count: int,
    seed: int,
) -> list[tuple[str, ...]]:
    """Question, passage that answers, and passages that look like it but do not.

    Args:
        pairs: those that are answered are taken.
        passages: where the rows lead.
        nearest: for each pair the rows of its document, nearest to the question first.
        count: how many passages that do not answer.
        seed: which of the first of them are taken.
    """
    chance = random.Random(seed)
    rows_to_learn = []
    for pair, rows in zip(pairs, nearest, strict=True):
        home = passages.all[pair.row].clause_id
        others = [row for row in rows if passages.all[row].clause_id != home][: 3 * count]
        if pair.answers and len(others) >= count:
            wrong = [passages.all[row].text for row in chance.sample(others, count)]
            rows_to_learn.append((pair.question, passages.all[pair.row].text, *wrong))
    return rows_to_learn


def _records(file: Path) -> Iterator[dict[str, Any]]:
    packed = file.suffix == ".gz"
    opened: Any = gzip.open if packed else open
    with opened(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
