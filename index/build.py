"""Documents and policies to an index, step by step, so that a kill at any moment loses nothing.

    1. embed what is new into the staging database, which outlives the process
    2. fill a new generation: vectors, records, lexical index; bring it onto the disk
    3. switch: rename the manifest over the old one
    4. remove what only the old index needed

Until 3 the old index answers, from 3 on the new one. With a Chroma server, the vectors of both lie
in one collection: readers pass over ids that they do not know, and 4 deletes what is left over.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from corpus.schema import Document, Policy
from index.chunking import MAX_WHOLE_CHARS, WINDOW_CHARS, chunk_policies
from index.errors import IndexingError, StorageFailed
from index.filling import Filler, Previous, Progress
from index.lexical import Words
from index.lock import build_lock
from index.schema import BuildReport, Chunk, Embedder
from index.sealing import seal
from index.snapshot import VECTORS, write_generation
from index.staging import StagedVectors
from index.store import SCHEMA_VERSION, DataFolder, Manifest
from index.vector_store import VectorStore


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


def build(
    documents: Sequence[Document],
    policies: Sequence[Policy],
    *,
    data_dir: Path,
    embedder: Embedder,
    progress: Progress = no_progress,
    vector_url: str | None = None,
) -> BuildReport:
    """Make the index of exactly these documents; unchanged chunks are not embedded again.

    Raises:
        IndexBusy: another build is writing to the folder.
        EmbeddingFailed: the model did not answer.
        StorageFailed: the folder or the vectors cannot be written; the old index stands.
    """
    started = time.perf_counter()
    _check_ids(policies)
    data = DataFolder(data_dir)
    with build_lock(data_dir):
        old = _live(data)
        filler = Filler(
            chunks=chunk_policies(policies),
            embedder=embedder,
            namespace=data.namespace(),
            staged=StagedVectors(data.staged, fingerprint=embedder.fingerprint),
            progress=progress,
        )
        with data.new_generation() as folder:
            embedded, dropped, tombstones = _fill(filler, folder / VECTORS, data, old, vector_url)
            embedding_seconds = time.perf_counter() - started
            write_generation(
                folder, documents=documents, policies=policies, chunks=filler.chunks, words=Words()
            )
            counts = _counts(documents, policies, filler.chunks) | {"tombstones": tombstones}
            manifest = _manifest(folder, filler, counts)
            data.switch(manifest)
        filler.staged.clear()
        if vector_url is not None:
            dropped = _tidy_server(filler, folder / VECTORS, old, vector_url)
        data.remove_generations(
            keep={manifest.generation} | ({old.generation} if old else set())
        )
    return BuildReport(
        generation=manifest.generation,
        policies=counts["policies"],
        clauses=counts["clauses"],
        chunks=counts["chunks"],
        embedded=embedded,
        reused=counts["chunks"] - embedded,
        deleted=dropped,
        seconds=time.perf_counter() - started,
        chunks_per_second=embedded / embedding_seconds,
    )
