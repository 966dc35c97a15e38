"""Policies that a question names by their title: 医师法, 《供水用水条例》; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.marks import Marks
from corpus.notice import GENRES

_MIN_TITLE = 3
_STATE = "中华人民共和国"
TITLE_END = re.compile(rf"(?:{GENRES}|法)(?:\([^()]*\))?$")
_MAKES = re.compile(r"》?(?:,|的)?(?:等)?(?:制定|出台|编制|起草|印发)")  # what rests on it is meant


def read_titles(marks: Marks, titled: Iterable[tuple[str, frozenset[str]]]) -> None:
    """Titles in full, or without the State and what is said in brackets at their end.

    Args:
        marks: the question.
        titled: ids of policies with the forms of their titles.
    """
    owners: dict[str, set[str]] = {}
    for policy_id, titles in titled:
        for title in titles:
            owners.setdefault(title, set()).add(policy_id)
    for title in sorted(owners, key=len, reverse=True):
        for match in re.finditer(re.escape(title), marks.text):
            start, end = match.span()
            opened = marks.text.rfind("《", 0, start)
            inside = opened > marks.text.rfind("》", 0, start) and opened != start - 1
            if marks.is_free(start, end) and not inside and not _MAKES.match(marks.text[end:]):
                marks.take(owners[title], start, end)


def titles_of(title: str) -> frozenset[str]:
    """The forms of a folded title that mean it."""
    bare = re.sub(r"(?:\([^()]*\))+$", "", title).replace("《", "").replace("》", "")
    forms = {title, bare, bare.removeprefix(_STATE)}
    return frozenset(f for f in forms if len(f) >= _MIN_TITLE and TITLE_END.search(f))
