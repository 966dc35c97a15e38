"""Lists that a sentence announces with a colon: its items with it, and it with an item; pure.

An item alone misleads: （四）擅自启用公共消火栓取水 does not say that it is forbidden.
"""

from __future__ import annotations

import re

from corpus.markers import marker_of
from corpus.schema import Clause
from index.schema import Passage

_COLON = ("：", ":")
_PARTS = ("；", ";")
_ANNOUNCES = re.compile(r"(?:下列|以下|如下)[^。；]{0,40}$")
_BEFORE, _WITH_FIRST, _RUN_ON = "before", "with first", "run on"
_MAX_LIST = 600  # characters of a list that a sentence announces: half a list misleads
_MAX_ANNOUNCER = 120  # characters of the sentence before an item; of a longer one the item alone

Span = tuple[int, int]
"""``clause.text[start:end]``."""


def with_items(clause: Clause, passages: tuple[Passage, ...], span: Span) -> Span:
    """A sentence that announces a list, grown by the items behind it; as it is without any."""
    start, end = span
    form = _form_of(clause.text[start:end])
    if form is None:
        return span
    for passage in passages:
        if passage.start < span[1]:
            continue
        goes_on = form is not _RUN_ON or clause.text[:end].endswith(_PARTS)
        is_item = form is _RUN_ON or _is_item(clause, passage)
        if not (goes_on and is_item) or passage.end - start > _MAX_LIST:
            break
        end = passage.end
    return start, end


def _form_of(text: str) -> str | None:
    """How a sentence opens a list: before its items, with the first, or with items unnumbered."""
    if text.endswith(_COLON):
        return _BEFORE
    lead, colon, first = text.rpartition("：")
    if not colon or not text.endswith(_PARTS):
        return None
    if marker_of(first.strip()) is not None:
        return _WITH_FIRST
    return _RUN_ON if _ANNOUNCES.search(lead) else None


def announcer_of(clause: Clause, passages: tuple[Passage, ...], span: Span) -> Span | None:
    """The sentence that announces the list of which a sentence is an item, or None."""
    before = [passage for passage in passages if passage.end <= span[0]]
    item = next((p for p in passages if p.start <= span[0] < p.end), None)
    if item is None or not _is_item(clause, item):
        return None
    for passage in reversed(before):
        if clause.text[passage.start : passage.end].endswith(_COLON):
            short = passage.end - passage.start <= _MAX_ANNOUNCER
            return (passage.start, passage.end) if short else None
        if not _is_item(clause, passage):
            return None
    return None


def _is_item(clause: Clause, passage: Passage) -> bool:
    return marker_of(clause.text[passage.start : passage.end]) is not None
