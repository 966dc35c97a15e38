"""Answers made of the documents' own sentences; needs no language model.

The best sentence comes first in importance, not always first in the text: the sentences of one
clause are given in the order in which they stand.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.announced import announcer_of, with_items
from assistant.citations import DraftStatement, Quote
from assistant.fitting import fit
from assistant.language import language, without_number
from assistant.question import Reading
from assistant.unit_words import is_unit_tail, names_units, overall_units, units_said
from corpus.schema import Clause
from corpus.sentences import split_sentences
from index.chunking import MAX_CHARS
from index.folding import fold
from index.schema import Hit

MAX_CHARACTERS = 280  # of an answer from one document; officials want a line, not a page
_MAX_SENTENCES = 5
_MAX_CLAUSES = 3
# How far behind the best sentence another may be: within its clause, and in another clause.
_CLOSE_SAME_CLAUSE = 3.0
_CLOSE_OTHER_CLAUSE = 1.25
_CLOSE_OF_A_LIST = 1.5  # likewise, where several things are asked for
_CLOSE_OF_ONE_FACT = 0.3  # in another clause, where what is asked for stands in one
_ONE_FACT = frozenset({"unit", "basis", "definition", "date"})
_ASKED_FOR = 2.5  # a line whose kind is asked for has few words that could match
_FIT_WEIGHT = 1.0  # of the form of a sentence beside what search says of it
# What every notice says of the plan behind it.
_FORMULA = re.compile(
    r"印发给你们|(?:请|望)[^。，]{0,12}(?:贯彻|遵照|组织|抓好)[^。，]{0,6}(?:执行|落实|实施)"
)
_RULE = re.compile(r"\d|百分之|不得|应当|必须|严禁|禁止")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit with its score as an answer; higher is better."""

    hit: Hit
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        """The sentence."""
        return self.hit.clause.text[self.start : self.end]

    @property
    def similarity(self) -> float:
        """The cosine to the question of the passage that comes nearest in the sentence."""
        inside = (p for p in self.hit.passages if p.start < self.end and self.start < p.end)
        return max((passage.similarity for passage in inside), default=0.0)

    @property
    def is_substance(self) -> bool:
        """Whether the sentence says more than the heading or the units of its clause."""
        bare = is_own_heading(self.hit.clause, self.text) or is_unit_tail(self.text)
        return not bare and _FORMULA.search(self.text) is None

    @property
    def quote(self) -> Quote:
        """The sentence as a quote."""
        return Quote(self.hit.clause, self.start, self.end)


def rank_sentences(reading: Reading, hits: Sequence[Hit]) -> list[Candidate]:
    """Sentences of the hits by how well they answer, best first."""
    found: dict[tuple[str, int, int], Candidate] = {}
    for hit in hits:
        for passage, (start, end) in zip(hit.passages, _sentences_of(hit), strict=True):
            start = behind_number(hit.clause, start)
            text = hit.clause.text[start:end]
            candidate = Candidate(hit, start, end, _score(reading, hit, passage.score, text))
            known = found.get((hit.clause.clause_id, start, end))
            if text and (known is None or known.score < candidate.score):
                found[hit.clause.clause_id, start, end] = candidate
    return sorted(found.values(), key=lambda c: (-c.score, c.hit.rank, c.start))


def _sentences_of(hit: Hit) -> Iterator[tuple[int, int]]:
    """For each passage of a hit the sentence that it is, or is a piece of: long ones are cut."""
    wholes = {passage.start: passage.end for passage in hit.passages}
    if any(passage.end - passage.start >= MAX_CHARS for passage in hit.passages):
        wholes = {sentence.start: sentence.end for sentence in split_sentences(hit.clause.text)}
    starts = sorted(wholes)
    for passage in hit.passages:
        place = bisect_right(starts, passage.start) - 1
        start = starts[place] if place >= 0 else passage.start
        yield start, max(wholes.get(start, passage.end), passage.end)


def compose(
    reading: Reading, candidates: Sequence[Candidate], *, max_characters: int = MAX_CHARACTERS
) -> list[DraftStatement]:
    """The statements of an answer from one document, from at least one candidate."""
    best = candidates[0]
    if _is_asked_for(reading, best.hit.clause) and len(best.hit.clause.text) <= MAX_CHARACTERS:
        clause = best.hit.clause  # all six issuers, or none
        return [
            DraftStatement(" ".join(clause.text.split()), (Quote(clause, 0, len(clause.text)),))
        ]
    if _asks_for_units_of(reading, best):
        candidates = [best]
    chosen = _with_items(reading, _chosen(reading, candidates, max_characters))
    chosen.sort(key=lambda c: (c.hit.clause is not best.hit.clause, c.hit.rank, c.start))
    statements = [DraftStatement(c.text, (c.quote,)) for c in chosen if not is_unit_tail(c.text)]
    if "unit" in {reading.kind, *reading.also} or is_unit_tail(best.text):
        statements += _units_of(best, chosen)
    return statements or [DraftStatement(best.text, (best.quote,))]


