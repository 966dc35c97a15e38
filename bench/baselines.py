"""What everybody builds first, on the same gold: the table that our own figures stand in.

The retrieval pipeline of LangChain's tutorial, BM25 alone and vectors alone, each over the same
documents with the same embedder; the answer of each is what it found, joined. None has a language
model, as the default of Wenzheng has none; none ever refuses. Earlier questions of a conversation
are put in front of the question, which is more than the tutorial does.

    wenzheng eval run --system bench/baselines.py:bm25_alone --split dev --out runs/bm25
    python bench/baselines.py --split dev --out runs/baselines
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.settings import Settings
from corpus.schema import Document, Policy
from eval.schema import GoldRecord, Json, Reply, System
from eval.systems import open_index
from index.lexical import LexicalIndex, Words
from index.schema import Embedder

CHUNK_CHARACTERS = 500
CHUNK_OVERLAP = 50
ANSWER_PIECES = 4  # k of the tutorial
FOUND_PIECES = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document that can be found: a chunk, or a clause."""

    piece_id: str
    policy_id: str
    title: str
    label: str
    path: tuple[str, ...]
    text: str
    source: str
    start: int
    end: int


Found = tuple[Piece, float]


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
        hits = [_hit(rank, *each) for rank, each in enumerate(found, start=1)]
        return answer | {"seconds": {"total": seconds}}, hits, seconds


class TutorialFinder:
    """Chunks of 500 characters in LangChain's own vector store."""

    def __init__(self, documents: Sequence[Document], embedder: Embedder) -> None:
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_CHARACTERS, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
        )
        self._pieces: dict[str, Piece] = {}
        for document in documents:
            given = LangChainDocument(document.text, metadata={"source": document.name})
            for number, chunk in enumerate(splitter.split_documents([given]), start=1):
                piece = _chunk_piece(document, chunk, number)
                self._pieces[piece.piece_id] = piece
        self._store = InMemoryVectorStore(_EmbedderOfLangChain(embedder))
        texts = [piece.text for piece in self._pieces.values()]
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
        self._vectors = embedder.embed_passages([piece.text for piece in self._pieces])

    def find(self, text: str, top_k: int) -> list[Found]:
        """The nearest clauses."""
        scores = self._vectors @ self._embedder.embed_query(text)
        order = np.argsort(-scores, kind="stable")[:top_k]
        return [(self._pieces[row], float(scores[row])) for row in order]


def langchain_tutorial(settings: Settings) -> System:
    """The pipeline of LangChain's tutorial over the documents of the index."""
    index, embedder = open_index(settings)
    finder = TutorialFinder(list(index.documents.values()), embedder)
    return Baseline("langchain-tutorial", finder)


def bm25_alone(settings: Settings) -> System:
    """BM25 over the clauses of the index."""
    index, _ = open_index(settings)
    return Baseline("bm25-alone", Bm25Finder(list(index.policies.values())))


def dense_alone(settings: Settings) -> System:
    """Vectors of the clauses of the index."""
    index, embedder = open_index(settings)
    return Baseline("dense-alone", DenseFinder(list(index.policies.values()), embedder))


def clause_pieces(policies: Sequence[Policy]) -> list[Piece]:
    """All clauses that have a text, in reading order."""
    return [
        Piece(
            clause.clause_id,
            clause.policy_id,
            policy.title.value,
            clause.label,
            clause.path,
            clause.text,
            policy.source,
            clause.start,
            clause.end,
        )
        for policy in policies
        for clause in policy.clauses
        if clause.text.strip()
    ]


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


def _chunk_piece(document: Document, chunk: LangChainDocument, number: int) -> Piece:
    start = int(chunk.metadata["start_index"])
    text = chunk.page_content
    name = f"{document.stem}#{number:03d}"
    return Piece(
        name, document.stem, document.stem, f"#{number}", (), text, document.name, start,
        start + len(text),
    )  # fmt: skip


def _answer(record: GoldRecord, found: Sequence[Found]) -> Json:
    """The pieces as an answer of the contract, each of them a statement that cites itself."""
    pieces = [piece for piece, _ in found]
    best = max((score for _, score in found), default=0.0)
    citations = [_citation(number, piece) for number, piece in enumerate(pieces, start=1)]
    return {
        "id": record.id,
        "question": record.question,
        "standalone_question": record.question,
        "status": "answered",
        "reason": None,
        "text": "\n".join(piece.text for piece in pieces),
        "statements": [
            {"text": piece.text, "citations": [number]}
            for number, piece in enumerate(pieces, start=1)
        ],
        "table": None,
        "citations": citations,
        "nearest": [],
        "confidence": round(max(best, 0.0) / (1 + max(best, 0.0)), 4),  # only its order counts
        "engine": "baseline",
    }


def _citation(number: int, piece: Piece) -> Json:
    return {
        **_place(piece),
        "number": number,
        "document_number": None,
        "quote": piece.text,
        "responsible_units": [],
        "url": "",
    }


def _hit(rank: int, piece: Piece, score: float) -> Json:
    return {"rank": rank, "score": round(score, 4), **_place(piece)}


def _place(piece: Piece) -> Json:
    return {
        "clause_id": piece.piece_id,
        "policy_id": piece.policy_id,
        "title": piece.title,
        "label": piece.label,
        "path": list(piece.path),
        "clause_text": piece.text,
        "source": piece.source,
        "start": piece.start,
        "end": piece.end,
    }
