"""What everybody builds first, on the same gold: the table that our own figures stand in.

The retrieval pipeline of LangChain's tutorial, BM25 alone and vectors alone, each over the same
documents with the same embedder; the answer of each is what it found, joined. None has a language
model, as the default of Wenzheng has none; none ever refuses. Earlier questions of a conversation
are put in front of the question, which is more than the tutorial does.

    wenzheng eval run --system bench/baselines.py:bm25_alone --split dev --out runs/bm25
    python bench/baselines.py --split dev --out runs/baselines
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.hit_rows import clause_row
from assistant.opening import open_index
from assistant.settings import Settings
from corpus.schema import Document, Policy
from eval.ablation import Bench, ablate, read_entries
from eval.ablation_report import terminal_lines
from eval.commands import unseen
from eval.gold import read_gold, shipped_gold
from eval.options import DEFAULT_SEED
from eval.schema import SPLITS, GoldRecord, Json, Reply, System
from index.lexical import LexicalIndex
from index.schema import Embedder
from index.words import Words

HERE = Path(__file__).parent
CHUNK_CHARACTERS = 500
CHUNK_OVERLAP = 50
ANSWER_PIECES = 4  # k of the tutorial
FOUND_PIECES = 10


Found = tuple[Json, float]
"""A piece of a document (a chunk, a clause) as a search result without rank, and its score."""


class Finder(Protocol):
    """One way to search."""

    def find(self, text: str, top_k: int) -> list[Found]:
        """The nearest pieces, best first, with their scores."""


class Baseline:
    """Answers with the pieces that it finds, joined."""

    def __init__(self, name: str, finder: Finder) -> None:
        self.name = name
        self._finder = finder

    def answer(self, record: GoldRecord) -> Reply:
        """The first four pieces as the answer, the first ten as what was found."""
        started = time.perf_counter()
        text = "\n".join((*record.history, record.question))
        found = self._finder.find(text, FOUND_PIECES)
        answer = _answer(record, found[:ANSWER_PIECES])
        seconds = round(time.perf_counter() - started, 4)
        hits = [
            {"rank": rank, "score": round(score, 4), **piece}
            for rank, (piece, score) in enumerate(found, start=1)
        ]
        return answer | {"seconds": {"total": seconds}}, hits, seconds


class TutorialFinder:
    """Chunks of 500 characters in LangChain's own vector store."""

    def __init__(self, documents: Sequence[Document], embedder: Embedder) -> None:
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_CHARACTERS, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
        )
        self._pieces: dict[str, Json] = {}
        for document in documents:
            chunks = splitter.create_documents([document.text])
            for number, chunk in enumerate(chunks, start=1):
                piece = _chunk_piece(document, chunk, number)
                self._pieces[piece["clause_id"]] = piece
        self._store = InMemoryVectorStore(_EmbedderOfLangChain(embedder))
        texts = [piece["clause_text"] for piece in self._pieces.values()]
        self._store.add_texts(texts, ids=list(self._pieces))

    def find(self, text: str, top_k: int) -> list[Found]:
        """The nearest chunks by cosine."""
        found = self._store.similarity_search_with_score(text, k=top_k)
        return [(self._pieces[document.id or ""], score) for document, score in found]


class Bm25Finder:
    """BM25 over the words of whole clauses, cut as our own index cuts them."""

    def __init__(self, policies: Sequence[Policy]) -> None:
        self._pieces = clause_pieces(policies)
        clauses = [c for policy in policies for c in policy.clauses if c.text.strip()]
        titles = {policy.policy_id: policy.title.value for policy in policies}
        texts = [clause.text for clause in clauses]
        self._index = LexicalIndex.build(clauses, texts, titles, words=Words())

    def find(self, text: str, top_k: int) -> list[Found]:
        """The clauses with the best BM25; those without a word of the question are left out."""
        scores = self._index.scores(text)["words"]
        order = np.argsort(-scores, kind="stable")[:top_k]
        return [(self._pieces[row], float(scores[row])) for row in order if scores[row] > 0]


