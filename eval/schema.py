"""The nouns of the evaluation: gold questions, their corpus, estimates, runs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from corpus.schema import Document, Policy

TYPES = (
    "fact",
    "number",
    "list",
    "responsible_unit",
    "definition",
    "basis",
    "date",
    "yesno",
    "compare",
    "aggregate",
    "followup",
    "false_premise",
    "ambiguous",
    "unanswerable",
)

SPLITS = ("dev", "test", "all")

Json = dict[str, Any]
"""An object of the contracts: an answer, a hit, a citation."""

Reply = tuple[Json, list[Json] | None, float]
"""Answer, clauses found (None from a system that does not show them), seconds of the answer."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a complete answer must cite: verbatim in a document, named by its file stem."""

    doc: str
    quote: str


@dataclass(frozen=True, slots=True)
class GoldRecord:
    """A gold question with the evidence and the facts that a complete answer needs.

    Of each fact any of its forms suffices. ``answer`` is a model answer in prose, where there is
    one; the texts are measured against it, and against the evidence where there is none.
    """

    id: str
    type: str
    question: str
    answerable: bool
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    history: tuple[str, ...] = ()
    answer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoldFile:
    """A file of gold records: its name, the hash of its bytes, how many records were used."""

    file: str
    sha256: str
    records: int


@dataclass(frozen=True, slots=True)
class Gold:
    """Gold records in the order of their files."""

    records: tuple[GoldRecord, ...]
    files: tuple[GoldFile, ...]
    split: str = "all"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents and policies that quotes are held against."""

    texts: Mapping[str, str]  # decoded text by file name
    policies: tuple[Policy, ...]
    sha256: str

    @classmethod
    def of(cls, documents: Iterable[Document], policies: Iterable[Policy]) -> Corpus:
        """The corpus of a library or of an index; the hash is over names and bytes of its files."""
        kept = sorted(documents, key=lambda document: document.name)
        names = "".join(f"{document.name}\0{document.sha256}\n" for document in kept)
        digest = hashlib.sha256(names.encode("utf-8", "replace")).hexdigest()
        return cls({document.name: document.text for document in kept}, tuple(policies), digest)

    @property
    def clauses(self) -> int:
        """How many clauses the policies have."""
        return sum(len(policy.clauses) for policy in self.policies)


class System(Protocol):
    """What is evaluated; ``answer`` may be called from several threads."""

    @property
    def name(self) -> str:
        """Names the system in run files and tables."""

    def answer(self, record: GoldRecord) -> Reply:
        """Answer a gold question, of which only question, history and id may be looked at.

        Raises:
            EvaluationError, IndexingError: it cannot answer at all; the run stops and can go on.
        """


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure over ``n`` questions with its interval."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Scored:
    """A line of answers.jsonl: what was asked and expected, what came back, how good it is."""

    id: str
    type: str
    question: str
    history: tuple[str, ...]
    answerable: bool
    gold: Json
    answer: Json
    hits: Sequence[Json]
    measures: Mapping[str, float]
    seconds: float


@dataclass(frozen=True, slots=True)
class RunManifest:
    """What a run was made of; ``complete`` is written last, and nothing counts before."""

    system: str
    settings: Mapping[str, str]
    gold: tuple[GoldFile, ...]
    split: str
    commit: str
    code: str  # hash of the program's own files: a checkout may hold more than its commit
    corpus: Mapping[str, str | int]
    model: str
    seed: int
    machine: Mapping[str, str | int]
    workers: int
    engine: str = ""
    started_at: str = ""
    finished_at: str = ""
    complete: bool = False
    schema: int = 1


@dataclass(frozen=True, slots=True)
class Run:
    """A complete run as read from its folder."""

    name: str
    manifest: RunManifest
    rows: tuple[Scored, ...]