def _asks_for_units_of(reading: Reading, best: Candidate) -> bool:
    """Whether a follow-up only asks who is to do what the question before it was on."""
    only = reading.kind == "unit" and not reading.also and bool(reading.question.history)
    return only and best.is_substance and bool(units_said(best.hit))


def _units_of(best: Candidate, chosen: Sequence[Candidate]) -> list[DraftStatement]:
    """The units of the best sentence's clause, where what is quoted of it does not name them."""
    if not names_units(best.hit) and not any(names_units(c.hit) for c in chosen):
        return overall_units(best.hit.policy)
    said = units_said(best.hit)
    quoted = [(c.hit.clause, c.start, c.end) for c in chosen if not is_unit_tail(c.text)]
    return [
        draft
        for draft in said
        for q in draft.quotes
        if not any(clause is q.clause and s <= q.start and q.end <= e for clause, s, e in quoted)
    ]


def _chosen(
    reading: Reading, candidates: Sequence[Candidate], max_characters: int
) -> list[Candidate]:
    """The best sentence and those of its document that come near it, as far as there is room."""
    best = candidates[0]
    elsewhere = _reach_elsewhere(reading)
    chosen = [best]
    clauses = {best.hit.clause.clause_id}
    room = max_characters - len(best.text)
    for other in candidates[1:]:
        own = other.hit.clause.clause_id
        reach = _CLOSE_SAME_CLAUSE if own == best.hit.clause.clause_id else elsewhere
        if not best.is_substance and own == best.hit.clause.clause_id and len(chosen) == 1:
            reach = math.inf  # a heading or a list of units needs the words that it stands with
        if best.score - other.score > reach or other.hit.policy is not best.hit.policy:
            continue
        if len(chosen) >= _MAX_SENTENCES or (own not in clauses and len(clauses) >= _MAX_CLAUSES):
            continue
        if len(other.text) <= room and other.is_substance:
            chosen.append(other)
            clauses.add(own)
            room -= len(other.text)
    if len(chosen) > 1 and not best.is_substance:
        chosen.remove(best)
    return chosen


def _reach_elsewhere(reading: Reading) -> float:
    """How far behind the best sentence one of another clause may be."""
    if reading.kind in _ONE_FACT:
        return _CLOSE_OF_ONE_FACT
    several = language().forms["asks_each"].search(fold(reading.asked or reading.standalone))
    return _CLOSE_OF_A_LIST if reading.kind == "list" or several else _CLOSE_OTHER_CLAUSE


def _with_items(reading: Reading, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The sentences, lists with their items and items with what announces them; nothing twice."""
    grown: list[Candidate] = []
    for candidate in sorted(chosen, key=lambda c: (c.hit.rank, c.start)):
        clause, passages = candidate.hit.clause, candidate.hit.passages
        span = announcer_of(clause, passages, (candidate.start, candidate.end))
        spans = [(candidate.start, candidate.end)]
        if span is not None:
            spans = [span] if reading.kind == "list" else [span, *spans]
        if reading.kind == "list" or span is None:
            spans = [with_items(clause, passages, one) for one in spans]
        for start, end in spans:
            inside = any(o.hit.clause is clause and start < o.end for o in grown)
            if not inside:
                grown.append(replace(candidate, start=behind_number(clause, start), end=end))
    return grown


def is_own_heading(clause: Clause, text: str) -> bool:
    """Whether a sentence is the heading of its clause; one that sets a figure or a rule is none."""
    heading = clause.path[-1].rstrip("。") if clause.path else ""
    return text.rstrip("。") == heading and _RULE.search(without_number(heading)) is None


def behind_number(clause: Clause, start: int) -> int:
    """Where the words of an article begin: its number is the citation's, not the sentence's."""
    if clause.kind != "条" or start > 0 or not clause.text.startswith(clause.label):
        return start
    rest = clause.text[len(clause.label) :]
    return len(clause.label) + len(rest) - len(rest.lstrip())


def _score(reading: Reading, hit: Hit, relevance: float, text: str) -> float:
    score = relevance + _FIT_WEIGHT * fit(reading, hit.clause, hit.policy, text)
    if _is_asked_for(reading, hit.clause):
        score += _ASKED_FOR
    tail = is_unit_tail(text) and reading.kind != "unit"
    if tail or is_own_heading(hit.clause, text):
        score -= 1.0
    return score


def _is_asked_for(reading: Reading, clause: Clause) -> bool:
    """Whether the clause is of a kind that is asked for by what it is: number, date, issuers."""
    return reading.kind != "basis" and clause.kind in reading.preferred_kinds
