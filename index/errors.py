"""Errors of the index.

IndexingError
├── IndexMissing       nothing has been built in this folder
├── IndexMismatch      built by another embedding model, or in another format
├── IndexDamaged       a file of the index is missing or is not what was written
├── IndexBusy          another build is writing
├── CorpusAmbiguous    two documents, policies or clauses share a name
├── EmbeddingFailed    the model is missing, does not load or does not answer
└── StorageFailed      the file system, SQLite or Chroma failed
"""


class IndexingError(Exception):
    """Anything that keeps the index from being built or asked, in one line; what to do included."""


class IndexMissing(IndexingError):
    """Nothing has been built in this folder."""


class IndexMismatch(IndexingError):
    """The index was built by another embedding model, or in another format."""


class IndexDamaged(IndexingError):
    """A file of the index is missing, or is not what the build wrote."""


class IndexBusy(IndexingError):
    """Another build is writing to the same folder."""


class CorpusAmbiguous(IndexingError):
    """Two documents, policies or clauses share a name, so that a citation could mean either."""


class EmbeddingFailed(IndexingError):
    """The embedding model is missing, does not load or does not answer."""


class StorageFailed(IndexingError):
    """The file system, SQLite or Chroma failed."""
