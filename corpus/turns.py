"""Whether a number opens a clause where it stands, given the numbers before and behind it; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.cleaning import Paragraph
from corpus.markers import RANKS, Marker
from corpus.open_nodes import OpenNodes

_MAX_GROUP_HEAD = 60
_PLAN_FORMS = frozenset({"一、", "（一）", "1.", "（1）", "1）", "①"})
_MAX_AHEAD = 200  # numbers that are looked at behind a doubtful one
_DECIMAL_HEAD = re.compile(r"(\d{1,2})\s?(?=[\u4e00-\u9fff])[\u4e00-\u9fff、“”（）]{2,24}")


class Turns:
    """Looks before and behind the numbers of one policy while its tree grows."""

    def __init__(self, paragraphs: list[Paragraph], open_nodes: OpenNodes) -> None:
        self._paragraphs = paragraphs
        self._open = open_nodes
        self._next_marked = _next_marked(paragraphs)
        self._decimals = any(p.marker and p.marker.form == "1.1" for p in paragraphs)
        self._last_decimal = 0
        self._last_glued = 0  # of 任务1建设…, which may be counted on through all parts

    def marker(self, index: int) -> Marker | None:
        """The number that opens a clause at a paragraph, None where none does."""
        marker = self._paragraphs[index].marker or self._decimal_head(index)
        if marker is None or not self._opens(marker, index):
            return None
        if marker.form == "1.1":
            self._last_decimal = marker.parts[0]
        if marker.form == "目标一":
            self._last_glued = marker.number
        return marker

    def _opens(self, marker: Marker, index: int) -> bool:
        """Whether a number opens a clause here."""
        text = self._paragraphs[index].text
        if marker.form in ("附件", "编", "分编", "章", "节"):
            return len(text) <= _MAX_GROUP_HEAD and "。" not in text[:-1]
        if marker.form == "条":
            glued = not text[marker.length : marker.length + 1].isspace()
            return not glued or len(text) == marker.length or self._article_follows(marker, index)
        if marker.form == "1.1":
            return self._open.decimal_fits(marker) or (
                marker.parts[-1] == 1 and marker.parts[0] == self._last_decimal + 1
            )
        if marker.doubtful:
            second = marker.number == 1 and self._next_number(index, marker.form) == 2
            on = marker.form == "目标一" and marker.number == self._last_glued + 1 > 1
            return second or on or self._open.follows(marker)
        return True

    def _article_follows(self, marker: Marker, index: int) -> bool:
        """Whether an article without a space behind its number stands in its turn."""
        last = self._open.scope.last_article
        if (
            marker.number == 1
            or marker.number == last + 1
            or (marker.sub and marker.number == last)
        ):
            return True
        return marker.number > last and self._next_number(index, "条") != last + 1

    def stands_below(self, marker: Marker, index: int) -> bool:
        """Whether a text counts against the usual order: 1.（一）（二）2.（一）."""
        top = self._open.top
        if top.form not in _PLAN_FORMS or marker.form not in _PLAN_FORMS:
            return False
        if top.rank <= marker.rank or not self._open.is_new(marker.form):
            return False
        behind = False  # whether the number that is open has had its next one
        for following in self._markers_behind(index):
            if following.form == top.form and not behind:
                if following.number != top.number + 1:
                    return False
                behind = True
            elif following.form == marker.form and behind:
                return following.number == 1
        return behind

    def goes_on(self, index: int) -> bool:
        """Whether numbers of the same policy follow a paragraph, not only those of attachments."""
        behind = self._next_marked[index]
        marker = self._paragraphs[behind].marker if behind >= 0 else None
        return marker is not None and marker.form != "附件"

    def item_goes_on(self, index: int) -> bool:
        """Whether the item that is open has its next one behind this paragraph."""
        behind = self._next_marked[index]
        marker = self._paragraphs[behind].marker if behind >= 0 else None
        top = self._open.top
        return marker is not None and (marker.form, marker.number) == (top.form, top.number + 1)

    def _decimal_head(self, index: int) -> Marker | None:
        """The number of a head like 1 总则, which only the 1.1 below it tells from a figure."""
        text = self._paragraphs[index].text
        if not self._decimals or not text[0].isdecimal():
            return None
        match = _DECIMAL_HEAD.fullmatch(text)
        if match is None or int(match[1]) != self._last_decimal + 1:
            return None
        behind = self._next_marked[index]
        marker = self._paragraphs[behind].marker if behind >= 0 else None
        number = int(match[1])
        if number == 1 and (marker is None or marker.parts != (1, 1)):
            return None
        return Marker("1.1", RANKS["1.1"], number, match[1], match.end(1), parts=(number,))

    def _next_number(self, index: int, form: str) -> int:
        """The number of the next marker of a form, 0 where none is near."""
        return next((m.number for m in self._markers_behind(index) if m.form == form), 0)

    def _markers_behind(self, index: int) -> Iterator[Marker]:
        """The numbers that open paragraphs behind this one, as far as it is looked."""
        for _ in range(_MAX_AHEAD):
            index = self._next_marked[index]
            marker = self._paragraphs[index].marker if index >= 0 else None
            if marker is None:
                return
            yield marker


def _next_marked(paragraphs: list[Paragraph]) -> list[int]:
    """For each paragraph the index of the next one with a number, -1 where there is none."""
    behind = [-1] * len(paragraphs)
    following = -1
    for index in range(len(paragraphs) - 1, -1, -1):
        behind[index] = following
        if paragraphs[index].marker is not None:
            following = index
    return behind
