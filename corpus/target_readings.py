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


_AT_LEAST = re.compile(r"(?P<before>.*?)(?P<bound>至少|最少|至多|最多)(?P<done>[\u4e00-\u9fff].+)$")
_LOOSE_END = re.compile(r"(?:自[^，]{2,24}之日起|(?:为[\u4e00-\u9fff]{1,3})?且|按照?|在|以)$")
_LOOSE_LAST = frozenset("起且按照在以")
_OF_EACH = re.compile(r"为(?=每[\u4e00-\u9fff]{1,3}$)")


def settled(reading: Reading) -> Reading:
    """A reading whose indicator holds no word that only bounds it or leads on to the figure."""
    indicator, comparator = reading.indicator, reading.comparator
    bounds = reading.form == "task" and comparator == "等于" and "“" not in indicator
    if bounds and (match := _AT_LEAST.match(indicator)):
        indicator = match["before"] + match["done"]
        comparator = "不低于" if match["bound"] in ("至少", "最少") else "不超过"
    if indicator[-1:] in _LOOSE_LAST and (loose := _LOOSE_END.search(indicator)):
        if loose.start() > 1:
            indicator = indicator[: loose.start()].removesuffix("为")
    elif "为每" in indicator:
        indicator = _OF_EACH.sub("", indicator)
    elif comparator == reading.comparator:
        return reading
    return reading._replace(indicator=indicator, comparator=comparator)


def without(pattern: re.Pattern[str], text: str) -> str:
    """The text without what ``pattern`` matches at its start."""
    match = pattern.match(text)
    return text[match.end() :] if match else text
