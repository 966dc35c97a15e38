"""Answers made of the documents' own sentences; needs no language model.

The best sentence comes first in importance, not always first in the text: the sentences of one
clause are given in the order in which they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.citations import DraftStatement, Quote
from assistant.question import Reading
from corpus.markers import marker_of
from corpus.schema import Clause
from index.schema import Hit

MAX_CHARACTERS = 200  # of an answer from one document; officials want a line, not a page
_MAX_SENTENCES = 5
_MAX_LIST_CHARACTERS = 600  # of a list that a sentence announces: half a list misleads
# How far behind the best sentence another may be: within its clause, and in another clause.
_CLOSE_SAME_CLAUSE = 2.8
_CLOSE_OTHER_CLAUSE = 1.0
_CLOSE_OF_ONE_FACT = 0.3  # in another clause, where what is asked for stands in one
_ONE_FACT = frozenset({"unit", "basis", "definition", "date"})
_ASKED_FOR = 2.5  # a line whose kind is asked for has few words that could match
_NUMBER = re.compile(
    r"\d|[一二三四五六七八九十百两]+(?:个|家|所|张|项|年|次|倍|级|类|种|大|名|人)|百分之|全覆盖|一半"
)
_DATE = re.compile(r"\d{4}\s*年|[“\"]?十[一二三四五六]五|年底|月底|\d+月\d+日|每[年月季]|\d+年")
_UNIT = re.compile(r"责任单位|牵头|负责|委|局|部门")
_BASIS = re.compile(r"《[^》]+》|〔\d{4}〕")
_LEANS = re.compile(r"根据|依据|依照|按照|落实|贯彻|遵照|为了?")
_EFFECT = re.compile(r"[起后](?:施行|执行|实施|生效)|有效期|生效")
_UNIT_TAIL = re.compile(
    r"^[（(]?(?:责任|牵头|配合|落实)(?:单位|部门)|^[（(][^（）()]*(?:[委局办]|单位)"
)


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
    def is_substance(self) -> bool:
        """Whether the sentence says more than the heading or the units of its clause."""
        heading = self.hit.clause.path[-1] if self.hit.clause.path else ""
        bare = self.text.rstrip("。")
        return bare not in (heading, heading.rstrip("。")) and not is_unit_tail(self.text)

    @property
    def quote(self) -> Quote:
        """The sentence as a quote."""
        return Quote(self.hit.clause, self.start, self.end)


def rank_sentences(reading: Reading, hits: Sequence[Hit]) -> list[Candidate]:
    """Sentences of the hits by how well they answer, best first."""
    found = [
        Candidate(hit, start, passage.end, _score(reading, hit, passage.score, text))
        for hit in hits
        for passage in hit.passages
        for start in [behind_number(hit.clause, passage.start)]
        for text in [hit.clause.text[start : passage.end]]
        if text
    ]
    return sorted(found, key=lambda c: (-c.score, c.hit.rank, c.start))


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
    elsewhere = _CLOSE_OF_ONE_FACT if reading.kind in _ONE_FACT else _CLOSE_OTHER_CLAUSE
    chosen = [best]
    length = len(best.text)
    for other in candidates[1:]:
        same = other.hit.clause is best.hit.clause
        close = other.score >= best.score - (_CLOSE_SAME_CLAUSE if same else elsewhere)
        if len(chosen) >= _MAX_SENTENCES or not close or other.hit.policy is not best.hit.policy:
            continue
        if length + len(other.text) <= max_characters and other.is_substance:
            chosen.append(other)
            length += len(other.text)
    if len(chosen) > 1 and not best.is_substance:
        chosen.remove(best)
    chosen = _with_items(chosen)
    chosen.sort(key=lambda c: (c.hit.clause is not best.hit.clause, c.hit.rank, c.start))
    statements = [DraftStatement(c.text, (c.quote,)) for c in chosen if not is_unit_tail(c.text)]
    if reading.kind == "unit" or is_unit_tail(best.text):
        statements += _units(_clause_with_units(best.hit))
    return statements or [DraftStatement(best.text, (best.quote,))]


def _with_items(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The sentences, each that announces a list grown by its items; no item twice."""
    grown: list[Candidate] = []
    for candidate in sorted(chosen, key=lambda c: (c.hit.rank, c.start)):
        inside = any(
            other.hit.clause is candidate.hit.clause and candidate.start < other.end
            for other in grown
        )
        if not inside:
            grown.append(replace(candidate, end=_end_of_items(candidate)))
    return grown


