"""What the web server is given: the assistant that it serves, and what a deployment chose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.events import Event
from assistant.schema import Answer, Question
from assistant.secret import Secret
from assistant.settings import Settings
from assistant.understanding import Understanding
from corpus.schema import Clause, Document, Policy
from index.schema import Hit
from ui.text import Language


class AssistantService(Protocol):
    """What the server needs of the assistant; every method may be called from many threads."""

    def ask(self, question: Question) -> Answer:
        """Answer a question."""

    def stream(self, question: Question) -> Iterator[Event]:
        """Answer a question piece by piece; the last event holds what ``ask`` gives."""

    def understand(self, answer: Answer) -> Understanding:
        """How the question of an answer was read, and what can be asked next."""

    def find(self, question: Question, *, top_k: int) -> list[Hit]:
        """The clauses that a question leads to, best first."""

    def policies(self) -> Sequence[Policy]:
        """The policies of the library in the order to list them."""

    def clause(self, clause_id: str) -> Clause | None:
        """The clause with this id; None where there is none."""

    def document(self, name: str) -> Document | None:
        """The document with this file name; None where there is none."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What a deployment may choose of the web server."""

    examples: tuple[str, ...] = ()  # offered before the first question; empty: some of the library
    language: Language = "zh"  # of error sentences and of the pages of clauses
    max_question_chars: int = 2_000
    max_history: int = 50
    max_body_bytes: int = 1_048_576
    max_file_bytes: int = 64 * 2**20  # of a document that an administrator adds
    body_seconds: float = 30.0  # longest time that a request may take to arrive, files aside
    request_seconds: float = 180.0  # longest time that an answer may take
    require_key: bool = False  # whether programs need a key
    login: bool = False  # whether people log in before they use the pages
    login_hours: float = 12.0
    requests_per_minute: int = 0  # of one key, user or address; 0: no limit
    data_folder: str = ""  # where originals are kept; empty: none are
    retention_days: int = 0  # that records are kept; 0: for good
    channel_secret: Secret = field(default=Secret())
    pages: bool = True  # whether people are served, too, and not programs only

    @classmethod
    def of(cls, settings: Settings, *, examples: tuple[str, ...] = ()) -> WebSettings:
        """What the settings of the deployment say."""
        return cls(
            examples=examples,
            data_folder=str(settings.data_folder),
            request_seconds=float(settings.request_seconds),
            require_key=settings.require_key == "1",
            login=settings.login == "1",
            login_hours=float(settings.login_hours),
            requests_per_minute=int(settings.requests_per_minute),
            retention_days=int(settings.retention_days),
            channel_secret=settings.channel_secret,
        )
