"""One generation of the index: written once, then loaded whole and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus.schema import Clause, Document, Policy
from index.chunking import chunk_text, searched_clauses
from index.errors import IndexDamaged, IndexingError, IndexMismatch
from index.lexical import LexicalIndex, Words
from index.records import read_lines, write_lines
from index.schema import BoolVector, Chunk, IntVector, KindVector, Scope
from index.sealing import storage_errors
from index.store import DataFolder, Manifest, Signature
from index.vector_store import VectorStore

VECTORS = "chroma"
# Where the manifest says that the vectors are.
IN_FOLDER = "folder"
ON_SERVER = "server"

_DOCUMENTS = "documents.jsonl"
_POLICIES = "policies.jsonl"
_CHUNKS = "chunks.jsonl"
_LEXICAL = "lexical"

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
    kinds: KindVector
    is_heading: BoolVector
    lexical: LexicalIndex
    vectors: VectorStore

    def in_scope(self, scope: Scope) -> BoolVector:
        """Which clauses a search may find: bool, (n_clauses,)."""
        wanted = scope.policy_ids
        if not wanted:
            return np.ones(len(self.clauses), dtype=np.bool_)
        inside = (clause.policy_id in wanted for clause in self.clauses)
        return np.fromiter(inside, dtype=np.bool_, count=len(self.clauses))

    def sentence_text(self, row: int) -> str:
        """A sentence under its heading, as it was embedded."""
        sentence = self.sentences[row]
        return chunk_text(self.by_id[sentence.clause_id], sentence.start, sentence.end)


def write_generation(
    folder: Path,
    *,
    documents: Sequence[Document],
    policies: Sequence[Policy],
    chunks: Iterable[Chunk],
    words: Words,
) -> None:
    """Write everything but the vectors into the folder of a new generation.

    Raises:
        StorageFailed: a file cannot be written.
    """
    kept = list(chunks)
    lines = [Sentence(c.chunk_id, c.clause_id, c.start, c.end) for c in kept]
    clauses = [clause for policy in policies for clause in searched_clauses(policy)]
    by_id = {clause.clause_id: clause for clause in clauses}
    texts = (by_id[chunk.clause_id].text[chunk.start : chunk.end] for chunk in kept)
    titles = {policy.policy_id: policy.title.value for policy in policies}
    lexical = LexicalIndex.build(clauses, texts, titles, words=words)
    with storage_errors():
        (folder / _DOCUMENTS).write_bytes(write_lines(documents))
        (folder / _POLICIES).write_bytes(write_lines(policies))
        (folder / _CHUNKS).write_bytes(write_lines(lines))
        lexical.save(folder / _LEXICAL)


def load_snapshot(
    data: DataFolder, *, fingerprint: str, words: Words, vector_url: str | None
) -> Snapshot:
    """Load the live generation; if a build replaces it meanwhile, the one after.

    Raises:
        IndexMissing: nothing has been built here.
        IndexMismatch: it was built by another embedding model, or in another format.
        IndexDamaged: a file is missing or is not what was written.
        StorageFailed: the vectors cannot be opened or reached.
    """
    for attempt in range(1, MAX_ATTEMPTS + 1):
        manifest, signature = data.read_manifest()
        _check_settings(data, manifest, fingerprint=fingerprint, vector_url=vector_url)
        try:
            return _load(data, manifest, signature, words=words, vector_url=vector_url)
        except IndexingError:
            if attempt == MAX_ATTEMPTS or data.signature() == signature:
                raise
    raise AssertionError("the last attempt returns or raises")


def _check_settings(
    data: DataFolder, manifest: Manifest, *, fingerprint: str, vector_url: str | None
) -> None:
    if manifest.fingerprint != fingerprint:
        raise IndexMismatch(
            f"the index in {data.path} was built with {manifest.fingerprint}, the settings say "
            f"{fingerprint}; run `wenzheng build`, or set the model that it was built with"
        )
    expected = ON_SERVER if vector_url else IN_FOLDER
    if manifest.settings["vectors"] != expected:
        raise IndexMismatch(
            f"the index in {data.path} has its vectors in a {manifest.settings['vectors']}, the "
            f"settings say {expected}; run `wenzheng build`, or change the Chroma URL"
        )


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
    clauses = tuple(clause for policy in policies for clause in searched_clauses(policy))
    rows = {clause.clause_id: row for row, clause in enumerate(clauses)}
    sentences = tuple(_read(Sentence, folder / _CHUNKS))
    return Snapshot(
        signature=signature,
        manifest=manifest,
        documents={document.name: document for document in documents},
        policies={policy.policy_id: policy for policy in policies},
        by_id={clause.clause_id: clause for p in policies for clause in p.clauses},
        clauses=clauses,
        sentences=sentences,
        chunk_rows={sentence.chunk_id: row for row, sentence in enumerate(sentences)},
        owners=np.array([rows[sentence.clause_id] for sentence in sentences], dtype=np.intp),
        kinds=np.array([clause.kind for clause in clauses], dtype=np.str_),
        is_heading=np.array([_is_heading(clause) for clause in clauses], dtype=np.bool_),
        lexical=LexicalIndex.load(folder / _LEXICAL, words=words),
        vectors=VectorStore(
            folder / VECTORS,
            fingerprint=manifest.fingerprint,
            url=vector_url,
            namespace=manifest.namespace,
        ),
    )


def _is_heading(clause: Clause) -> bool:
    """Whether a clause has no words but its heading."""
    return bool(clause.path) and clause.text.rstrip("。") == clause.path[-1].rstrip("。")


def _read(kind: type[Record], path: Path) -> list[Record]:
    try:
        return read_lines(kind, path.read_bytes())
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{path} cannot be read ({error}); run `wenzheng build`") from error
