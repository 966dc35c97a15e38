"""What the judge says of sentences found and of the answer made of them; pure but for the judge.

It reads a text as an official would: which document, which part of it, and the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from assistant.extractive import Candidate
from assistant.question import Reading
from assistant.schema import Answer
from index.judging import Judge

# The sentences that search puts first, and those that it puts close behind, are read with the
# question: two of them in the mean. Reading all of the first six changes nothing
# (docs/decisions/0020-a-judge-of-our-own.md has this and the other figures).
FIRST = 6
CLOSE = 2.0
# What a judgement is worth beside the score of search, and how far it is believed.
WEIGHT = 0.5
_SUREST = 5.0

# Below this log odds an answer is held back; its curve is in docs/evaluation.md.
DOUBT = -3.4

# As much of an answer as says what it is on.
_STATEMENTS = 3
_CHARACTERS = 420
_TITLE, _HEADING, _HEADINGS = 40, 24, 2
_YEAR = re.compile(r"[到至在]?(?<!\d)(?:19|20)\d\d年?[底末前]?")


def reordered(
    reading: Reading, candidates: Sequence[Candidate], judge: Judge | None
) -> tuple[Candidate, ...]:
    """The sentences found; of those close to the best, what the judge holds for answers is first.

    The scores stay with the places: what lies close behind the first is told by search.
    """
    first = tuple(c for c in candidates[:FIRST] if candidates[0].score - c.score < CLOSE)
    if judge is None or len(first) < 2 or reading.several:
        return tuple(candidates)
    texts = [_told(((c.hit.policy.title.value, c.hit.clause.path, c.text),)) for c in first]
    said = np.clip(judge.score(reading.standalone, texts), -_SUREST, _SUREST)
    scores = [candidate.score for candidate in first]
    order = np.argsort(-(scores + WEIGHT * said), kind="stable").tolist()
    placed = (
        replace(first[number], score=score) for number, score in zip(order, scores, strict=True)
    )
    return (*placed, *candidates[len(first) :])


def is_doubted(reading: Reading, answer: Answer, judge: Judge | None) -> bool:
    """Whether the judge says that the answer does not answer what was asked."""
    is_of_document = reading.kind == "basis" or "number_of_document" in reading.cues
    if judge is None or not answer.statements or is_of_document:
        return False  # the name of a document answers whatever is said around it
    told = _told(_stated(answer))
    asked = reading.standalone
    if not _YEAR.search(told):  # 到2025年: said once for a whole plan; ``told_years`` knows of it
        asked = _YEAR.sub("", asked)
    return float(judge.score(asked, [told])[0]) < DOUBT


def _stated(answer: Answer) -> Iterator[tuple[str, Sequence[str], str]]:
    """Title, headings and words of the statements."""
    cited = {citation.number: citation for citation in answer.citations}
    for statement in answer.statements[:_STATEMENTS]:
        citation = cited[statement.citations[0]]
        yield citation.title, citation.path, statement.text


def _told(parts: Iterable[tuple[str, Sequence[str], str]]) -> str:
    """Texts with the document and the headings that they stand under, each of those said once."""
    told, before = "", ""
    for title, path, text in parts:
        headings = " ".join(heading[:_HEADING] for heading in path[-_HEADINGS:])
        head = f"{title[:_TITLE]} {headings}："
        told += text if head == before else head + text
        before = head
    return told[:_CHARACTERS]
