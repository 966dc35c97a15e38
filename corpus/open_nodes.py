"""The nodes that are open while a tree grows, one inside the other; pure."""

from __future__ import annotations

import re

from corpus.lines import BOLD
from corpus.markers import ARTICLE_RANK, LETTER_FORMS, Marker
from corpus.nodes import Node

BARE = -1  # the level of a head like 附则 that nothing marks but its word
_NUMBER_IN_NAME = re.compile(r"[一二三四五六七八九十\d]+")
_PART_RANK = 6.0


class OpenNodes:
    """The last node of each rank that still takes what follows; the lowest rank is the root."""

    def __init__(self) -> None:
        self.root = Node("", -1, 0, "", "", [], scope=True)
        self._stack = [self.root]
        self._ranks: dict[str, float] = {}  # of forms that stand in another order here
        self._forms: set[str] = set()  # that were there since the text or an attachment began

    @property
    def top(self) -> Node:
        """The node that is open now."""
        return self._stack[-1]

    @property
    def path(self) -> list[Node]:
        """The nodes that are open, from the root to the one that is open now."""
        return self._stack

    @property
    def scope(self) -> Node:
        """Where articles count from: the document, an attachment, a part without a head."""
        for node in reversed(self._stack):
            if node.scope:
                return node
        return self.root

    @property
    def article(self) -> Node | None:
        """The article that is open."""
        for node in reversed(self._stack):  # a generator would take three times as long
            if node.article:
                return node
        return None

    def open(self, parent: Node, node: Node) -> None:
        """Put a node under its parent; it takes what follows."""
        parent.children.append(node)
        self._stack.append(node)

    def close_from(self, rank: float) -> Node:
        """Close all nodes of this rank and above; the one that is open then."""
        stack = self._stack
        while stack[-1].rank >= rank:
            stack.pop()
        return stack[-1]

    def close_to(self, node: Node) -> None:
        """Close all nodes inside an open one."""
        while self.top is not node:
            self._stack.pop()

    def close_all(self) -> None:
        """Nothing goes on but the document."""
        self._stack = [self.root]
        self.begin()

    def begin(self) -> None:
        """Forget in which order forms stood: an attachment has an order of its own."""
        self._ranks.clear()
        self._forms.clear()

    def see(self, form: str) -> None:
        """Remember that a form was there."""
        self._forms.add(form)

    def rank_of(self, marker: Marker) -> float:
        """The rank of a number; that of 1.1, 甲、 and 目标一 hangs on what is open."""
        if marker.form == "目标一":
            name = _NUMBER_IN_NAME.sub("", marker.label, count=1)
            for node in self._stack:
                if node.form == "目标一" and _NUMBER_IN_NAME.sub("", node.label, count=1) == name:
                    return node.rank
            return self.top.rank + 0.5
        if marker.form in LETTER_FORMS:
            peers = [node.rank for node in self._stack if node.form == marker.form]
            inside = self.top.rank + 0.5 if self.top.rank > marker.rank else marker.rank
            return peers[-1] if peers else inside
        if marker.form != "1.1":
            return self._ranks.get(marker.form, marker.rank)
        if len(marker.parts) == 1:
            return _PART_RANK
        for node in reversed(self._stack):
            if node.parts == marker.parts[:-1]:
                return node.rank + 0.25
            if node.parts and node.parts[:-1] == marker.parts[:-1]:
                return node.rank
        return max(self.top.rank, _PART_RANK) + 0.25

    def heading_rank(self, level: int, numbered: dict[int, float]) -> float | None:
        """The rank of a head without a number, from the heads around it; None inside an article.

        Args:
            level: of the head.
            numbered: by level, the lowest rank of the numbered heads of that level.
        """
        if level == BARE:  # a sibling of the highest heads: 附则 stands beside 编, not in one
            groups = [node.rank for node in self._stack if 1 <= node.rank < ARTICLE_RANK]
            opens = self.article is not None or self.top is self.root
            return min(groups, default=ARTICLE_RANK - 1) if opens else None
        if level == BOLD:
            peers = [node.rank for node in self._stack if node.level == level]
            if self.article is not None:
                return None
            return peers[0] if peers else self.top.rank + 0.5
        if level in numbered:
            return numbered[level]
        deeper = [rank for other, rank in numbered.items() if level < other < BOLD]
        if deeper:
            return min(deeper) - 1 + level * 0.1
        above = [rank for other, rank in numbered.items() if other < level]
        return (max(above) if above else ARTICLE_RANK - 1) + level * 0.1

    def follows(self, marker: Marker) -> bool:
        """Whether a number is the next one where it would stand."""
        rank = self.rank_of(marker) if marker.form in LETTER_FORMS else marker.rank
        parent = next(node for node in reversed(self._stack) if node.rank < rank)
        return 0 < (parent.last or {}).get(marker.form, 0) == marker.number - 1

    def decimal_fits(self, marker: Marker) -> bool:
        """Whether 2.3 stands under 2 and behind 2.2."""
        for node in reversed(self._stack):
            if node.parts and node.parts == marker.parts[:-1]:
                return (node.last or {}).get("1.1", 0) == marker.number - 1
        return any(node.parts == (*marker.parts[:-1], marker.number - 1) for node in self._stack)

    def is_new(self, form: str) -> bool:
        """Whether a form was not there since the text or the attachment began."""
        return form not in self._forms

    def nest(self, form: str) -> None:
        """From here on, numbers of this form stand below those of the node that is open."""
        self._ranks[form] = self.top.rank + 0.5
