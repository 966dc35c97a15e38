"""The index as LangChain sees it."""

from __future__ import annotations

import json

import pytest

from assistant.retriever import ClauseRetriever
from index.search import HybridIndex

pytestmark = pytest.mark.slow

QUESTION = "公立医院医护比要达到多少"


def test_documents_are_the_clauses_that_the_index_finds(index: HybridIndex) -> None:
    documents = ClauseRetriever(index=index, top_k=5).invoke(QUESTION)
    hits = index.search(QUESTION, top_k=5)
    assert [document.id for document in documents] == [hit.clause.clause_id for hit in hits]
    assert len(documents) == 5
    for document, hit in zip(documents, hits, strict=True):
        assert document.page_content == hit.clause.text
        assert document.metadata["score"] == hit.score
        clause = index.clause(document.metadata["clause_id"])
        assert clause == hit.clause
        policy = index.policies[document.metadata["policy_id"]]
        assert document.metadata["title"] == policy.title.value
        source = index.documents[document.metadata["source"]].text
        assert clause is not None
        assert source[document.metadata["start"] : document.metadata["end"]].startswith(
            clause.text[:1]
        )


def test_metadata_can_be_stored_anywhere(index: HybridIndex) -> None:
    (document,) = ClauseRetriever(index=index, top_k=1).invoke(QUESTION)
    assert json.loads(json.dumps(document.metadata)) == document.metadata


def test_it_can_be_asked_in_batches(index: HybridIndex) -> None:
    retriever = ClauseRetriever(index=index, top_k=2)
    batch = retriever.batch([QUESTION, "薪酬制度"])
    assert [len(documents) for documents in batch] == [2, 2]
    assert batch[0] == retriever.invoke(QUESTION)
