"""Where a sentence comes from: the clause that prints it, or the one that comes nearest; pure.

Words are compared without widths, signs and white space; what is shown is always what the document
prints, so that an altered figure shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest

from assistant.citations import DraftStatement, Quote
from assistant.findings import Finding, Material
from assistant.language import language
from assistant.prompts import BY_POLICY, TRACE_NONE, TRACE_SIMILAR
from corpus.citation_forms import citation
from corpus.schema import Clause, Policy
from corpus.sentences import split_sentences
from index.folding import fold

_MIN_QUOTED = 8  # characters; fewer are a term, which many sentences hold
_MIN_SIMILAR = 0.85
_MIN_NEAREST = 0.4
_COMPARED = 12  # sentences that share most pairs of characters are compared in full
_MAX_SOURCES = 5
_NEAREST = 3
_QUOTED = re.compile(r"[“「『\"](.+)[”」』\"]", re.DOTALL)
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of a policy."""

    policy: Policy
    quote: Quote


def traced(material: Material) -> Finding | None:
    """The clauses that print a sentence of the question, or None where it asks for no source."""
    wanted = _words(_sentence_of(material.reading.question.text))
    if len(wanted) < _MIN_QUOTED:
        return None
    policies = material.policies.values()
    exact = list(_exact(policies, wanted))
    if exact:
        return Finding(drafts=tuple(map(_said, exact[:_MAX_SOURCES])), joint="\n")
    near = _similar(policies, wanted)
    alike = [place for score, place in near if score >= _MIN_SIMILAR]
    if alike:
        return Finding(drafts=(_said(alike[0]),), lead=TRACE_SIMILAR)
    nearest = tuple(place.quote for score, place in near if score >= _MIN_NEAREST)
    return Finding(lead=TRACE_NONE, reason="not_specified", nearest=nearest[:_NEAREST])


def _sentence_of(question: str) -> str:
    """The sentence whose source is asked for; empty where none is."""
    form = language().forms["trace"]
    quoted = _QUOTED.search(question)
    if quoted:
        around = question[: quoted.start()] + " " + question[quoted.end() :]
        return quoted[1] if form.search(fold(around)) else ""
    if not form.search(fold(question)):
        return ""
    before, *behind = re.split(r"[:：]", question, maxsplit=1)
    return behind[0] if behind and form.search(fold(before)) else ""


@lru_cache(maxsize=16384)  # clauses stay the same from question to question
def _words(text: str) -> str:
    return _NO_WORD.sub("", fold(text))


def _exact(policies: Iterable[Policy], wanted: str) -> Iterator[_Place]:
    """Places that print the sentence, in each policy the deepest clause that holds it."""
    for policy in policies:
        holders = [clause for clause in policy.clauses if wanted in _words(clause.text)]
        starts: set[int] = set()
        for clause in sorted(holders, key=lambda clause: len(clause.text)):
            quote = _run(clause, wanted)
            start = clause.source_span(quote.start, quote.end)[0]
            if start not in starts:
                starts.add(start)
                yield _Place(policy, quote)


def _run(clause: Clause, wanted: str) -> Quote:
    """The fewest sentences of a clause that hold the words."""
    sentences = split_sentences(clause.text)
    for length in range(1, len(sentences) + 1):
        for first in range(len(sentences) - length + 1):
            start, end = sentences[first].start, sentences[first + length - 1].end
            if wanted in _words(clause.text[start:end]):
                return Quote(clause, start, end)
    return Quote(clause, 0, len(clause.text))


def _similar(policies: Iterable[Policy], wanted: str) -> list[tuple[float, _Place]]:
    """The sentences that are most alike, best first, each with its likeness from 0 to 1."""
    pairs = _pairs(wanted)
    shared = [
        (len(pairs & _pairs(_words(text))), number, _Place(policy, quote))
        for number, (policy, quote, text) in enumerate(_sentences(policies))
    ]
    likely = nlargest(_COMPARED, shared, key=lambda item: (item[0], -item[1]))
    scored = [
        (SequenceMatcher(None, wanted, _words(place.quote.text), autojunk=False).ratio(), place)
        for count, _, place in likely
        if count
    ]
    return sorted(scored, key=lambda item: -item[0])


def _sentences(policies: Iterable[Policy]) -> Iterator[tuple[Policy, Quote, str]]:
    """The sentences of policies, each once, in its deepest clause."""
    for policy in policies:
        seen: set[str] = set()
        for clause in sorted(policy.clauses, key=lambda clause: len(clause.text)):
            for sentence in split_sentences(clause.text):
                text = clause.text[sentence.start : sentence.end]
                if text not in seen:
                    seen.add(text)
                    yield policy, Quote(clause, sentence.start, sentence.end), text


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))


def _said(place: _Place) -> DraftStatement:
    form = citation(place.quote.clause, place.policy)
    return DraftStatement(BY_POLICY.format(name=form, text=place.quote.text), (place.quote,))
