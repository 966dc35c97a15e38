"""What a figure is read from and what it is read as; pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.figures import Figure
from corpus.target_phrases import Lead


class Context(NamedTuple):
    """A figure with the words around it, masks in place of brackets and times."""

    figure: Figure
    left: str  # from the last boundary, or the figure before it, to the figure
    right: str  # from the figure to the next boundary
    heading: str  # what stands before a colon that opens the segment, else empty
    before: str  # the segment before this one where it holds no target
    aimed: bool  # the sentence names a time or an aim
    previous: Reading | None = None

    @property
    def previous_task(self) -> Reading | None:
        """The figure before, where a task set it too."""
        return self.previous if self.previous and self.previous.form == "task" else None


class Reading(NamedTuple):
    """A figure understood: its indicator, what it is compared by, whose it is."""

    form: str  # level | task | share
    indicator: str
    comparator: str
    subject: str
    figure: Figure
    base: str = ""
    verb: str = ""
    change: str = ""  # 增长, 下降, where the figure is the amount of a change
    bound: str = ""  # the comparator of 至少 or 最高 before the verb, which holds for a whole list
    tail: int = 0  # characters of ``right`` that belong to the target


def comparator_of(context: Context, lead: Lead, default: str = "等于") -> str:
    """The comparator that the words before the figure and its bound make together."""
    bound = context.figure.bound
    if bound and lead.comparator in ("", "达到", "等于", "左右", "不超过"):
        return bound
    return lead.comparator or bound or default


def without(pattern: re.Pattern[str], text: str) -> str:
    """The text without what ``pattern`` matches at its start."""
    match = pattern.match(text)
    return text[match.end() :] if match else text
