"""The title of a document: its title line, what its notice issues, or its first words; pure."""

from __future__ import annotations

import re

from corpus.schema import Clause, Fact
from corpus.spans import Spans
from corpus.titles import is_title

MAX_LINE = 300  # characters; no line of a notice's frame is longer
_NOTICE_OF = re.compile(
    r"关于(?:印发|发布|转发|公布|批转)《?(?P<title>[^《》]+(?:《[^《》]+》[^《》]*)?)》?的通知$"
)
_MAX_BEFORE_TITLE = 6  # clauses in which a text without a title may be named
_NAMING = re.compile(r"(?=.{0,30}[\u4e00-\u9fff]{4})[^。；;：:！？?!\n]{6,40}(?=[。！？?!：:\n]|$)")


def title_of(clauses: tuple[Clause, ...]) -> Fact | None:
    """The title: the last title line before the body, else what the notice says it issues."""
    titles = [clause for clause in clauses if clause.kind == "标题"]
    plain = [clause for clause in titles if not is_notice_title(clause.text)]
    # What a notice only passes on stands behind it under its own title.
    forwards = not plain and titles and "转发" in titles[0].text
    for clause in [*plain[-1:], *(titles[:1] if forwards else titles[-1:])]:
        line = _last_title(clause.text) if plain else clause.text.replace("\n", "")
        inner = _NOTICE_OF.search(line) if len(line) <= MAX_LINE else None
        value = inner["title"] if inner and is_title(inner["title"]) else line
        start = clause.text.find(value)
        if start < 0:
            return Fact(value, clause.start, clause.end)
        return Spans(clause).fact(start, start + len(value))
    return _first_words(clauses)


def _first_words(clauses: tuple[Clause, ...]) -> Fact | None:
    """The first words that could name a text that has no title: a line or piece, no sentence."""
    for clause in clauses[:_MAX_BEFORE_TITLE]:
        names = clause.kind in ("前言", "版头", "通知") and len(clause.text) <= MAX_LINE
        if names and (match := _NAMING.match(clause.text)):
            return Spans(clause).fact(*match.span())
    return None


def _last_title(text: str) -> str:
    """The last title of title lines, put together where it takes several lines."""
    *lines, title = text.split("\n")
    while lines and "关于" in lines[-1] and not is_title(lines[-1]):
        title = lines.pop() + title
    return title


def is_notice_title(text: str) -> bool:
    """Whether a title is that of a notice, which may issue another document."""
    return "关于" in text and text.endswith("通知")
