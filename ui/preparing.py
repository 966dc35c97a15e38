"""The first index: made while the server listens already, which says meanwhile how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.events import EndEvent, Event
from assistant.schema import Answer, Question
from assistant.understanding import Understanding
from corpus.schema import Clause, Document, Policy
from index.errors import IndexingError, IndexMissing
from index.schema import Hit
from ui.problems import translated
from ui.rebuilding import RebuildFailed, Tell
from ui.service import AssistantService
from ui.text import Wording

Stage = Literal["reading", "embedding", "opening", "busy", "failed"]

_AGAIN_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class _State:
    """How far it is, or why it does not go on."""

    stage: Stage = "reading"
    done: int = 0
    total: int = 0
    message: str = ""


class LateAssistant:
    """An assistant that comes when its index is complete; until then every answer says so.

    Where the index cannot be made, it is looked for again and again: somebody may mend what is
    wrong and run `wenzheng build` beside the server.
    """

    def __init__(
        self,
        *,
        opens: Callable[[], AssistantService],
        builds: Callable[[Tell], list[str]],
        wording: Wording,
        tells: Callable[[str], None],
        again_seconds: float = _AGAIN_SECONDS,
    ) -> None:
        """Nothing starts before `start`.

        Args:
            opens: the assistant over the index; raises `IndexMissing` while there is none.
            builds: makes the index, and gives what could not be read.
            wording: the language of answers until it is there.
            tells: is told in one line of what becomes of it.
            again_seconds: between two attempts.
        """
        self._opens = opens
        self._builds = builds
        self._wording = wording
        self._tells = tells
        self._again_seconds = again_seconds
        self._state = _State()
        self._service: AssistantService | None = None

    def start(self) -> None:
        """Make the index in a thread of its own."""
        threading.Thread(target=self._prepare, name="first index", daemon=True).start()

    def arrived(self, service: AssistantService) -> None:
        """From here on this assistant answers."""
        self._service = service

    def preparing(self, wording: Wording) -> str:
        """How far the index is, in a sentence; empty once it answers."""
        if self._service is not None:
            return ""
        state = self._state
        share = 100 * state.done // state.total if state.total else 0
        sentence = wording.group("preparing")[state.stage]
        reason = translated(state.message, wording) or state.message
        return sentence.format(share=share, message=reason)

    def ask(self, question: Question) -> Answer:
        """Answer a question, or say that it is too early."""
        if self._service is not None:
            return self._service.ask(question)
        text = question.text
        return Answer(question.id, text, text, "error", error=self.preparing(self._wording))

    def stream(self, question: Question) -> Iterator[Event]:
        """The same piece by piece."""
        if self._service is not None:
            yield from self._service.stream(question)
        else:
            yield EndEvent(self.ask(question))

    def understand(self, answer: Answer) -> Understanding:
        """How the question was read."""
        return self._service.understand(answer) if self._service else Understanding()

    def find(self, question: Question, *, top_k: int) -> list[Hit]:
        """The clauses that a question leads to.

        Raises:
            IndexMissing: there is no index yet.
        """
        if self._service is None:
            raise IndexMissing(self.preparing(self._wording))
        return self._service.find(question, top_k=top_k)

    def policies(self) -> Sequence[Policy]:
        """The policies of the library; none before it is there."""
        return self._service.policies() if self._service else ()

    def clause(self, clause_id: str) -> Clause | None:
        """The clause with this id."""
        return self._service.clause(clause_id) if self._service else None

    def document(self, name: str) -> Document | None:
        """The document with this file name."""
        return self._service.document(name) if self._service else None

    def _prepare(self) -> None:
        while not self._opened():
            if self._state.stage != "failed":
                self._build()
            if self._state.stage in ("busy", "failed"):
                threading.Event().wait(self._again_seconds)
        self._tells("the index is complete; questions are answered")

    def _opened(self) -> bool:
        try:
            self.arrived(self._opens())
        except IndexMissing:
            return False
        except IndexingError as error:
            self._failed(str(error))
            return False
        return True

    def _build(self) -> None:
        try:
            self._builds(self._tell)
        except OSError as error:
            self._failed(str(error))
        except RebuildFailed as error:
            if error.busy:  # another process makes it
                self._state = _State("busy")
            else:
                self._failed(str(error))
        else:
            self._state = _State("opening")

    def _failed(self, message: str) -> None:
        if self._state.message != message:
            self._tells(f"the index was not made: {message}")
        self._state = _State("failed", message=message)

    def _tell(self, done: int, total: int) -> None:
        self._state = replace(self._state, stage="embedding", done=done, total=total)
