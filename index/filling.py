"""The vectors of a new generation: what the last one holds is taken over, the rest is embedded.

Everything goes by in steps, so that the memory that this takes does not grow with the corpus.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from index.errors import EmbeddingFailed, IndexingError, StorageFailed
from index.schema import Chunk, Embedder, FloatMatrix
from index.vector_cache import VectorCache
from index.vector_files import copy_vectors
from index.vector_rows import FILE_NAME, write_rows
from index.vector_store import VectorStore

Item = TypeVar("Item")

Progress = Callable[[int, int], None]
"""Called with how many chunks are embedded and how many there are to embed."""

# What a killed build loses at most: some three seconds of the bundled model.
CHUNKS_PER_STEP = 32
# Of what is only written or read: for speed alone.
CHUNKS_PER_WRITE = 5000


@dataclass(frozen=True, slots=True)
class Previous:
    """The vectors of the live generation, and how many dead ones its graph drags along."""

    folder: Path
    tombstones: int


@dataclass(frozen=True, slots=True)
class Filled:
    """Texts embedded, chunks of the last generation dropped, dead ones in the new graph."""

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
    cache: VectorCache
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
        dropped, tombstones = self._carry_over(previous, folder) if previous else (0, 0)
        wanted = self.wanted
        with closing(self.open(folder, create=True)) as store:
            if self.vector_url is None:
                stored = store.ids()
                dead = stored - wanted
            else:  # what the server has too much is needed until the switch
                stored, dead = store.existing(wanted), set()
        missing = [chunk for chunk in self.chunks if chunk.chunk_id not in stored]
        # In the order of the ids SQLite adds to the end of its index, else all over it.
        missing.sort(key=lambda chunk: chunk.chunk_id)
        embedded = self._embed_unknown(missing)
        with closing(self.open(folder, changes=len(missing) + len(dead))) as store:
            for step in _steps(missing, CHUNKS_PER_WRITE):
                store.add(step, self._cached(step))
            store.delete(dead)
        if self.vector_url is None:
            shape = (len(self.chunks), self.embedder.dimensions)
            write_rows(folder.parent / FILE_NAME, self._stored_rows(folder), shape=shape)
        return Filled(embedded, dropped, tombstones)

    def drop_unwanted(self, folder: Path) -> int:
        """Delete from a server what no clause of the live index needs; how many chunks that was."""
        with closing(self.open(folder)) as store:
            unwanted = store.ids() - self.wanted
            store.delete(unwanted)
        return len(unwanted)

    def open(self, folder: Path, *, create: bool = False, changes: int = 0) -> VectorStore:
        """The store in a folder, or the one on the server; ``changes`` as in `VectorStore`."""
        return VectorStore(
            folder,
            fingerprint=self.embedder.fingerprint,
            url=self.vector_url,
            namespace=self.namespace,
            create=create,
            changes=changes,
        )

    def _carry_over(self, previous: Previous, folder: Path) -> tuple[int, int]:
        """Take over what the live generation holds: chunks dropped, dead ones in the new graph."""
        try:
            with closing(self.open(previous.folder)) as old:
                dropped = len(old.ids() - self.wanted)
                tombstones = previous.tombstones + dropped
                # Deleted chunks stay in the graph and slow it down: from time to time a new one.
                anew = tombstones > len(self.chunks)
                if anew:
                    self._keep_vectors(old)
            if not anew:
                copy_vectors(previous.folder, folder)
        except IndexingError:
            # What is there cannot be used; the cache knows most of it.
            shutil.rmtree(folder, ignore_errors=True)
            return 0, 0
        return dropped, 0 if anew else tombstones

    def _keep_vectors(self, store: VectorStore) -> None:
        for step in _steps(self.chunks, CHUNKS_PER_WRITE):
            found = store.vectors([chunk.chunk_id for chunk in step])
            texts = [chunk.text for chunk in step if chunk.chunk_id in found]
            rows = [found[chunk.chunk_id] for chunk in step if chunk.chunk_id in found]
            if rows:
                self.cache.put(texts, np.stack(rows))

    def _embed_unknown(self, chunks: Sequence[Chunk]) -> int:
        """Bring the vectors of all chunks into the cache; how many texts had to be embedded."""
        texts = list(dict.fromkeys(chunk.text for chunk in chunks))
        known = self.cache.known(texts)
        unknown = [text for text in texts if text not in known]
        self.progress(0, len(unknown))
        done = 0
        for step in _steps(unknown, CHUNKS_PER_STEP):
            self.cache.put(step, self._embed(step))
            done += len(step)
            self.progress(done, len(unknown))
        return len(unknown)

    def _embed(self, texts: Sequence[str]) -> FloatMatrix:
        vectors = self.embedder.embed_passages(list(texts))
        expected = (len(texts), self.embedder.dimensions)
        if vectors.shape != expected or not np.isfinite(vectors).all():
            raise EmbeddingFailed(
                f"{self.embedder.fingerprint} gave {vectors.shape} instead of {expected} numbers, "
                "or not numbers at all; choose another embedding model"
            )
        return vectors

    def _cached(self, chunks: Sequence[Chunk]) -> FloatMatrix:
        vectors = self.cache.get([chunk.text for chunk in chunks])
        if len(vectors) < len({chunk.text for chunk in chunks}):
            raise StorageFailed("the cache of vectors lost some of them; build again")
        return np.stack([vectors[chunk.text] for chunk in chunks])

    def _stored_rows(self, folder: Path) -> Iterator[FloatMatrix]:
        """Every vector as it is stored: opened again, because only that shows what is on disk."""
        with closing(self.open(folder)) as store:
            for step in _steps(self.chunks, CHUNKS_PER_WRITE):
                found = store.vectors([chunk.chunk_id for chunk in step])
                lost = [chunk.chunk_id for chunk in step if chunk.chunk_id not in found]
                if lost:
                    raise StorageFailed(f"{folder} lost {len(lost)} chunks on writing; build again")
                yield np.stack([found[chunk.chunk_id] for chunk in step])


def _steps(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
