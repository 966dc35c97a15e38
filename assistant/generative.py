"""Answers that a language model words, statement by statement, each checked before it is shown.

The clauses, their numbers and the quotes come from the index. A statement whose figures, dates,
文号, units, places or words are not those of a clause that it cites is replaced by the sentence of
that clause. Where the model fails in any way the answer of the default engine stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from assistant.citation_keys import Written, statements_in, without_thoughts
from assistant.citations import Citer, DraftStatement, text_of
from assistant.events import CitationEvent, EndEvent, Event, ResetEvent, StatementEvent, events_of
from assistant.extractive import Candidate
from assistant.materials import DEFAULT_CHARACTERS, materials_of, supporting_quote
from assistant.model import ChatModel, Failure, ModelFailedError, model_of
from assistant.model_prompts import Material, Request, answer_request, no_answer, rewrite_request
from assistant.prompts import MODEL_FAILED, MODEL_PROBLEMS
from assistant.question import MAX_CHARACTERS, Reading, read_question
from assistant.rewriting import accepted
from assistant.schema import Answer, Citation, Question
from assistant.scope import Shelf
from assistant.settings import Settings
from assistant.support import is_borne
from corpus.sentences import split_sentences

_MAX_STATEMENTS = 12
_MAX_CHARACTERS = 600  # of one statement; what is longer has lost its way
_HISTORY = 3  # earlier questions that a follow-up can lean on


@dataclass(frozen=True, slots=True)
class Brief:
    """What an answer is written from; ``default`` stands where the model fails."""

    reading: Reading
    candidates: Sequence[Candidate]
    default: Answer
    citer: Citer


class Writer:
    """Words answers, and reads follow-ups, by a language model."""

    def __init__(self, model: ChatModel, *, max_characters: int = DEFAULT_CHARACTERS) -> None:
        """Hold the model, and how many characters of clauses it gets to read."""
        self._model = model
        self._max_characters = max_characters

    def read(self, question: Question, shelf: Shelf) -> Reading:
        """Read a question; a follow-up as the model puts it, where that says what was said.

        Raises:
            ModelFailedError: the model gave no reply.
        """
        history = [text for text in question.history if len(text) <= MAX_CHARACTERS][-_HISTORY:]
        by_rules = read_question(question, shelf)
        if not history:
            return by_rules
        messages = rewrite_request(question.text, history)
        with closing(self._model.reply(messages)) as pieces:
            reply = "".join(without_thoughts(pieces))
        standalone = accepted(reply, question.text, history)
        if standalone is None:
            return by_rules
        return replace(read_question(Question(standalone, question.id), shelf), question=question)

    def write(self, brief: Brief) -> Iterator[Event]:
        """The answer as it is written and checked; the default one where the model fails."""
        told = False
        try:
            for event in self._composed(brief):
                told = True
                yield event
        except ModelFailedError as failure:
            if told:
                yield ResetEvent()
            yield from events_of(_explained(brief.default, failure))

    def _composed(self, brief: Brief) -> Iterator[Event]:
        """What the model says, checked.

        Raises:
            ModelFailedError: it failed, declined, or said nothing that passed the check.
        """
        materials = materials_of(brief.candidates, max_characters=self._max_characters)
        request = answer_request(brief.reading.standalone, materials)
        page = _Page(brief, request)
        with closing(self._model.reply(request.messages)) as pieces:
            for written in statements_in(without_thoughts(pieces), request.keys):
                yield from page.add(written)
                if page.is_full:
                    break
        if not page.own:
            reason: Failure = "declined" if page.declined else "unusable"
            raise ModelFailedError(reason, withheld=page.withheld)
        yield EndEvent(page.answer())


class _Page:
    """An answer in the making."""

    def __init__(self, brief: Brief, request: Request) -> None:
        self._brief = brief
        self._keys = request.keys
        self._drafts: list[DraftStatement] = []
        self._told: dict[int, Citation] = {}
        self.withheld = 0
        self.own = 0  # statements in the model's words
        self.declined = False

    @property
    def is_full(self) -> bool:
        """Whether no more is wanted: enough was said, or that there is nothing to say."""
        return self.declined or len(self._drafts) + self.withheld >= _MAX_STATEMENTS

    def add(self, written: Written) -> Iterator[Event]:
        """Check what was written sentence by sentence, and tell what of it can be shown."""
        if no_answer() in written.text:
            self.declined = not self._drafts
            return
        for sentence in split_sentences(written.text):
            text = written.text[sentence.start : sentence.end]
            draft = self._checked(text, [self._keys[key] for key in written.keys])
            if draft is not None and draft not in self._drafts:
                self._drafts.append(draft)
                yield from self._told_of_last()

    def _told_of_last(self) -> Iterator[Event]:
        numbered = self._brief.citer.number(self._drafts)
        for citation in numbered.citations:
            if self._told.get(citation.number) != citation:
                self._told[citation.number] = citation
                yield CitationEvent(citation)
        yield StatementEvent(numbered.statements[-1])

    def answer(self) -> Answer:
        """All that was shown, as an answer."""
        numbered = self._brief.citer.number(self._drafts)
        return replace(
            self._brief.default,
            text=text_of(numbered.statements),
            statements=numbered.statements,
            citations=numbered.citations,
            engine="generative",
            withheld=self.withheld,
        )

    def _checked(self, text: str, cited: Sequence[Material]) -> DraftStatement | None:
        """The sentence with its quotes, what stands in its place, or None.

        A clause that bears it alone is cited alone: a key behind two sentences counts for both.
        """
        quotes = tuple(supporting_quote(each.clause, text) for each in cited)
        choices = [(place,) for place in range(len(cited))] if len(cited) > 1 else []
        for places in (*choices, tuple(range(len(cited)))):
            draft = DraftStatement(text, tuple(quotes[place] for place in places))
            if draft.quotes and self._stands(draft, [cited[place] for place in places]):
                self.own += 1
                return draft
        self.withheld += 1
        return self._in_place_of(cited[0].clause.clause_id) if cited else None

    def _in_place_of(self, clause_id: str) -> DraftStatement:
        """The sentence of a clause that answers the question best, in its own words."""
        own = [c for c in self._brief.candidates if c.hit.clause.clause_id == clause_id]
        best = next((c for c in own if c.is_substance), own[0])
        return DraftStatement(best.text, (best.quote,))

    def _stands(self, draft: DraftStatement, cited: Sequence[Material]) -> bool:
        """Whether figures, dates, 文号, units, places and words are those of the clauses."""
        citer, reading = self._brief.citer, self._brief.reading
        if len(draft.text) > _MAX_CHARACTERS or citer.missing(draft):
            return False
        regions = [each.policy.region.value for each in cited if each.policy.region]
        evidence = "\n".join((citer.evidence(draft), *regions))
        return is_borne(draft.text, evidence, question=reading.question.text)


def writer_of(settings: Settings) -> Writer | None:
    """The writer that the settings ask for, or None where they name no model.

    Raises:
        SettingInvalid: what they say of the model cannot be used.
    """
    model = model_of(settings)
    if model is None:
        return None
    return Writer(model, max_characters=int(settings.llm_characters))


def read_by(
    writer: Writer | None, question: Question, shelf: Shelf
) -> tuple[Reading, ModelFailedError | None]:
    """A question as the writer reads it; by rules where there is none or it fails."""
    if writer is None:
        return read_question(question, shelf), None
    try:
        return writer.read(question, shelf), None
    except ModelFailedError as failure:
        return read_question(question, shelf), failure


def told(brief: Brief, writer: Writer | None, failure: ModelFailedError | None) -> Iterator[Event]:
    """An answer as events: by the writer, or as it is where it refuses or nobody is to word it.

    Args:
        brief: what there is to say.
        writer: words it, if anybody does.
        failure: what the writer failed by when it read; it is not asked again, it would not write.
    """
    if failure is not None:
        return events_of(_explained(brief.default, failure))
    if writer is None or brief.default.status != "answered":
        return events_of(brief.default)
    return writer.write(brief)


def _explained(answer: Answer, failure: ModelFailedError) -> Answer:
    """The default engine's answer with a note that says why it stands."""
    note = MODEL_FAILED.format(problem=MODEL_PROBLEMS[failure.reason])
    return replace(answer, note=note, withheld=failure.withheld)
