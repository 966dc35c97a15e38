"""Policies that a question names by their title: 医师法, 《供水用水条例》; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.marks import Marks
from corpus.regions import find_regions
from corpus.titles import GENRES

_MIN_TITLE = 3
_MIN_PLACELESS = 6  # characters of a title without its place
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,7}?(?:省|市|县|区|州|盟|旗)")
STATE = "中华人民共和国"
TITLE_END = re.compile(rf"(?:{GENRES}|法)(?:\([^()]*\))?$")
_MAKES = re.compile(r"》?(?:,|的)?(?:等)?(?:制定|出台|编制|起草|印发)")  # what rests on it is meant


def read_titles(
    marks: Marks, titled: Iterable[tuple[str, frozenset[str]]], places: Mapping[str, frozenset[str]]
) -> None:
    """Titles in full, or without the State and what is said in brackets at their end.

    Args:
        marks: the question.
        titled: ids of policies with the forms of their titles.
        places: names of places, with the ids of the policies for them.
    """
    owners: dict[str, set[str]] = {}
    for policy_id, titles in titled:
        for title in titles:
            owners.setdefault(title, set()).add(policy_id)
    regions = {mention.end for mention in find_regions(marks.text)}
    homes = {
        match.end(): policy_ids
        for place, policy_ids in places.items()
        if place in marks.text
        for match in re.finditer(re.escape(place), marks.text)
    }
    placed = regions | homes.keys()
    for title in sorted(owners, key=len, reverse=True):
        if len(owners[title]) > 1:  # what many documents are called tells none of them
            continue
        for match in re.finditer(re.escape(title), marks.text):
            start, end = match.span()
            opened = marks.text.rfind("《", 0, start)
            inside = opened > marks.text.rfind("》", 0, start) and opened != start - 1
            # 上海市养犬管理办法 is not that of another place.
            elsewhere = start in placed and not owners[title] <= homes.get(start, set())
            if elsewhere or inside or not marks.is_free(start, end):
                continue
            if not _MAKES.match(marks.text[end:]):
                marks.take(owners[title], start, end)


def titles_of(title: str) -> frozenset[str]:
    """The forms of a folded title that mean it, with and without its place."""
    bare = re.sub(r"(?:\([^()]*\))+$", "", title).replace("《", "").replace("》", "")
    forms = {title, bare, bare.removeprefix(STATE)}
    placeless = _PLACE.sub("", bare)
    if len(placeless) >= _MIN_PLACELESS:
        forms.add(placeless)
    return frozenset(f for f in forms if len(f) >= _MIN_TITLE and TITLE_END.search(f))
