"""Units of government that a clause names, with their roles; pure.

Three places are read: a labelled list (责任单位：市卫健局、市财政局), a list in brackets at the
end of a clause (（市卫生健康委、市发改委，排名不分先后）) and running text (由市卫健局牵头). A unit
that is only mentioned has no role and is not given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from operator import attrgetter

from corpus.schema import Unit
from corpus.unit_lists import (
    BEHIND_LIST,
    LABEL,
    LIST_LAST,
    bracketed_lists,
    labelled_lists,
    split_list,
)
from corpus.unit_names import (
    STATUTE_PREFIX,
    department,
    known_name,
    levelled_name,
    name_endings,
    name_ends,
    normal_unit,
    stems,
)

_LEAD = re.compile(r"牵头|会同|主办|承办|主责|抓总")
_JOIN = re.compile(r"配合|参与|协助|协同")
_PARTS = "，。；：\n"
_END_OF_PART = re.compile(f"[{_PARTS}]")
_TOGETHER = re.compile(r"[^会]{0,4}会同")
_ARTICLE = re.compile(r"第\S{1,9}条\s*")
_DOES = re.compile(
    r"(?:等(?:有关|相关)?(?:部门|单位))?(?:要|应当|应|须|负责|牵头|会同|配合|参与|协助|主办|承办|统筹|组织|承担|"
    r"履行|具体|指导|督促|按照?(?:职责|各自|职能)|在各自|依法|依照|定期|[:：])"
)
_MAX_AFTER = 24  # characters behind a unit that may say its role
_OTHER_DEPARTMENT = (
    r"(?:(?![应会和及的与或由要])[\u4e00-\u9fff]){1,10}?"
    r"(?:行政主管|主管|行政管理|监督管理|行政)部门"
)
_GOVERNMENTS = (
    r"(?:国务院|(?:各级|地方各级|国务院和地方各级|县级以上(?:地方)?(?:各级)?|省、自治区、直辖市|"
    r"设区的市级以上|乡镇|乡、镇|市、县（区）|省级|市、县级)人民政府)(?!有关|所属|各|的|和|及其)"
)


def units_of(text: str) -> tuple[Unit, ...]:
    """Units named by a clause text in printed order; offsets count characters of ``text``."""
    hint = _hint().search(text)
    if hint is None:
        return ()
    found: dict[tuple[str, str], Unit] = {}
    first = hint.start()  # no label ends and no unit acts before it
    for unit in (*_listed(text, first), *_running(text, first)):
        found.setdefault((unit.normal, unit.role), unit)
    if len(found) < 2:
        return tuple(found.values())
    return tuple(sorted(found.values(), key=attrgetter("start")))


def is_unit_list(text: str) -> bool:
    """Whether a paragraph holds nothing but a list of units, in brackets or behind a label."""
    stripped = text.strip()
    if LABEL.match(stripped):
        return True
    lists = list(bracketed_lists(stripped))
    if len(lists) != 1 or stripped[:1] not in "（(【〔":
        return False
    start, end = lists[0]
    inside = stripped[start:end]
    return start == 1 and bool(LABEL.match(inside) or split_list(inside, start, "责任"))


def _listed(text: str, first: int) -> Iterator[Unit]:
    lists = list(labelled_lists(text, first))
    for start, end, role in lists:
        yield from split_list(text[start:end], start, role, labelled=True)
    starts = [start for start, _, _ in lists]
    for start, end in bracketed_lists(text):
        index = bisect_left(starts, start)
        inside = index > 0 and start < lists[index - 1][1]
        if not inside and not LABEL.search(text, start, end):
            yield from split_list(text[start:end], start, "责任")


def _running(text: str, first: int) -> Iterator[Unit]:
    """Units that do something: behind 由, or opening a sentence before what they are to do."""
    position = 0
    for opening, called in _openings(text, first):
        match = _several().match(text, opening) if opening >= position else None
        if match is None:
            continue
        position = match.end()
        after = text[position : position + _MAX_AFTER]
        if not called and _DOES.match(after) is None:
            continue
        after = _END_OF_PART.split(after, maxsplit=1)[0]
        yield from _each(match, _role(after))
        together = _TOGETHER.match(after)
        partners = _several().match(text, position + together.end()) if together else None
        if partners:
            yield from _each(partners, "配合")


def _openings(text: str, first: int) -> Iterator[tuple[int, bool]]:
    """Where units may stand that do something: behind 由 (then true), or where a part opens."""
    opened = -1
    for acting in _acting().finditer(text, first):
        position = acting.start()
        if text[position] == "由":
            yield position + 1, True
            continue
        if text[position - 1 : position + 1] not in _unit_ends():
            continue
        begin = max(opened, 0)
        start = max([text.rfind(mark, begin, position) for mark in _PARTS]) + 1
        if start > opened:
            opened = start
            new_line = start == 0 or text[start - 1] == "\n"
            article = _ARTICLE.match(text, start) if new_line and text[start] == "第" else None
            yield article.end() if article else start, False


def _role(after: str) -> str:
    """The role that the words behind a unit give it."""
    lead, join = _LEAD.search(after), _JOIN.search(after)
    if lead and not (join and join.start() < lead.start()):
        return "牵头"
    return "配合" if join else "责任"


def _each(units: re.Match[str], role: str) -> Iterator[Unit]:
    """The units of a list in running text; of 卫健、人社部门 each is a department."""
    listed = units["stems"]
    if listed is None:
        for match in _one_unit().finditer(units[0]):
            start = units.start() + match.start()
            yield Unit(match[0], normal_unit(match[0]), role, start, start + len(match[0]))
        return
    for match in re.finditer(stems(), listed):
        start = units.start("stems") + match.start()
        normal = normal_unit(f"{units['of'] or ''}{match[0]}部门")
        yield Unit(match[0], normal, role, start, start + len(match[0]))


@cache
def _one_unit() -> re.Pattern[str]:
    return re.compile(
        rf"{STATUTE_PREFIX}{department()}|{STATUTE_PREFIX}{_OTHER_DEPARTMENT}|{known_name()}"
        rf"|{_GOVERNMENTS}|{department()}"
    )


@cache
def _several() -> re.Pattern[str]:
    """One unit or a list of them in running text."""
    one = rf"(?:{_one_unit().pattern})"
    stem = rf"(?:{stems()})"
    return re.compile(
        rf"(?P<of>{STATUTE_PREFIX})?(?P<stems>{stem}(?:[、和]{stem})+)(?:等)?(?:有关|相关)?部门"
        rf"|{one}(?:[、和与及]{one})*(?:等(?:有关|相关)?(?:部门|单位))?"
    )


@cache
def _hint() -> re.Pattern[str]:
    """What every text has that names units, so that most texts are read no further.

    One class of first characters is what makes the search fast.
    """
    first = "".join(sorted({*_unit_endings(), *LIST_LAST}))
    return re.compile(rf"[由{first}](?:(?<=由)|{_DOES.pattern}|{BEHIND_LIST})")


@cache
def _acting() -> re.Pattern[str]:
    """Where a unit may do something: 由, or the last character of a unit before a verb."""
    return re.compile(rf"[由{_unit_endings()}](?:(?<=由)|{_DOES.pattern})")


@cache
def _unit_ends() -> frozenset[str]:
    """The two characters that names of units end with: few other words do so."""
    return name_ends() | {"部门", "单位", "政府", "务院"}


@cache
def _unit_endings() -> str:
    """The characters that names of units end with."""
    return "".join(sorted({*name_endings(), *"门位府院"}))


def units_in(text: str) -> tuple[Unit, ...]:
    """Units named anywhere in a text by a known name with its level (市卫健局, 省财政厅)."""
    return tuple(
        Unit(match[0], normal_unit(match[0]), "", match.start(), match.end())
        for match in _known().finditer(text)
    )


@cache
def _known() -> re.Pattern[str]:
    return re.compile(levelled_name())
