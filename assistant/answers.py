"""Answers put together from what was found: stated, refused, or an error; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.citations import Citer, DraftStatement, Quote, text_of
from assistant.clause_named import with_addresses
from assistant.comparison import Row
from assistant.extractive import Candidate
from assistant.findings import DraftRow, Finding
from assistant.fitting import names_time
from assistant.names_beside import names_beside
from assistant.prompts import (
    NO_TIME,
    NOT_HELD,
    NOT_HELD_BESIDE,
    NOT_IN_CORPUS,
    NOT_MENTIONED_IN,
    NOT_SPECIFIED,
    OUT_OF_SCOPE,
    QUESTION_EMPTY,
    QUESTION_TOO_LONG,
    TABLE_CLAUSE,
    TABLE_CONTENT,
    TABLE_POLICY,
)
from assistant.question import MAX_CHARACTERS, Reading
from assistant.schema import Answer, Citation, Question, Reason, Status, Table
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
    numbered = citer.number(drafts if rows else with_addresses(reading, drafts))
    several = bool(rows) and len(rows) + len(reading.scope.absent) > 1
    return replace(
        _blank(reading),
        text=text_of(numbered.statements)
        + _silence(rows)
        + _absence(reading)
        + _without_time(reading, drafts),
        statements=numbered.statements,
        citations=numbered.citations,
        table=_table(rows, reading.scope.absent, numbered.citations) if several else None,
    )


def found(reading: Reading, finding: Finding, citer: Citer) -> Answer:
    """What a specialist found: stated with all its rows, refused, or asked back."""
    blank = replace(_blank(reading), text=finding.lead)
    if finding.reason or finding.choices:
        nearest = tuple(citer.cite(quote, n) for n, quote in enumerate(finding.nearest, 1))
        status: Status = "clarify" if finding.choices else "refused"
        return replace(
            blank, status=status, reason=finding.reason, choices=finding.choices, nearest=nearest
        )
    rows = finding.rows if len(finding.rows) > 1 else ()
    numbered = citer.number(finding.drafts, [quote for row in rows for quote in row.quotes])
    return replace(
        blank,
        text=finding.lead
        + text_of(numbered.statements, joint=finding.joint)
        + _silent(finding.silent)
        + _absence(reading),
        statements=numbered.statements,
        citations=numbered.citations,
        table=_drafted(finding.columns, rows, numbered.citations) if rows else None,
        confidence=1.0,
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
    return Answer(question.id, reading.typed or question.text, reading.standalone, "answered")


def _drafted(
    columns: tuple[str, ...], rows: Sequence[DraftRow], citations: Sequence[Citation]
) -> Table:
    numbers = {citation.clause_id: citation.number for citation in citations}
    cited = (sorted({numbers[q.clause.clause_id] for q in row.quotes}) for row in rows)
    return Table(columns, tuple(row.cells for row in rows), tuple(map(tuple, cited)))


def _without_time(reading: Reading, drafts: Sequence[DraftStatement]) -> str:
    """That no time is given, where one is asked for beside something else."""
    told = any(names_time(draft.text) for draft in drafts)
    return f"\n{NO_TIME}" if "date" in reading.also and not told else ""


def _silence(rows: Sequence[Row]) -> str:
    """Which of the documents that were compared say nothing of it."""
    if not any(row.statements for row in rows):
        return ""
    names = names_beside([row.policy for row in rows])
    return _silent([names[row.policy.policy_id] for row in rows if not row.statements])


def _silent(names: Sequence[str]) -> str:
    return f"\n{NOT_MENTIONED_IN.format(names='、'.join(names))}" if names else ""


def _absence(reading: Reading) -> str:
    """That places of the question are not here, beside what there is of the others."""
    names = "、".join(reading.scope.absent)
    return f"\n{NOT_HELD_BESIDE.format(names=names)}" if names else ""


def _table(rows: Sequence[Row], absent: Sequence[str], citations: Sequence[Citation]) -> Table:
    by_clause = {citation.clause_id: citation for citation in citations}
    cells: list[tuple[str, ...]] = []
    numbers: list[tuple[int, ...]] = []
    for row in rows:
        ids = dict.fromkeys(q.clause.clause_id for s in row.statements for q in s.quotes)
        cited = [by_clause[clause_id] for clause_id in ids if clause_id in by_clause]
        cells.append((row.policy.title.value, row.text, "、".join(c.label for c in cited)))
        numbers.append(tuple(citation.number for citation in cited))
    cells += [(place, NOT_HELD, "") for place in absent]
    numbers += [()] * len(absent)
    return Table((TABLE_POLICY, TABLE_CONTENT, TABLE_CLAUSE), tuple(cells), tuple(numbers))
