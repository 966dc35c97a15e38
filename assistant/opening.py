"""From settings to the models and the index that they name; what every way in starts with."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from assistant.chain import Assistant
from assistant.generative import writer_of
from assistant.settings import Settings
from index.embedding import bundled_model, make_embedder
from index.judging import Judge, OnnxJudge
from index.schema import Embedder, EmbeddingSettings
from index.search import HybridIndex

NO_JUDGE, BUNDLED_JUDGE = "none", "wenzheng"

Index = TypeVar("Index", bound=HybridIndex)


def open_assistant(index: HybridIndex, settings: Settings) -> Assistant:
    """The assistant over an index, with judge and language model as the settings name them."""
    return Assistant(index, writer=writer_of(settings), judge=judge_of(settings))


def open_index(settings: Settings) -> HybridIndex:
    """The live index of the data folder."""
    return open_index_as(HybridIndex, settings)


def open_index_as(kind: type[Index], settings: Settings) -> Index:
    """The live index of the data folder as an index of another kind."""
    return kind.open(
        settings.data_folder,
        embedder=embedder_of(settings),
        vector_url=settings.chroma_url or None,
    )


def embedder_of(settings: Settings) -> Embedder:
    """The embedding model that the settings name."""
    return make_embedder(
        EmbeddingSettings(
            model=settings.embedding_model,
            query_prompt=settings.query_prompt,
            passage_prompt=settings.passage_prompt,
            threads=settings.threads,
            url=settings.embedding_url,
            key=settings.embedding_key.reveal(),
        )
    )


def judge_of(settings: Settings) -> Judge | None:
    """The model that reads questions and sentences together; None where there is to be none."""
    if settings.judge == NO_JUDGE:
        return None
    return OnnxJudge(judge_folder(settings), threads=settings.threads)


def judge_folder(settings: Settings) -> Path:
    """Where the judge that the settings name is read from."""
    return bundled_model("judge") if settings.judge == BUNDLED_JUDGE else Path(settings.judge)
