"""The hybrid index as a LangChain retriever, for chains and tools that expect one."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.schema import Hit
from index.search import HybridIndex


class ClauseRetriever(BaseRetriever):
    """Finds clauses; each is a LangChain document with its place in the metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: HybridIndex
    top_k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [as_document(hit) for hit in self.index.search(query, top_k=self.top_k)]


def as_document(hit: Hit) -> Document:
    """A hit as a LangChain document."""
    clause, policy = hit.clause, hit.policy
    return Document(
        page_content=clause.text,
        id=clause.clause_id,
        metadata={
            "clause_id": clause.clause_id,
            "policy_id": clause.policy_id,
            "title": policy.title.value,
            "label": clause.label,
            "path": list(clause.path),
            "source": policy.source,
            "start": clause.start,
            "end": clause.end,
            "score": hit.score,
        },
    )
