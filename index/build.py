"""Documents and policies to an index, step by step, so that a kill at any moment loses nothing.

    1. embed what is new into the cache of vectors, which outlives the process
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
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.schema import Document, Policy
from index.chunking import chunk_policies
from index.errors import CorpusAmbiguous, IndexDamaged, IndexingError
from index.filling import Filler, Previous, Progress
from index.lock import build_lock
from index.making import IN_FOLDER, ON_SERVER, making
from index.schema import BuildReport, Embedder
from index.sealing import seal
from index.snapshot import VECTORS, write_generation
from index.store import SCHEMA_VERSION, DataFolder, Manifest
from index.vector_cache import VectorCache
from index.vector_store import VectorStore
from index.words import Words


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
    words: Words | None = None,
) -> BuildReport:
    """Make the index of exactly these documents; no text is embedded a second time.

    ``words`` spares a process that also searches a second dictionary.

    Raises:
        CorpusAmbiguous: two documents, policies or clauses share a name.
        IndexBusy: another build is writing to the folder.
        EmbeddingFailed: the model did not answer; the old index stands.
        StorageFailed: the folder or the vectors cannot be written; the old index stands.
    """
    _check_names(documents, policies)
    data = DataFolder(data_dir)
    cache = VectorCache(data.vector_cache, fingerprint=embedder.fingerprint)
    with build_lock(data_dir), closing(cache):
        filler = Filler(
            chunks=chunk_policies(policies),
            embedder=embedder,
            namespace=data.namespace(),
            vector_url=vector_url,
            cache=cache,
            progress=progress,
        )
        return _Build(data, documents, policies, filler, words or Words()).run()


@dataclass(frozen=True, slots=True)
class _Build:
    """The steps of one build, under the lock."""

    data: DataFolder
    documents: Sequence[Document]
    policies: Sequence[Policy]
    filler: Filler
    words: Words

    def run(self) -> BuildReport:
        started = time.perf_counter()
        old = self._live()
        with self.data.new_generation() as folder:
            filled = self.filler.fill(folder / VECTORS, previous=self._previous(old))
            filling_seconds = time.perf_counter() - started
            write_generation(
                folder,
                documents=self.documents,
                policies=self.policies,
                chunks=self.filler.chunks,
                words=self.words,
            )
            new = self._manifest(folder, tombstones=filled.tombstones)
            self.data.switch(new)
        dropped = filled.dropped + self._tidy(new, old)
        return BuildReport(
            generation=new.generation,
            policies=new.counts["policies"],
            clauses=new.counts["clauses"],
            chunks=new.counts["chunks"],
            embedded=filled.embedded,
            reused=new.counts["chunks"] - filled.embedded,
            deleted=dropped,
            seconds=time.perf_counter() - started,
            chunks_per_second=filled.embedded / filling_seconds,
        )

    def _live(self) -> Manifest | None:
        """The manifest of the index that answers now, if there is one that can be read."""
        try:
            return self.data.read_manifest()[0]
        except IndexingError:
            return None

    def _previous(self, old: Manifest | None) -> Previous | None:
        """The vectors of the old index, where they are of use to the new one."""
        if old is None or old.fingerprint != self.filler.embedder.fingerprint:
            return None
        if old.settings["vectors"] == ON_SERVER:
            return None
        try:
            self.data.check_files(old)
        except IndexDamaged:
            return None
        folder = self.data.generation(old.generation) / VECTORS
        return Previous(folder, old.counts["tombstones"])

    def _manifest(self, folder: Path, *, tombstones: int) -> Manifest:
        return Manifest(
            schema_version=SCHEMA_VERSION,
            generation=folder.name,
            fingerprint=self.filler.embedder.fingerprint,
            namespace=self.filler.namespace,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
            counts={
                "documents": len(self.documents),
                "policies": len(self.policies),
                "clauses": sum(len(policy.clauses) for policy in self.policies),
                "chunks": len(self.filler.chunks),
                "tombstones": tombstones,
            },
            files=seal(folder),
            settings={
                **making(self.words),
                "vectors": ON_SERVER if self.filler.vector_url else IN_FOLDER,
            },
        )

    def _tidy(self, new: Manifest, old: Manifest | None) -> int:
        """Remove what nobody needs any more; how many chunks of a server that was."""
        self.filler.cache.trim(used=(chunk.text for chunk in self.filler.chunks))
        dropped = 0
        folder = self.data.generation(new.generation) / VECTORS
        if self.filler.vector_url is not None:
            dropped = self.filler.drop_unwanted(folder)
            if old is not None and old.fingerprint != new.fingerprint:
                self._drop_collection(folder, old)
        # The one before stays for readers that are just opening it.
        self.data.remove_generations(keep={new.generation, old.generation if old else ""})
        return dropped

    def _drop_collection(self, folder: Path, old: Manifest) -> None:
        with (
            suppress(IndexDamaged),  # it never was on this server
            closing(
                VectorStore(
                    folder,
                    fingerprint=old.fingerprint,
                    url=self.filler.vector_url,
                    namespace=old.namespace,
                )
            ) as store,
        ):
            store.destroy()


def _check_names(documents: Sequence[Document], policies: Sequence[Policy]) -> None:
    """Make sure that every name stands for one thing: citations depend on it."""
    clauses = (clause.clause_id for policy in policies for clause in policy.clauses)
    for kind, names in (
        ("documents", (document.name for document in documents)),
        ("policies", (policy.policy_id for policy in policies)),
        ("clauses", clauses),
    ):
        name, count = next(iter(Counter(names).most_common(1)), ("", 0))
        if count > 1:
            raise CorpusAmbiguous(f"{count} {kind} are called {name!r}; leave all but one out")
