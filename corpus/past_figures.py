"""Figures that a document reports as reached, which are no targets; pure.

Words say so (目前, 以来, 已建成, 达到了: corpus/data/past_figures.toml), or a time that lies before
the document's own year. What nobody dated is left as it is.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib import resources
from operator import itemgetter
from typing import Any

from corpus.deadlines import Time
from corpus.numerals import parse_number
from corpus.schema import Clause, Fact, Segment

_DONE = re.compile(r"已经?(?![婚故])[^的，]{0,24}$|了(?:近|约|共)?$")
_MAX_LEFT = 32  # characters before a figure that may say that it was reached
_MAX_HEAD = 40
_YEAR = re.compile(r"(?:19|20)\d{2}|二[〇○零][〇○零一二三四五六七八九]{2}")
_PLAN = re.compile(r"十([一二三四五六七八九])五")
_LAST_YEAR_OF_TENTH_PLAN = 2005  # each plan has five years: the 14th runs to 2025


def reported_spans(sentence: str, times: Iterable[Time]) -> list[Segment]:
    """Where a sentence reports, each from the word that says so to where it turns to aims."""
    spans: list[Segment] = []
    starts = [time.start for time in times if time.value]
    for opening in _opens().finditer(sentence):
        if spans and opening.start() < spans[-1][1]:
            continue
        following = bisect_left(starts, opening.end())
        limit = starts[following] if following < len(starts) else len(sentence)
        turn = _turns().search(sentence, opening.end(), limit)
        spans.append((opening.start(), turn.start() if turn else limit))
    return spans


def is_reported(position: int, spans: list[Segment]) -> bool:
    """Whether a place of a sentence lies in one of the spans in which it reports."""
    index = bisect_right(spans, position, key=itemgetter(0)) - 1
    return index >= 0 and position < spans[index][1]


def is_done(left: str) -> bool:
    """Whether the words before a figure say that it was reached (已建成, 达到了)."""
    return _DONE.search(left, max(0, len(left) - _MAX_LEFT)) is not None


def own_year(facts: Iterable[Fact | None]) -> int:
    """The first year that number, dates or period of a document name; 0 where there is none."""
    years = [int(match[0]) for fact in facts if fact for match in _YEAR.finditer(fact.value)]
    return min(years, default=0)


def without_past(clauses: tuple[Clause, ...], year: int) -> tuple[Clause, ...]:
    """The clauses without the targets whose time was over before the year of the document.

    Of a part that only says how things are, those that name no later year are left out as well.
    """
    return tuple(_without_past(clause, year) if clause.targets else clause for clause in clauses)


def _without_past(clause: Clause, year: int) -> Clause:
    reviewed = _reviewed_year(clause)
    kept = tuple(
        target
        for target, last in [(target, _last_year(target.deadline)) for target in clause.targets]
        if (last >= year if last else reviewed is None) and (reviewed is None or last > reviewed)
    )
    return clause if len(kept) == len(clause.targets) else replace(clause, targets=kept)


def _reviewed_year(clause: Clause) -> int | None:
    """The year that the head over a clause reviews, 0 where it names none; None where none does."""
    own = clause.text[:_MAX_HEAD].split("\n", 1)[0].split("。", 1)[0]
    for head in (*clause.path, own):
        if len(head) <= _MAX_HEAD and _reviews().search(head):
            years = _YEAR.findall(head)
            return parse_number(years[-1]) or 0 if years else 0
    return None


def _last_year(deadline: str) -> int:
    """The year in which a deadline is over; 0 where it names none."""
    if not deadline:
        return 0
    if plan := _PLAN.search(deadline):
        return _LAST_YEAR_OF_TENTH_PLAN + 5 * (parse_number(plan[1]) or 0)
    years = _YEAR.findall(deadline)
    return parse_number(years[-1].replace("○", "〇")) or 0 if years else 0


@cache
def _opens() -> re.Pattern[str]:
    words = _words()
    opens, compared = "|".join(words["opens"]), "|".join(words["compared"])
    return re.compile(
        rf"(?<![{words['compares']}])(?:{opens}|(?<=[{words['years']}])年来)(?!的?(?:{compared}))"
    )


@cache
def _reviews() -> re.Pattern[str]:
    words = "|".join(_words()["reviews"])
    return re.compile(rf"(?:{words})(?:[和与及、](?!.*(?:目标|任务|措施)).{{0,12}})?[。：:]?$")


@cache
def _turns() -> re.Pattern[str]:
    return re.compile("|".join(_words()["turns"]))


@cache
def _words() -> dict[str, Any]:
    text = resources.files("corpus").joinpath("data/past_figures.toml").read_text("utf-8")
    return tomllib.loads(text)
