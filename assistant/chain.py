"""The chain from a question to a checked answer: read → retrieve → answer → verify."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.addressed import addressed_clause, whole_clause
from assistant.citations import Citer, DraftStatement, Quote
from assistant.comparison import Row, rival_rows, rivals, rows_of, statements_of
from assistant.enumeration import enumerate_parts
from assistant.extractive import Candidate, compose, rank_sentences
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
from assistant.question import MAX_CHARACTERS, Reading, read_question
from assistant.refusal import coverage, evidence_of, reason_to_refuse
from assistant.schema import Answer, Citation, Question, Reason, Statement, Table
from assistant.scope import Shelf
from assistant.suggestions import example_questions
from corpus.schema import Clause, Policy
from index.folding import fold
from index.schema import Hit, Scope
from index.search import HybridIndex

_TOP_SINGLE = 10
_TOP_SEVERAL = 80
_NEAREST = 3
_EXAMPLES = 4


@dataclass(frozen=True, slots=True)
class _Turn:
    """What the chain knows so far of one question."""

    reading: Reading
    hits: tuple[Hit, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    answer: Answer | None = None


class Assistant:
    """Answers questions from one index."""

    def __init__(self, index: HybridIndex) -> None:
        """Prepare names and citations of the index's policies."""
        self._index = index
        self._generation = ""
        self._shelf: Shelf
        self._citer: Citer
        self._refresh()
        self._chain: Runnable[Question, Answer] = (
            RunnableLambda(self._read)
            | RunnableLambda(self._retrieve)
            | RunnableLambda(self._answer)
            | RunnableLambda(self._finish)
        )

    def ask(self, question: Question) -> Answer:
        """Answer a question; a question that cannot be used gives an answer with an error."""
        problem = _problem(question)
        if problem is not None:
            return _failed(question, problem)
        started = time.perf_counter()
        self._refresh()
        answer = self._chain.invoke(question)
        seconds = round(time.perf_counter() - started, 4)
        return replace(answer, seconds={"total": seconds})

    def find(self, question: Question, *, top_k: int) -> list[Hit]:
        """The clauses that a question leads to, best first, with the scope that it names.

        Raises:
            ValueError: the question is blank or too long.
        """
        problem = _problem(question)
        if problem is not None:
            raise ValueError(problem)
        self._refresh()
        return self._look_up(read_question(question, self._shelf), top_k)

    def policies(self) -> list[Policy]:
        """The policies of the index."""
        return list(self._index.policies.values())

    def examples(self) -> tuple[str, ...]:
        """Questions that the index can answer, to offer before the first one."""
        return example_questions(self.policies(), count=_EXAMPLES)

    def clause(self, clause_id: str) -> Clause | None:
        """A clause by its id, or None."""
        return self._index.clause(clause_id)

    def _refresh(self) -> None:
        """Take over a new generation of the index."""
        generation = self._index.generation
        if generation == self._generation:
            return
        policies = self._index.policies
        texts = [clause.text for policy in policies.values() for clause in policy.clauses]
        self._shelf = Shelf(policies.values(), texts, words=self._index.lexical.words)
        self._citer = Citer(policies, self._index.documents)
        self._generation = generation

    def _read(self, question: Question) -> _Turn:
        return _Turn(read_question(question, self._shelf))

    def _retrieve(self, turn: _Turn) -> _Turn:
        several = turn.reading.several or not turn.reading.scope.policy_ids
        hits = self._look_up(turn.reading, _TOP_SEVERAL if several else _TOP_SINGLE)
        candidates = rank_sentences(turn.reading, hits)
        return replace(turn, hits=tuple(hits), candidates=tuple(candidates))

    def _look_up(self, reading: Reading, top_k: int) -> list[Hit]:
        return self._index.search(
            reading.topic,
            top_k=top_k,
            where=Scope(reading.scope.policy_ids),
            meaning=fold(reading.standalone),
            prefer=reading.preferred_kinds,
        )

    def _answer(self, turn: _Turn) -> _Turn:
        reading, candidates = turn.reading, turn.candidates
        clause = addressed_clause(reading, self.policies())
        if clause is not None:
            answer = self._answered(reading, [whole_clause(clause)], [])
            return replace(turn, answer=replace(answer, confidence=1.0))
        lexical, where = self._index.lexical, Scope(reading.scope.policy_ids)
        words = [word for word in set(lexical.words(reading.topic)) if len(word) > 1]
        strangers = self._index.strangers(sorted(words), where)
        cover = coverage(reading.topic, lexical)
        evidence = evidence_of(candidates, cover, strangers)
        reason = reason_to_refuse(reading, candidates, evidence)
        if reason is not None:
            return replace(turn, answer=self._refused(turn, reason))
        rows = self._rows(reading, candidates)
        parts = [] if rows else enumerate_parts(reading, turn.hits, cover)
        drafts = statements_of(rows) or parts or compose(reading, candidates)
        answer = self._answered(reading, drafts, rows)
        confidence = round(min(1.0, 0.5 * evidence.coverage + 0.5), 2)
        return replace(turn, answer=replace(answer, confidence=confidence))

    def _rows(self, reading: Reading, candidates: Sequence[Candidate]) -> list[Row]:
        if reading.several:
            cover = coverage(reading.topic, self._index.lexical)
            rows = rows_of(reading, candidates, self._index.policies, cover)
            return rows if len(rows) > 1 else []
        return rival_rows(rivals(reading, candidates))

    def _answered(
        self, reading: Reading, drafts: Sequence[DraftStatement], rows: Sequence[Row]
    ) -> Answer:
        numbered = self._citer.number(drafts)
        return replace(
            _blank(reading),
            text="".join(_marked(statement) for statement in numbered.statements),
            statements=numbered.statements,
            citations=numbered.citations,
            table=_table(rows, numbered.citations) if len(rows) > 1 else None,
        )

    def _refused(self, turn: _Turn, reason: Reason) -> Answer:
        scope = turn.reading.scope
        regions = [p.region.value for p in self.policies() if p.region]
        names = "、".join(dict.fromkeys(scope.unknown))
        text = {
            "not_in_corpus": NOT_IN_CORPUS.format(
                names=names, places="、".join(dict.fromkeys(regions))
            ),
            "not_specified": NOT_SPECIFIED.format(place="、".join(scope.names)),
            "out_of_scope": OUT_OF_SCOPE,
        }[reason]
        answer = replace(_blank(turn.reading), status="refused", reason=reason, text=text)
        return replace(answer, nearest=self._nearest(turn.candidates), confidence=0.0)

    def _nearest(self, candidates: Sequence[Candidate]) -> tuple[Citation, ...]:
        quotes: dict[str, Quote] = {}
        for candidate in candidates:
            quotes.setdefault(candidate.hit.clause.clause_id, candidate.quote)
        chosen = list(quotes.values())[:_NEAREST]
        return tuple(self._citer.cite(quote, number) for number, quote in enumerate(chosen, 1))

    def _finish(self, turn: _Turn) -> Answer:
        """The answer, or a refusal where no statement passed the check."""
        answer = turn.answer or _blank(turn.reading)
        if answer.status == "answered" and not answer.statements:
            return self._refused(turn, "not_specified")
        return answer


def _problem(question: Question) -> str | None:
    if not question.text.strip():
        return QUESTION_EMPTY
    if len(question.text) > MAX_CHARACTERS:
        return QUESTION_TOO_LONG.format(length=len(question.text), limit=MAX_CHARACTERS)
    return None


def _failed(question: Question, problem: str) -> Answer:
    text = question.text[:MAX_CHARACTERS]
    seconds = {"total": 0.0}
    return Answer(question.id, text, text, "error", text=problem, seconds=seconds, error=problem)


def _blank(reading: Reading) -> Answer:
    question = reading.question
    return Answer(question.id, question.text, reading.standalone, "answered")


def _marked(statement: Statement) -> str:
    """A statement with its marks, each on a line of its own where it holds a line break."""
    return statement.text + "".join(f"[{number}]" for number in statement.citations)


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
