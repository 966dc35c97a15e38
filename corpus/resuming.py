"""Paragraphs that take up the text above a list again, behind its last item; pure.

1.… 2.… 3.… 以上工作由…牵头。 The last sentence is no part of item 3, nor is one that stands behind
items which are one sentence: 1.…；2.…；3.…。
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.nodes import Node

_TAKES_UP = re.compile(
    r"(?:以上|上述)(?:各)?[\u4e00-\u9fff]{2}"
    r"|各(?:地|级|部门|单位|[省市县区旗州镇乡]|有关|相关|责任|成员)[^。，：:；]{0,24}?(?:要|应|须|可)"
)
_FIRST = frozenset("以上各")
_PARTS = ("；", ";")
_ENDS = ("。", *_PARTS)
_LEAST_ITEMS = 2


def resumed_node(path: Sequence[Node], text: str) -> Node | None:
    """The node whose text a paragraph goes on with behind a list; None where it is not sure.

    It is where the paragraph says so, or the list is one sentence that is at its end, and every
    item of it has one paragraph, which is no head.

    Args:
        path: the nodes that are open, from the root on; the last has no next one.
        text: the paragraph.
    """
    if len(path) < 2:
        return None
    item, parent = path[-1], path[-2]
    if not parent.form or not item.form or parent.form == "附件":
        return None
    items = [child for child in parent.children if child.form == item.form]
    if len(items) < _LEAST_ITEMS or not (_takes_up(text) or _are_one_sentence(items)):
        return None
    return parent if all(_is_sentence(item) for item in items) else None


def _takes_up(text: str) -> bool:
    return text[0] in _FIRST and _TAKES_UP.match(text) is not None


def _are_one_sentence(items: Sequence[Node]) -> bool:
    """Whether the items are parted by semicolons and the last of them ends with a full stop."""
    texts = [item.paragraphs[-1].text for item in items]
    return texts[-1].endswith("。") and all(text.endswith(_PARTS) for text in texts[:-1])


def _is_sentence(item: Node) -> bool:
    """Whether an item is one paragraph that says something, and not the head of what follows."""
    whole = len(item.paragraphs) == 1 and not item.children
    return whole and (not item.alone or item.paragraphs[0].text.endswith(_ENDS))
