"""From settings to a build: documents into the index, and their originals kept beside it."""

from __future__ import annotations

from contextlib import nullcontext

from assistant.opening import embedder_of
from assistant.settings import Settings
from corpus.library import Library
from index.build import build as build_index
from index.filling import Progress
from index.schema import BuildReport
from ui.originals import Originals
from ui.progress import progress_bar


def build_library(
    library: Library, settings: Settings, *, progress: Progress | None = None
) -> BuildReport:
    """Make the index of what was read, and keep its originals.

    Args:
        library: what was read.
        settings: the models, and where the index goes.
        progress: is told how much of how much is done; None: a bar on the terminal.
    """
    shown = nullcontext(progress) if progress else progress_bar("embedding")
    with shown as told:
        report = build_index(
            library.documents,
            library.policies,
            data_dir=settings.data_folder,
            embedder=embedder_of(settings),
            progress=told,
            vector_url=settings.chroma_url or None,
        )
    Originals(settings.data_folder).keep(library.documents, library.files)
    return report
