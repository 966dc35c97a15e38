"""The vectors of a new generation: what the last one holds is taken over, the rest is embedded."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.errors import EmbeddingFailed, IndexingError, StorageFailed
from index.schema import Chunk, Embedder, FloatVector
from index.staging import StagedVectors
from index.vector_files import copy_vectors
from index.vector_store import VectorStore

Progress = Callable[[int, int], None]
"""Called with how many chunks are embedded and how many there are to embed."""

# What a killed build loses at most: some three seconds of the bundled model.
CHUNKS_PER_STEP = 32


@dataclass(frozen=True, slots=True)
class Previous:
    """The vectors of the live generation, and how many dead ones its graph drags along."""

    folder: Path
    tombstones: int


@dataclass(frozen=True, slots=True)
class Filled:
    """Chunks embedded, chunks of the last generation dropped, dead ones in the new graph."""

    embedded: int
    dropped: int
    tombstones: int


@dataclass(frozen=True, slots=True)
class Filler:
    """Knows the chunks that there must be, and how to make a vector of one."""

    chunks: Sequence[Chunk]
    embedder: Embedder
    namespace: str
    vector_url: str | None
    staged: StagedVectors
    progress: Progress

    @property
    def wanted(self) -> set[str]:
        """The ids of all chunks."""
        return {chunk.chunk_id for chunk in self.chunks}

    def fill(self, folder: Path, *, previous: Previous | None) -> Filled:
        """Fill the folder of a new generation, or add what is missing to the server.

        Raises:
            EmbeddingFailed: the model did not answer.
            StorageFailed: the vectors cannot be written, or not be read again.
        """
        if self.vector_url is not None:
            with closing(self.open(folder, create=True)) as store:
                return Filled(embedded=self._add_missing(store), dropped=0, tombstones=0)
        dropped, tombstones = self._carry_over(previous, folder) if previous else (0, 0)
        with closing(self.open(folder, create=True)) as store:
            embedded = self._add_missing(store)
            store.delete(store.ids() - self.wanted)
        # Opened again, because only that shows what is on the disk.
        with closing(self.open(folder)) as store:
            lost = self.wanted - store.vectors(self.wanted).keys()
        if lost:
            raise StorageFailed(f"{folder} lost {len(lost)} chunks on writing; build again")
        return Filled(embedded, dropped, tombstones)

    def drop_unwanted(self, folder: Path) -> int:
        """Delete from a server what no clause of the live index needs; how many chunks that was."""
        with closing(self.open(folder)) as store:
            unwanted = store.ids() - self.wanted
            store.delete(unwanted)
        return len(unwanted)

    def open(self, folder: Path, *, create: bool = False) -> VectorStore:
        """The store in a folder, or the one on the server."""
        return VectorStore(
            folder,
            fingerprint=self.embedder.fingerprint,
            url=self.vector_url,
            namespace=self.namespace,
            create=create,
        )

    def _add_missing(self, store: VectorStore) -> int:
        """Add the chunks that the store lacks; how many of them had to be embedded."""
        existing = store.existing(self.wanted)
        missing = [chunk for chunk in self.chunks if chunk.chunk_id not in existing]
        vectors = self.staged.get([chunk.chunk_id for chunk in missing])
        unknown = [chunk for chunk in missing if chunk.chunk_id not in vectors]
        self.progress(0, len(unknown))
        for start in range(0, len(unknown), CHUNKS_PER_STEP):
            step = unknown[start : start + CHUNKS_PER_STEP]
            vectors.update(self._embed(step))
            self.progress(start + len(step), len(unknown))
        if missing:
            store.add(missing, np.stack([vectors[chunk.chunk_id] for chunk in missing]))
        return len(unknown)

    def _carry_over(self, previous: Previous, folder: Path) -> tuple[int, int]:
        """Take over what the live generation holds: chunks dropped, dead ones in the new graph."""
        try:
            with closing(self.open(previous.folder)) as old:
                dropped = len(old.ids() - self.wanted)
                tombstones = previous.tombstones + dropped
                # Deleted chunks stay in the graph and slow it down: from time to time a new one.
                kept = old.vectors(self.wanted) if tombstones > len(self.wanted) else None
            if kept is None:
                copy_vectors(previous.folder, folder)
                return dropped, tombstones
            if kept:
                self.staged.put(list(kept), np.stack(list(kept.values())))
        except IndexingError:
            # What is there cannot be used: everything is embedded anew.
            shutil.rmtree(folder, ignore_errors=True)
            return 0, 0
        return dropped, 0

    def _embed(self, chunks: Sequence[Chunk]) -> dict[str, FloatVector]:
        vectors = self.embedder.embed_passages([chunk.text for chunk in chunks])
        expected = (len(chunks), self.embedder.dimensions)
        if vectors.shape != expected or not np.isfinite(vectors).all():
            raise EmbeddingFailed(
                f"{self.embedder.fingerprint} gave {vectors.shape} instead of {expected} numbers, "
                "or not numbers at all; choose another embedding model"
            )
        ids = [chunk.chunk_id for chunk in chunks]
        self.staged.put(ids, vectors)
        return dict(zip(ids, vectors, strict=True))
