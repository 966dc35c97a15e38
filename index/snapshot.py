"""One generation of the index: written once, then loaded whole and never changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus.schema import Clause, Document, Policy
from index.chunking import searched_clauses
from index.errors import IndexDamaged, IndexingError
from index.lexical import LexicalIndex
from index.making import Wanted, check_making, making
from index.records import read_records, write_records
from index.schema import BoolVector, Chunk, IntVector, Scope
from index.sealing import storage_errors
from index.store import DataFolder, Manifest, Signature
from index.vector_codes import Span
from index.vector_rows import FILE_NAME, VectorRows, read_rows
from index.vector_store import VectorStore
from index.wordbook import Wordbook
from index.words import Words

VECTORS = "chroma"

_DOCUMENTS = "documents.jsonl"
_POLICIES = "policies.jsonl"
_CHUNKS = "chunks.jsonl"
_LEXICAL = "lexical"

# 为了规范…，根据…，制定本条例: what in a plan stands before the first heading.
_PURPOSE = re.compile(r"制定本(?:法|条例|办法|规定|细则|规则|规程|准则|标准|章程)")

# A reader that loses a race against two builds in a row has reason to give up at the third.
MAX_ATTEMPTS = 3

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a chunk stands: ``clause.text[start:end]``."""

    chunk_id: str
    clause_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kind of every clause that is searched, as a number, so that asking costs no strings."""

    names: tuple[str, ...]
    codes: IntVector  # (n_clauses,)

    @classmethod
    def of(cls, clauses: Sequence[Clause]) -> Kinds:
        """The kinds of clauses, row by row."""
        numbers: dict[str, int] = {}
        codes = (numbers.setdefault(_kind(clause), len(numbers)) for clause in clauses)
        return cls(codes=np.fromiter(codes, np.intp, len(clauses)), names=tuple(numbers))

    def among(self, wanted: Collection[str]) -> BoolVector:
        """Which clauses are of one of these kinds: bool, (n_clauses,)."""
        found = np.array([name in wanted for name in self.names], dtype=np.bool_)
        if not found.any():
            return np.zeros(len(self.codes), dtype=np.bool_)
        return found[self.codes]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a search needs; rows of scores belong to ``clauses`` and to ``sentences``."""

    signature: Signature
    manifest: Manifest
    documents: Mapping[str, Document]
    policies: Mapping[str, Policy]
    by_id: Mapping[str, Clause]  # all clauses
    clauses: tuple[Clause, ...]  # those that are searched
    sentences: tuple[Sentence, ...]
    chunk_rows: Mapping[str, int]  # chunk id to row in ``sentences``
    owners: IntVector
    kinds: Kinds
    policy_rows: Mapping[str, slice]  # the searched clauses of each policy
    is_heading: BoolVector
    lexical: LexicalIndex
    wordbook: Wordbook
    vectors: VectorStore
    vector_rows: VectorRows | None  # of the sentences, row by row; None with a server

    def in_scope(self, scope: Scope) -> BoolVector:
        """Which clauses a search may find: bool, (n_clauses,)."""
        wanted = scope.policy_ids
        if not wanted:
            return np.ones(len(self.clauses), dtype=np.bool_)
        inside = np.zeros(len(self.clauses), dtype=np.bool_)
        for policy_id in wanted & self.policy_rows.keys():
            inside[self.policy_rows[policy_id]] = True
        return inside

    def sentence_spans(self, scope: Scope) -> list[Span]:
        """Where the sentences stand that a search may find."""
        if not scope.policy_ids:
            return [(0, len(self.sentences))]
        clauses = [self.policy_rows[name] for name in scope.policy_ids & self.policy_rows.keys()]
        starts = np.searchsorted(self.owners, [rows.start for rows in clauses]).tolist()
        ends = np.searchsorted(self.owners, [rows.stop for rows in clauses]).tolist()
        return [span for span in zip(starts, ends, strict=True) if span[0] < span[1]]


