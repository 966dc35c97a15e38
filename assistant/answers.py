"""Answers put together from what was found: stated, refused, or an error; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.citations import Citer, DraftStatement, Quote, text_of
from assistant.comparison import Row
from assistant.extractive import Candidate
from assistant.prompts import (
    NOT_IN_CORPUS,
    NOT_SPECIFIED,
    OUT_OF_SCOPE,
    QUESTION_EMPTY,
    QUESTION_TOO_LONG,
    TABLE_CLAUSE,
    TABLE_CONTENT,
    TABLE_POLICY,
)
from assistant.question import MAX_CHARACTERS, Reading
from assistant.schema import Answer, Citation, Question, Reason, Table
from corpus.schema import Policy

_NEAREST = 3


def problem_of(question: Question) -> str | None:
    """Why a question cannot be used, or None."""
    if not question.text.strip():
        return QUESTION_EMPTY
    if len(question.text) > MAX_CHARACTERS:
        return QUESTION_TOO_LONG.format(length=len(question.text), limit=MAX_CHARACTERS)
    return None


def failed(question: Question, problem: str) -> Answer:
    """An answer with an error."""
    text = question.text[:MAX_CHARACTERS]
    seconds = {"total": 0.0}
    return Answer(question.id, text, text, "error", text=problem, seconds=seconds, error=problem)


def answered(
    reading: Reading, drafts: Sequence[DraftStatement], rows: Sequence[Row], citer: Citer
) -> Answer:
    """The statements that pass the check, numbered, with a table where there are rows."""
    numbered = citer.number(drafts)
    return replace(
        _blank(reading),
        text=text_of(numbered.statements),
        statements=numbered.statements,
        citations=numbered.citations,
        table=_table(rows, numbered.citations) if len(rows) > 1 else None,
    )


def refused(
    reading: Reading,
    reason: Reason,
    candidates: Sequence[Candidate],
    *,
    citer: Citer,
    policies: Iterable[Policy],
) -> Answer:
    """A refusal with its reason and the nearest clauses."""
    scope = reading.scope
    regions = [policy.region.value for policy in policies if policy.region]
    names = "、".join(dict.fromkeys(scope.unknown))
    text = {
        "not_in_corpus": NOT_IN_CORPUS.format(
            names=names, places="、".join(dict.fromkeys(regions))
        ),
        "not_specified": NOT_SPECIFIED.format(place="、".join(scope.names)),
        "out_of_scope": OUT_OF_SCOPE,
    }[reason]
    answer = replace(_blank(reading), status="refused", reason=reason, text=text)
    return replace(answer, nearest=_nearest(candidates, citer), confidence=0.0)


def _nearest(candidates: Sequence[Candidate], citer: Citer) -> tuple[Citation, ...]:
    quotes: dict[str, Quote] = {}
    for candidate in candidates:
        quotes.setdefault(candidate.hit.clause.clause_id, candidate.quote)
    chosen = list(quotes.values())[:_NEAREST]
    return tuple(citer.cite(quote, number) for number, quote in enumerate(chosen, 1))


def _blank(reading: Reading) -> Answer:
    question = reading.question
    return Answer(question.id, question.text, reading.standalone, "answered")


def _table(rows: Sequence[Row], citations: Sequence[Citation]) -> Table:
    by_clause = {citation.clause_id: citation for citation in citations}
    cells: list[tuple[str, ...]] = []
    numbers: list[tuple[int, ...]] = []
    for row in rows:
        ids = dict.fromkeys(q.clause.clause_id for s in row.statements for q in s.quotes)
        cited = [by_clause[clause_id] for clause_id in ids if clause_id in by_clause]
        cells.append((row.policy.title.value, row.text, "、".join(c.label for c in cited)))
        numbers.append(tuple(citation.number for citation in cited))
    return Table((TABLE_POLICY, TABLE_CONTENT, TABLE_CLAUSE), tuple(cells), tuple(numbers))
