"""是 or 否 where a question asks whether a figure is the one that is set; pure.

Said only where one figure is asked about and the clauses found set a figure of the same kind for
the same indicator: then the two can be compared. Everything else is left to the sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citations import DraftStatement, Quote
from assistant.extractive import Candidate
from assistant.language import language
from assistant.prompts import RULED
from assistant.question import Reading
from assistant.support import share_of_pairs
from corpus.figures import Figure, figures_of
from corpus.schema import Clause, Target
from corpus.sentences import split_sentences
from index.folding import fold

_DEPTH = 6  # sentences found in whose clauses the figure may be set
_MIN_NAME = 0.6  # share of an indicator's character pairs that the question has
_SOME_NAME = 0.25  # likewise, of the only figure of its kind in a best sentence
_BEST = 3
_RATIO_IN_WORDS = re.compile(r"(\d+)\s*比\s*(\d)")
_DATE = re.compile(r"(?:19|20)\d\d年?|\d+月(?:\d+日)?|十[一二三四五]五")
_YEAR = re.compile(r"20\d\d")
_MOST = re.compile(r"(?:不(?:能|得|可|应)?(?:超过|高于|多于|大于)|最[多高]|上限)[^，。]{0,4}$")
_LEAST = re.compile(r"(?:不(?:能|得|可|应)?(?:低于|少于|小于)|最[少低]|至少|下限)[^，。]{0,4}$")
_BOUNDS = {"不超过": _MOST, "低于": _MOST, "不低于": _LEAST, "高于": _LEAST, "达到": _LEAST}


@dataclass(frozen=True, slots=True)
class _Set:
    """A figure that a clause sets for what is asked, with the sentence that it stands in."""

    clause: Clause
    target: Target
    quote: Quote


def compared(
    reading: Reading, candidates: Sequence[Candidate], drafts: Sequence[DraftStatement]
) -> list[DraftStatement]:
    """The statements; where a figure is asked about, the one that sets it first, with 是 or 否."""
    question = _RATIO_IN_WORDS.sub(r"\1:\2", fold(reading.standalone))
    figure = _asked(question)
    if figure is None or not language().forms["asks_whether"].search(question):
        return list(drafts)
    there = _about(question, figure, candidates)
    agreeing = [one for one in there if _agrees(question, figure, one.target)]
    if not there or any("–" in one.target.value for one in there):
        return list(drafts)
    word = language().words["agrees" if agreeing else "disagrees"]
    chosen = (agreeing or there)[0]
    first = DraftStatement(RULED.format(word=word, text=chosen.quote.text), (chosen.quote,))
    others = [draft for draft in drafts if not _overlaps(draft, chosen.quote)]
    return [first, *others] if agreeing and _same_clause(others, chosen) else [first]


def _asked(question: str) -> Figure | None:
    """The one figure that a question asks about; None where it has none or several."""
    plain = _DATE.sub(lambda match: "\0" * len(match[0]), question)
    figures = [f for f in figures_of(plain) if not f.in_words and (f.unit or ":" in f.value)]
    return figures[0] if len(figures) == 1 else None


def _about(question: str, figure: Figure, candidates: Sequence[Candidate]) -> list[_Set]:
    """The figures of the same kind that the clauses found set for what the question names."""
    clauses = {c.hit.clause.clause_id: c.hit.clause for c in candidates[:_DEPTH]}
    there = [
        (share_of_pairs(target.indicator, question), _Set(clause, target, _words(clause, target)))
        for clause in clauses.values()
        for target in clause.targets
        if _is_like(figure, target) and not _of_other_year(question, target)
    ]
    best = max((name for name, _ in there), default=0.0)
    if best < _MIN_NAME:
        return _alone([one for name, one in there if name >= _SOME_NAME], candidates)
    found = [one for name, one in there if name == best]
    of_subject = [o for o in found if o.target.subject and o.target.subject in question]
    return of_subject or found


def _alone(there: Sequence[_Set], candidates: Sequence[Candidate]) -> list[_Set]:
    """The figure of its kind that stands alone in one of the best sentences, if any."""
    for candidate in candidates[:_BEST]:
        inside = [one for one in there if _overlap(candidate.quote, one.quote)]
        if inside:
            return inside if len(inside) == 1 else []
    return []


def _is_like(figure: Figure, target: Target) -> bool:
    """Whether both figures are of one kind: in the same unit, or ratios."""
    return target.unit == figure.unit and (":" in target.value) == (":" in figure.value)


def _of_other_year(question: str, target: Target) -> bool:
    asked, given = set(_YEAR.findall(question)), set(_YEAR.findall(target.deadline))
    return bool(asked and given and not asked & given)


def _agrees(question: str, figure: Figure, target: Target) -> bool:
    """Whether the figure is the one set, and not bounded the other way."""
    before = question[: figure.start]
    bounds = {pattern for pattern in (_MOST, _LEAST) if pattern.search(before)}
    given = _BOUNDS.get(target.comparator)
    opposed = given is not None and bool(bounds) and given not in bounds
    return figure.value == target.value and not opposed


def _words(clause: Clause, target: Target) -> Quote:
    for sentence in split_sentences(clause.text):
        if sentence.start <= target.start < sentence.end:
            return Quote(clause, sentence.start, max(sentence.end, target.end))
    return Quote(clause, target.start, target.end)


def _overlaps(draft: DraftStatement, quote: Quote) -> bool:
    return any(_overlap(other, quote) for other in draft.quotes)


def _overlap(one: Quote, other: Quote) -> bool:
    return one.clause is other.clause and one.start < other.end and other.start < one.end


def _same_clause(drafts: Sequence[DraftStatement], chosen: _Set) -> bool:
    return all(quote.clause is chosen.clause for draft in drafts for quote in draft.quotes)