class DenseFinder:
    """Vectors of whole clauses, by cosine."""

    def __init__(self, policies: Sequence[Policy], embedder: Embedder) -> None:
        self._pieces = clause_pieces(policies)
        self._embedder = embedder
        self._vectors = embedder.embed_passages([piece["clause_text"] for piece in self._pieces])

    def find(self, text: str, top_k: int) -> list[Found]:
        """The nearest clauses."""
        scores = self._vectors @ self._embedder.embed_query(text)
        order = np.argsort(-scores, kind="stable")[:top_k]
        return [(self._pieces[row], float(scores[row])) for row in order]


def langchain_tutorial(settings: Settings) -> System:
    """The pipeline of LangChain's tutorial over the documents of the index."""
    index = open_index(settings)
    finder = TutorialFinder(list(index.documents.values()), index.embedder)
    return Baseline("langchain-tutorial", finder)


def bm25_alone(settings: Settings) -> System:
    """BM25 over the clauses of the index."""
    index = open_index(settings)
    return Baseline("bm25-alone", Bm25Finder(list(index.policies.values())))


def dense_alone(settings: Settings) -> System:
    """Vectors of the clauses of the index."""
    index = open_index(settings)
    return Baseline("dense-alone", DenseFinder(list(index.policies.values()), index.embedder))


def clause_pieces(policies: Sequence[Policy]) -> list[Json]:
    """All clauses that have a text, in reading order."""
    return [
        clause_row(clause, policy)
        for policy in policies
        for clause in policy.clauses
        if clause.text.strip()
    ]


def main() -> None:
    """Run the baselines beside Wenzheng, and print one table with paired intervals."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--split", default="dev", choices=SPLITS)
    parser.add_argument("--out", required=True, type=Path, help="folder for the runs")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    options = parser.parse_args()
    gold = read_gold(shipped_gold(), split=options.split)
    settings = Settings.from_environment()
    entries = [entry for entry in read_entries(HERE / "systems.toml") if not entry.off]
    bench = Bench(gold, settings, options.out, seed=options.seed)
    for line in terminal_lines(ablate(entries, bench, beside=HERE, progress=unseen)):
        print(line)


class _EmbedderOfLangChain(Embeddings):
    """Our embedder as LangChain wants it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        row: list[float] = self._embedder.embed_query(text).tolist()
        return row


def _chunk_piece(document: Document, chunk: LangChainDocument, number: int) -> Json:
    start = int(chunk.metadata["start_index"])
    return {
        "clause_id": f"{document.stem}#{number:03d}",
        "policy_id": document.stem,
        "title": document.stem,
        "label": f"#{number}",
        "path": [],
        "clause_text": chunk.page_content,
        "source": document.name,
        "start": start,
        "end": start + len(chunk.page_content),
    }


def _answer(record: GoldRecord, found: Sequence[Found]) -> Json:
    """The pieces as an answer of the contract, each of them a statement that cites itself."""
    texts = [piece["clause_text"] for piece, _ in found]
    best = max((score for _, score in found), default=0.0)
    return {
        "id": record.id,
        "question": record.question,
        "standalone_question": record.question,
        "status": "answered",
        "reason": None,
        "text": "\n".join(texts),
        "statements": [
            {"text": text, "citations": [number]} for number, text in enumerate(texts, start=1)
        ],
        "table": None,
        "citations": [
            {**piece, "number": number, "document_number": None, "quote": piece["clause_text"]}
            | {"responsible_units": [], "url": ""}
            for number, (piece, _) in enumerate(found, start=1)
        ],
        "nearest": [],
        "confidence": round(max(best, 0.0) / (1 + max(best, 0.0)), 4),  # only its order counts
        "engine": "baseline",
    }


if __name__ == "__main__":
    main()
