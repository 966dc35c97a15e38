"""The chain from a question to a checked answer: read → retrieve → answer → verify."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answers import answered, failed, found, problem_of, refused
from assistant.asked_beside import with_asked_beside
from assistant.asked_figure import compared
from assistant.below import with_parts
from assistant.citations import Citer, DraftStatement
from assistant.comparison import Row, rows_of, statements_of
from assistant.counted import counted_parts
from assistant.echoes import echoes, leading_words
from assistant.enumeration import boxed_parts, enumerate_parts
from assistant.events import EndEvent, Event
from assistant.evidence import coverage, evidence_of, in_other_terms
from assistant.extractive import Candidate, compose
from assistant.findings import Material
from assistant.generative import Brief, Writer, read_by, told
from assistant.judged import is_doubted, reordered
from assistant.look_up import TOP_SEVERAL, look_up, retrieved
from assistant.mentioned import on_the_numbered
from assistant.model import ModelFailedError
from assistant.penalties import with_penalties
from assistant.question import Reading, read_question
from assistant.refusal import gives_no_value, reason_to_refuse
from assistant.rivals import rival_rows, rivals
from assistant.schema import Answer, Question, Reason
from assistant.scope import Shelf
from assistant.specialists import special_finding
from assistant.suggestions import example_questions, follow_ups
from assistant.tabled import tabled, with_columns
from assistant.target_table import target_table
from assistant.tracing import switch_off_tracing
from assistant.understanding import Understanding, understand
from assistant.verdict import ruled
from corpus.schema import Clause, Document, Policy
from index.judging import Judge
from index.schema import Hit, Scope
from index.search import HybridIndex

_EXAMPLES = 4
_FOLLOW_UPS = 3


@dataclass(frozen=True, slots=True)
class _Turn:
    """What the chain knows so far of one question."""

    reading: Reading
    hits: tuple[Hit, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    answer: Answer | None = None
    is_prose: bool = False  # neither a table nor a clause or list as it stands: can be worded
    failure: ModelFailedError | None = None


class Assistant:
    """Answers questions from one index."""

    def __init__(
        self, index: HybridIndex, *, writer: Writer | None = None, judge: Judge | None = None
    ) -> None:
        """Prepare the index's policies; ``writer`` words the answers, ``judge`` doubts them."""
        switch_off_tracing()
        self._index = index
        self._writer = writer
        self._judge = judge
        self._generation = ""
        self._shelf: Shelf
        self._citer: Citer
        self._refresh()
        self._chain: Runnable[Question, _Turn] = (
            RunnableLambda(self._read)
            | RunnableLambda(self._retrieve)
            | RunnableLambda(self._answer)
            | RunnableLambda(self._finish)
        )

    def ask(self, question: Question) -> Answer:
        """Answer a question; a question that cannot be used gives an answer with an error."""
        *_, end = self.stream(question)
        assert isinstance(end, EndEvent)
        return end.answer

    def stream(self, question: Question) -> Iterator[Event]:
        """Answer a question piece by piece; the last event holds what ``ask`` gives."""
        problem = problem_of(question)
        if problem is not None:
            yield EndEvent(failed(question, problem))
            return
        started = time.perf_counter()
        self._refresh()
        for event in self._events(self._chain.invoke(question)):
            if isinstance(event, EndEvent):
                seconds = round(time.perf_counter() - started, 4)
                event = EndEvent(replace(event.answer, seconds={"total": seconds}))
            yield event

    def find(self, question: Question, *, top_k: int) -> list[Hit]:
        """The clauses that a question leads to, best first, with the scope that it names.

        Raises:
            ValueError: the question is blank or too long.
        """
        problem = problem_of(question)
        if problem is not None:
            raise ValueError(problem)
        self._refresh()
        return look_up(self._index, read_question(question, self._shelf), top_k)

    def policies(self) -> list[Policy]:
        """The policies of the index."""
        return list(self._index.policies.values())

    def examples(self) -> tuple[str, ...]:
        """Questions that the index can answer, to offer before the first one."""
        return example_questions(self.policies(), count=_EXAMPLES)

    def clause(self, clause_id: str) -> Clause | None:
        """A clause by its id, or None."""
        return self._index.clause(clause_id)

    def document(self, name: str) -> Document | None:
        """A document by its file name, or None."""
        return self._index.documents.get(name)

    def understand(self, answer: Answer) -> Understanding:
        """How the question of an answer was read, and what can be asked next."""
        policies = self.policies()
        names = understand(answer.standalone_question, self._shelf, policies)
        return replace(names, follow_ups=follow_ups(answer, policies, count=_FOLLOW_UPS))

    def _refresh(self) -> None:
        """Take over a new generation of the index."""
        generation = self._index.generation
        if generation == self._generation:
            return
        policies = self._index.policies
        texts = [clause.text for policy in policies.values() for clause in policy.clauses]
        mend = self._index.mend if self._index.knowledge.homophones else None
        words = self._index.lexical.words
        self._shelf = Shelf(policies.values(), texts, words=words, mend=mend)
        self._citer = Citer(policies, self._index.documents)
        self._generation = generation

    def _events(self, turn: _Turn) -> Iterator[Event]:
        assert turn.answer is not None
        brief = Brief(turn.reading, turn.candidates, turn.answer, self._citer)
        return told(brief, self._writer if turn.is_prose else None, turn.failure)

    def _read(self, question: Question) -> _Turn:
        reading, failure = read_by(self._writer, question, self._shelf)
        return _Turn(reading, failure=failure)

    def _retrieve(self, turn: _Turn) -> _Turn:
        reading, hits, candidates = retrieved(self._index, turn.reading, self._shelf)
        candidates = with_penalties(reading, on_the_numbered(reading.topic, candidates))
        return replace(turn, reading=reading, hits=tuple(hits), candidates=tuple(candidates))

    def _answer(self, turn: _Turn) -> _Turn:
        reading, candidates = turn.reading, turn.candidates
        lexical = self._index.lexical
        finding = special_finding(Material(reading, self._index.policies, lexical.words))
        if finding is not None:
            return replace(turn, answer=found(reading, finding, self._citer))
        words = [word for word in set(lexical.words(reading.topic)) if len(word) > 1]
        strangers = self._index.strangers(sorted(words), Scope(reading.scope.policy_ids))
        cover = coverage(reading.topic, lexical)
        told = in_other_terms(reading.topic, lexical, cover)
        evidence = evidence_of(candidates, told, strangers)
        reason = reason_to_refuse(reading, candidates, evidence)
        if reason is not None:
            return replace(turn, answer=self._refused(turn, reason))
        candidates = reordered(reading, candidates, self._judge)
        turn = replace(turn, candidates=candidates)
        policies = self._index.policies
        rows = _rows(self._index, reading, candidates, cover)
        table = target_table(reading, rows, policies, partial(coverage, lexical=lexical))
        if table is not None:
            return replace(turn, answer=found(reading, table, self._citer))
        listed = None if rows else tabled(reading, candidates, cover)
        if listed is not None:
            return replace(turn, answer=found(reading, listed, self._citer))
        parts = [] if rows else _parts(reading, turn.hits, cover)
        said = statements_of(rows) or parts
        # The documents that were asked about say nothing of it, or give no figure.
        if rows and (not said or gives_no_value(reading, said)):
            return replace(turn, answer=self._refused(turn, "not_specified"))
        drafts = said or _decided(reading, candidates, cover)
        answer = answered(reading, drafts, rows, self._citer)
        if not rows and is_doubted(reading, answer, self._judge):
            return replace(turn, answer=self._refused(turn, "not_specified"))
        answer = replace(answer, confidence=round(min(1.0, 0.5 * evidence.coverage + 0.5), 2))
        return replace(turn, answer=answer, is_prose=not rows and not parts)

    def _refused(self, turn: _Turn, reason: Reason) -> Answer:
        return refused(
            turn.reading, reason, turn.candidates, citer=self._citer, policies=self.policies()
        )

    def _finish(self, turn: _Turn) -> _Turn:
        """A refusal where no statement passed the check."""
        answer = turn.answer
        if answer is None or (answer.status == "answered" and not answer.statements):
            answer = self._refused(turn, "not_specified")
        return replace(turn, answer=answer)


