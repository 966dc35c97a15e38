"""What holds for every answer, whatever was asked: the contract of docs/contracts.md, as a check.

Nothing here uses the code that makes or verifies answers.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from assistant.schema import Answer, Citation, Question
from index.search import HybridIndex
from ui.render import answer_to_json

ANSWER_KEYS = {
    *("id", "question", "standalone_question", "status", "reason", "text", "statements", "table"),
    *("citations", "nearest", "confidence", "engine", "seconds"),
}
OPTIONAL_KEYS = {"choices", "error", "note", "withheld"}
CITATION_KEYS = {
    *("number", "clause_id", "policy_id", "title", "document_number", "label", "path", "quote"),
    *("start", "end", "clause_text", "responsible_units", "source", "url"),
}
REASONS = {"not_in_corpus", "not_specified", "out_of_scope"}
MARKS = str.maketrans("", "", "*□")  # bold of markdown, boxes that OCR left beside Latin letters
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def squeezed(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def words_of(text: str) -> str:
    """The text without white space and without the marks that are no words."""
    return squeezed(text).translate(MARKS)


def numbers_in(text: str) -> set[str]:
    """Runs of digits, in any width."""
    return set(_NUMBER.findall(unicodedata.normalize("NFKC", text)))


def assert_valid(answer: Answer, question: Question, index: HybridIndex) -> None:
    """Hold an answer to the contract."""
    assert (answer.id, answer.question) == (question.id, question.text)
    assert answer.seconds["total"] >= 0
    assert 0 <= answer.confidence <= 1
    assert answer.text.strip()
    _assert_status(answer)
    for citations in (answer.citations, answer.nearest):
        assert [citation.number for citation in citations] == list(range(1, len(citations) + 1))
        for citation in citations:
            _assert_citation(citation, index)
    _assert_statements(answer)
    _assert_table(answer)
    assert_contract(json.loads(json.dumps(answer_to_json(answer))))


def _assert_status(answer: Answer) -> None:
    assert answer.status in {"answered", "refused", "clarify"}
    assert answer.error is None
    assert (answer.reason in REASONS) == (answer.status == "refused")
    assert bool(answer.citations) == bool(answer.statements) == (answer.status == "answered")
    assert bool(answer.choices) == (answer.status == "clarify")
    if answer.status == "answered":
        assert answer.nearest == ()
    else:
        assert answer.table is None


def _assert_citation(citation: Citation, index: HybridIndex) -> None:
    clause = index.clause(citation.clause_id)
    policy = index.policies[citation.policy_id]
    assert clause is not None
    assert clause.policy_id == policy.policy_id
    assert citation.url == f"/clauses/{clause.clause_id}"
    assert (citation.source, citation.title) == (policy.source, policy.title.value)
    assert citation.clause_text == clause.text
    assert clause.start <= citation.start < citation.end <= clause.end
    said = index.documents[citation.source].text[citation.start : citation.end]
    assert squeezed(citation.quote) == squeezed(said)
    assert words_of(citation.quote) in words_of(citation.clause_text)


def _assert_statements(answer: Answer) -> None:
    by_number = {citation.number: citation for citation in answer.citations}
    used = {number for statement in answer.statements for number in statement.citations}
    rows = answer.table.citations if answer.table else ()
    assert used | {number for numbers in rows for number in numbers} == set(by_number)
    position = 0
    for statement in answer.statements:
        assert statement.citations
        marks = "".join(f"[{number}]" for number in statement.citations)
        position = answer.text.index(statement.text + marks, position)
        cited = [by_number[number] for number in statement.citations]
        assert numbers_in(statement.text) <= numbers_in(_evidence(cited))


def _assert_table(answer: Answer) -> None:
    if answer.table is None:
        return
    by_number = {citation.number: citation for citation in answer.citations}
    assert len(answer.table.rows) == len(answer.table.citations) > 1
    for row, numbers in zip(answer.table.rows, answer.table.citations, strict=True):
        assert len(row) == len(answer.table.columns)
        cited = [by_number[number] for number in numbers]
        evidence = _evidence(cited) + " ".join(citation.label for citation in cited)
        assert numbers_in("\n".join(row[1:])) <= numbers_in(evidence)


def _evidence(citations: list[Citation]) -> str:
    return "\n".join(
        text
        for citation in citations
        for text in (
            citation.clause_text,
            *citation.path,
            citation.title,
            citation.document_number or "",
        )
    )


def assert_contract(row: Mapping[str, Any]) -> None:
    """Hold an answer object, as JSON gives it back, to the keys and types of the contract."""
    assert set(row) - OPTIONAL_KEYS == ANSWER_KEYS
    assert {type(row[key]) for key in ("id", "question", "standalone_question", "text")} == {str}
    for statement in row["statements"]:
        assert set(statement) == {"text", "citations"}
    if row["table"] is not None:
        assert set(row["table"]) == {"columns", "rows", "citations"}
    for citation in [*row["citations"], *row["nearest"]]:
        assert set(citation) == CITATION_KEYS
        assert {type(citation[key]) for key in ("start", "end", "number")} == {int}
        assert {type(citation[key]) for key in ("path", "responsible_units")} == {list}
    assert {type(value) for value in row["seconds"].values()} == {float}
