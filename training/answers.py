"""What the product itself answers to the questions of the pairs, as rows for the judge.

The product is asked with a judge that only listens: the rows hold the very texts that a judge is
given to read.
"""

from __future__ import annotations

import gzip
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.chain import Assistant
from assistant.schema import Answer, Question
from corpus.library import read_library
from index.build import build
from index.schema import Embedder, FloatVector
from index.search import HybridIndex
from training.pairs import is_held_out_document

# A library as small as a user's: of several documents, a question has to say which it means.
DOCUMENTS_OF_LIBRARY = 10
FILES = ("statutes", "plans", "notices", "nearmisses")
WRONG_OF_ANSWERED = 2

Row = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a pair, the place that answers it or nearly does, and whether it does."""

    question: str
    doc: str
    quote: str
    answers: bool


class Listener:
    """A judge without an opinion that notes what it was given to read."""

    fingerprint = "listener"

    def __init__(self) -> None:
        self.read: list[list[str]] = []

    def score(self, question: str, texts: Sequence[str]) -> FloatVector:
        """Nought for every text."""
        self.read.append(list(texts))
        return np.zeros(len(texts), np.float32)


def rows_of_answers(pairs: Path, statutes: Path, embedder: Embedder) -> list[Row]:
    """Question, text and 1.0 where the text answers, of all documents that are not held out."""
    chance = random.Random(7)
    asked = [one for one in _asked(pairs) if not is_held_out_document(one.doc)]
    folders = {"statutes": statutes}
    docs = sorted({one.doc for one in asked})
    rows: list[Row] = []
    for start in range(0, len(docs), DOCUMENTS_OF_LIBRARY):
        library = docs[start : start + DOCUMENTS_OF_LIBRARY]
        files = [
            file
            for doc in library
            for file in _files(folders.get(doc.split("/")[0], pairs / doc.split("/")[0]), doc)
        ]
        with tempfile.TemporaryDirectory() as folder:
            listener = Listener()
            assistant = _assistant(files, Path(folder), embedder, listener)
            for one in asked:
                if one.doc in library:
                    listener.read.clear()
                    answer = assistant.ask(Question(one.question))
                    rows += _rows(one, answer, listener.read, chance)
    return rows


def _files(folder: Path, doc: str) -> Iterator[Path]:
    stem = doc.split("/")[1]
    return (file for file in folder.glob(f"{stem}.*") if file.suffix in (".txt", ".md"))


def _asked(pairs: Path) -> Iterator[Asked]:
    for name in FILES:
        with gzip.open(pairs / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                doc = f"{record.get('folder', name)}/{record['doc']}"
                yield Asked(record["question"], doc, record["quote"], record["answers"])


def _assistant(
    files: Sequence[Path], data: Path, embedder: Embedder, listener: Listener
) -> Assistant:
    library = read_library(files)
    build(library.documents, library.policies, data_dir=data, embedder=embedder)
    return Assistant(HybridIndex.open(data, embedder=embedder), judge=listener)


def _rows(
    one: Asked, answer: Answer, read: Sequence[Sequence[str]], chance: random.Random
) -> list[Row]:
    """The answer that was given, the right sentence, and sentences that look like it."""
    quote = _solid(one.quote)
    answers = [texts[0] for texts in read if len(texts) == 1]
    found = [text for texts in read if len(texts) > 1 for text in texts]
    right = [text for text in found if _shares(quote, _solid(text))][:1]
    labels: dict[str, float] = {}
    if answers and answer.status == "answered":
        cited = any(quote in _solid(citation.clause_text) for citation in answer.citations)
        labels[answers[-1]] = float(one.answers and cited)
    if one.answers:
        others = [text for text in found[:5] if text not in right]
        wrong = chance.sample(others, min(WRONG_OF_ANSWERED, len(others)))
        labels = {text: 1.0 for text in right} | dict.fromkeys(wrong, 0.0) | labels
    else:
        labels |= dict.fromkeys([*right, *found[:1]], 0.0)
    return [(one.question, text, label) for text, label in labels.items()]


def _solid(text: str) -> str:
    return "".join(text.split())


def _shares(quote: str, text: str) -> bool:
    return quote in text or any(quote[at : at + 8] in text for at in range(0, len(quote) - 7, 4))