def _rows(
    index: HybridIndex,
    reading: Reading,
    candidates: Sequence[Candidate],
    cover: Callable[[str], float],
) -> list[Row]:
    if not reading.several:
        return rival_rows(rivals(reading, candidates, cover))

    def same(best: Candidate) -> dict[str, Candidate]:
        words = leading_words(best, cover)
        hits = index.search(words, top_k=TOP_SEVERAL)
        return echoes(hits, coverage(words, index.lexical))

    def is_strange(word: str) -> bool:
        words = index.lexical.words(word)
        return bool(index.strangers(words, Scope(reading.scope.policy_ids)))

    return rows_of(reading, candidates, index.policies, cover, same=same, is_strange=is_strange)


def _decided(
    reading: Reading, candidates: Sequence[Candidate], cover: Callable[[str], float]
) -> list[DraftStatement]:
    drafts = ruled(reading, compose(reading, candidates), cover)
    drafts = with_parts(reading, compared(reading, candidates, drafts), candidates)
    drafts = with_asked_beside(reading, drafts)
    return with_columns(drafts, candidates)


def _parts(
    reading: Reading, hits: Sequence[Hit], cover: Callable[[str], float]
) -> list[DraftStatement]:
    boxed = boxed_parts(reading, hits) or counted_parts(reading, hits)
    return boxed or enumerate_parts(reading, hits, cover)
