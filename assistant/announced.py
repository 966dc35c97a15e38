"""Lists that a sentence announces with a colon: its items with it, and it with an item; pure.

An item alone misleads: （四）擅自启用公共消火栓取水 does not say that it is forbidden.
"""

from __future__ import annotations

from corpus.markers import marker_of
from corpus.schema import Clause
from index.schema import Passage

_COLON = ("：", ":")
_MAX_LIST = 600  # characters of a list that a sentence announces: half a list misleads
_MAX_ANNOUNCER = 120  # characters of the sentence before an item; of a longer one the item alone

Span = tuple[int, int]
"""``clause.text[start:end]``."""


def with_items(clause: Clause, passages: tuple[Passage, ...], span: Span) -> Span:
    """A sentence that announces a list, grown by the items behind it; as it is without any."""
    start, end = span
    if not clause.text[start:end].endswith(_COLON):
        return span
    for passage in passages:
        if passage.start < span[1]:
            continue
        if not _is_item(clause, passage) or passage.end - start > _MAX_LIST:
            break
        end = passage.end
    return start, end


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