def _end_of_items(candidate: Candidate) -> int:
    """Where the list ends that a sentence announces with a colon; its own end without one."""
    end = candidate.end
    text = candidate.hit.clause.text
    if not candidate.text.endswith(("：", ":")):
        return end
    for passage in candidate.hit.passages:
        item = text[passage.start : passage.end]
        if passage.start < candidate.end:
            continue
        if marker_of(item) is None or passage.end - candidate.start > _MAX_LIST_CHARACTERS:
            break
        end = passage.end
    return end


def is_unit_tail(text: str) -> bool:
    """Whether a sentence is nothing but the list of units behind a clause."""
    return _UNIT_TAIL.match(text) is not None and "。" not in text[:-1]


def _clause_with_units(hit: Hit) -> Clause:
    """The clause that names the units: the hit itself, or the paragraph that ends its clause."""
    clause = hit.clause
    if clause.units:
        return clause
    whole = clause.parent_id if clause.kind == "段" else clause.clause_id
    group = [
        other
        for other in hit.policy.clauses
        if other.units and (other.clause_id == whole or other.parent_id == whole)
        if other.kind == "段" or other.clause_id == whole
    ]
    return group[-1] if group else clause


def _units(clause: Clause) -> list[DraftStatement]:
    """A statement with the units of a clause, quoted from its list."""
    listed = [unit for unit in clause.units if unit.role]
    if not listed:
        return []
    start, end = listed[0].start, listed[-1].end
    before = re.search(r"[（(]?(?:[\u4e00-\u9fff]{2,4}单位[:：])?$", clause.text[:start])
    start = before.start() if before else start
    after = re.match(r"[^（）()。\n]{0,24}[）)]", clause.text[end:])
    end += after.end() if after else 0
    return [DraftStatement(clause.text[start:end], (Quote(clause, start, end),))]


def behind_number(clause: Clause, start: int) -> int:
    """Where the words of an article begin: its number is the citation's, not the sentence's."""
    if clause.kind != "条" or start > 0 or not clause.text.startswith(clause.label):
        return start
    rest = clause.text[len(clause.label) :]
    return len(clause.label) + len(rest) - len(rest.lstrip())


def _score(reading: Reading, hit: Hit, relevance: float, text: str) -> float:
    score = relevance + 0.6 * _fit(reading, hit.clause, text)
    if _is_asked_for(reading, hit.clause):
        score += _ASKED_FOR
    heading = hit.clause.path[-1] if hit.clause.path else ""
    if text.rstrip("。") == heading or (is_unit_tail(text) and reading.kind != "unit"):
        score -= 1.0
    return score


def _is_asked_for(reading: Reading, clause: Clause) -> bool:
    """Whether the clause is of a kind that is asked for by what it is: number, date, issuers."""
    return reading.kind != "basis" and clause.kind in reading.preferred_kinds


def _fit(reading: Reading, clause: Clause, text: str) -> float:
    """How well the form of a sentence fits what is asked for, 0 to 3."""
    kind = reading.kind
    if kind == "number":
        return 1.0 if _NUMBER.search(text) else 0.0
    if "effective" in reading.cues and _EFFECT.search(text):
        return 3.0
    if kind == "date":
        return 1.0 if _DATE.search(text) else 0.0
    if kind == "basis" and _BASIS.search(text):
        stated = clause.kind in ("前言", "通知") or "制定本" in text
        return 2.0 if stated and _LEANS.search(text) else 1.0
    if kind == "unit":
        return 0.5 if _UNIT.search(text) else 0.0
    return 0.0
