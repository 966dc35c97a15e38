"""Which plan of a place a question means: by its year, or by words of its title; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.language import language
from assistant.marks import Marks
from assistant.policy_names import (
    DOCUMENT_WORD,
    MIN_TITLE_RUN,
    PolicyNames,
    distinct_run,
    names_document,
)

_YEAR_OF_DOCUMENT = re.compile(
    rf"(?P<year>(?:19|20)\d\d)年?(?:度)?(?:的|那个?|这个?|那份|这份|版|出台的?|印发的?|发布的?|制定的?)?"
    rf"(?=[^，。？?,]{{0,16}}?{DOCUMENT_WORD})"
)
# A year alone: 聊城2026年总会计师怎么配. One to reach something by (到2026年, 2026年底前) is none.
_LONE_YEAR = re.compile(
    r"(?<![\d到至前截止-])(?P<year>(?:19|20)\d\d)年(?:度|的)?(?![底末前内至到-]|之前|以前|以来|之后|\d)"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:度|的)?")
_MIN_NAMED_RUN = 2  # where a word for a document follows: 攻坚方案
_MIN_LONE_TITLE_RUN = 6  # else it takes more words of a title: 公立医院 is a topic, too


def read_plans(marks: Marks, entries: Sequence[PolicyNames], corpus: str) -> None:
    """The plan among several of the same place: by year, or by words of its title."""
    if not marks.chosen:
        found, run = _meant_by_words(marks, entries)
        if found:
            marks.narrow((e.policy_id for e in entries), found, run)
    for group in _groups(marks, entries):
        _narrow_group(marks, group, corpus)
    for entry in entries:
        if entry.policy_id in marks.chosen:
            _strip_title(marks, entry)
        elif marks.chosen:
            _read_foreign_title(marks, entry, entries)


def _read_foreign_title(marks: Marks, entry: PolicyNames, entries: Sequence[PolicyNames]) -> None:
    """A plan by a title that only another place's policy bears (甲市的三年攻坚方案)."""
    start, end = distinct_run(marks.text, entry, entries)
    own = any(marks.text[start:end] in e.core for e in entries if e.policy_id in marks.chosen)
    if end - start >= MIN_TITLE_RUN and not own and names_document(marks.text, end):
        marks.unknown.append("".join((*marks.names, marks.text[start:end])))


def _strip_title(marks: Marks, entry: PolicyNames) -> None:
    """Take the title's words out where they only name the document (…的实施方案里)."""
    match = SequenceMatcher(None, marks.text, entry.core, autojunk=False).find_longest_match()
    end = match.a + match.size
    if match.size >= MIN_TITLE_RUN and names_document(marks.text, end):
        marks.spans = [s for s in marks.spans if not (match.a <= s[0] and s[1] <= end)]
        marks.spans.append((match.a, end))


def _groups(marks: Marks, entries: Sequence[PolicyNames]) -> list[list[PolicyNames]]:
    """The chosen policies, those of one place together."""
    groups: dict[str, list[PolicyNames]] = {}
    for entry in entries:
        if entry.policy_id in marks.chosen:
            groups.setdefault(entry.region.full_name if entry.region else "", []).append(entry)
    return list(groups.values())


def _narrow_group(marks: Marks, group: list[PolicyNames], corpus: str) -> None:
    """Keep of one place's plans those that a year or words of their titles mean."""
    matches = list(_YEAR_OF_DOCUMENT.finditer(marks.text))
    matches += _years_alone(marks.text, group, [match.start() for match in matches])
    by_year = {e.policy_id for e in group for match in matches if match["year"] in e.years}
    if matches and not by_year and any(entry.years for entry in group):
        wrong = [m for m in matches if names_document(marks.text, m.end())]
        if language().forms["asks_repeal"].search(marks.text):  # 2015年的办法还管用吗
            wrong = [m for m in wrong if m["year"] not in corpus]
        marks.unknown.extend(m[0] for m in wrong if m[0] not in corpus)
    by_words, run = _meant_by_words(marks, group)
    found = by_year | by_words
    if found and len(group) > 1:
        spans = [(m.start(), m.end()) for m in matches if any(m["year"] in e.years for e in group)]
        marks.narrow((e.policy_id for e in group), found, spans + run)


def _years_alone(
    text: str, group: Sequence[PolicyNames], read: Sequence[int]
) -> list[re.Match[str]]:
    """Years without a word for a document behind them, that tell one of a place's plans."""
    found: dict[int, re.Match[str]] = {}
    for pattern in (_YEAR, _LONE_YEAR):
        for match in pattern.finditer(text):
            bearers = [entry for entry in group if match["year"] in entry.years]
            behind = text[match.end() :][:MIN_TITLE_RUN]
            titled = len(behind) == MIN_TITLE_RUN and any(behind in e.core for e in bearers)
            tells = pattern is _LONE_YEAR and not read and 0 < len(bearers) < len(group)
            if match.start() not in read and (titled or tells):
                found[match.start()] = match
    return list(found.values())


def _meant_by_words(
    marks: Marks, group: Sequence[PolicyNames]
) -> tuple[set[str], list[tuple[int, int]]]:
    """Plans whose title holds a run of the question that the other titles lack, and the run."""
    if len({entry.core for entry in group}) < 2:
        return set(), []
    runs = {entry.policy_id: distinct_run(marks.text, entry, group) for entry in group}
    longest = max(end - start for start, end in runs.values())
    found = {pid for pid, (start, end) in runs.items() if end - start == longest}
    named = any(names_document(marks.text, runs[pid][1]) for pid in found)
    if longest < (_MIN_NAMED_RUN if marks.chosen and named else _MIN_LONE_TITLE_RUN):
        return set(), []
    return (found, [runs[pid] for pid in found]) if len(found) < len(group) else (set(), [])
