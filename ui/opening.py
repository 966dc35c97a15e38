"""From settings to an index, an assistant, a build; what every command starts with."""

from __future__ import annotations

from assistant.chain import Assistant
from assistant.generative import writer_of
from assistant.settings import Settings
from corpus.library import Library
from index.build import build as build_index
from index.embedding import make_embedder
from index.schema import BuildReport, Embedder, EmbeddingSettings
from index.search import HybridIndex
from ui.progress import progress_bar


def open_index(settings: Settings) -> HybridIndex:
    """The live index of the data folder."""
    return HybridIndex.open(
        settings.data_folder,
        embedder=embedder_of(settings),
        vector_url=settings.chroma_url or None,
    )


def open_assistant(index: HybridIndex, settings: Settings) -> Assistant:
    """The assistant over an index, with the language model that the settings name, if any."""
    return Assistant(index, writer=writer_of(settings))


def embedder_of(settings: Settings) -> Embedder:
    """The embedding model that the settings name."""
    return make_embedder(
        EmbeddingSettings(
            model=settings.embedding_model,
            query_prompt=settings.query_prompt,
            passage_prompt=settings.passage_prompt,
            threads=settings.threads,
        )
    )


def build_library(library: Library, settings: Settings) -> BuildReport:
    """Make the index of what was read, with a progress bar."""
    with progress_bar("embedding") as progress:
        return build_index(
            library.documents,
            library.policies,
            data_dir=settings.data_folder,
            embedder=embedder_of(settings),
            progress=progress,
            vector_url=settings.chroma_url or None,
        )