def write_generation(
    folder: Path,
    *,
    documents: Sequence[Document],
    policies: Sequence[Policy],
    chunks: Sequence[Chunk],
    words: Words,
) -> None:
    """Write everything but the vectors into the folder of a new generation.

    Raises:
        StorageFailed: a file cannot be written.
    """
    clauses = [clause for policy in policies for clause in searched_clauses(policy)]
    by_id = {clause.clause_id: clause for clause in clauses}
    texts = (by_id[chunk.clause_id].text[chunk.start : chunk.end] for chunk in chunks)
    titles = {policy.policy_id: policy.title.value for policy in policies}
    lexical = LexicalIndex.build(clauses, texts, titles, words=words)
    with storage_errors(folder):
        write_records(folder / _DOCUMENTS, documents)
        write_records(folder / _POLICIES, policies)
        write_records(folder / _CHUNKS, map(_sentence, chunks))
        lexical.save(folder / _LEXICAL)


def load_snapshot(
    data: DataFolder, *, fingerprint: str, words: Words, vector_url: str | None
) -> Snapshot:
    """Load the live generation; if a build replaces it meanwhile, the one after.

    Raises:
        IndexMissing: nothing has been built here.
        IndexMismatch: it was built by another model, version or settings, or in another format.
        IndexDamaged: a file is missing or is not what was written.
        StorageFailed: the vectors cannot be opened or reached.
    """
    for attempt in range(1, MAX_ATTEMPTS + 1):
        manifest, signature = data.read_manifest()
        check_making(manifest, Wanted(fingerprint, vector_url, making(words)), place=data.path)
        try:
            snapshot = _load(data, manifest, signature, words=words, vector_url=vector_url)
        except IndexingError:
            if attempt == MAX_ATTEMPTS or data.signature() == signature:
                raise
        else:
            return snapshot
    raise AssertionError("the last attempt returns or raises")


def _load(
    data: DataFolder,
    manifest: Manifest,
    signature: Signature,
    *,
    words: Words,
    vector_url: str | None,
) -> Snapshot:
    data.check_files(manifest)
    folder = data.generation(manifest.generation)
    documents = _read(Document, folder / _DOCUMENTS)
    policies = _read(Policy, folder / _POLICIES)
    clauses, policy_rows = _in_rows(policies)
    rows = {clause.clause_id: row for row, clause in enumerate(clauses)}
    sentences = tuple(_read(Sentence, folder / _CHUNKS))
    lexical = LexicalIndex.load(folder / _LEXICAL, words=words)
    return Snapshot(
        signature=signature,
        manifest=manifest,
        documents={document.name: document for document in documents},
        policies={policy.policy_id: policy for policy in policies},
        by_id={clause.clause_id: clause for p in policies for clause in p.clauses},
        clauses=tuple(clauses),
        sentences=sentences,
        chunk_rows={sentence.chunk_id: row for row, sentence in enumerate(sentences)},
        owners=np.array([rows[sentence.clause_id] for sentence in sentences], dtype=np.intp),
        kinds=Kinds.of(clauses),
        policy_rows=policy_rows,
        is_heading=np.array([_is_heading(clause) for clause in clauses], dtype=np.bool_),
        lexical=lexical,
        wordbook=Wordbook(lexical, words),
        vectors=VectorStore(
            folder / VECTORS,
            fingerprint=manifest.fingerprint,
            url=vector_url,
            namespace=manifest.namespace,
        ),
        vector_rows=read_rows(folder / FILE_NAME, count=len(sentences)),
    )


def _in_rows(policies: Iterable[Policy]) -> tuple[list[Clause], dict[str, slice]]:
    """The clauses that are searched, and the rows of each policy."""
    clauses: list[Clause] = []
    policy_rows: dict[str, slice] = {}
    for policy in policies:
        start = len(clauses)
        clauses += searched_clauses(policy)
        policy_rows[policy.policy_id] = slice(start, len(clauses))
    return clauses, policy_rows


def _sentence(chunk: Chunk) -> Sentence:
    return Sentence(chunk.chunk_id, chunk.clause_id, chunk.start, chunk.end)


def _kind(clause: Clause) -> str:
    """The kind that questions ask for: the first article of a statute is its preamble."""
    opens = clause.kind == "条" and _PURPOSE.search(clause.text)
    return "前言" if opens else clause.kind


def _is_heading(clause: Clause) -> bool:
    """Whether a clause has no words but its heading."""
    return bool(clause.path) and clause.text.rstrip("。") == clause.path[-1].rstrip("。")


def _read(kind: type[Record], path: Path) -> list[Record]:
    try:
        return list(read_records(kind, path))
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{path} cannot be read ({error}); run `wenzheng build`") from error
