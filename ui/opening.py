"""From settings to a build: documents into the index, and their originals kept beside it."""

from __future__ import annotations

from assistant.opening import embedder_of
from assistant.settings import Settings
from corpus.library import Library
from index.build import build as build_index
from index.schema import BuildReport
from ui.originals import Originals
from ui.progress import progress_bar


def build_library(library: Library, settings: Settings) -> BuildReport:
    """Make the index of what was read, with a progress bar, and keep its originals."""
    with progress_bar("embedding") as progress:
        report = build_index(
            library.documents,
            library.policies,
            data_dir=settings.data_folder,
            embedder=embedder_of(settings),
            progress=progress,
            vector_url=settings.chroma_url or None,
        )
    Originals(settings.data_folder).keep(library.documents, library.files)
    return report
