"""Paragraphs that take up the text above a list again, behind its last item; pure.

1.… 2.… 3.… 以上工作由…牵头。 The last sentence is no part of item 3.
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
_ENDS = ("。", "；", ";")
_LEAST_ITEMS = 2


def resumed_node(path: Sequence[Node], text: str) -> Node | None:
    """The node whose text a paragraph goes on with behind a list; None where it is not sure.

    It is where the paragraph says so and every item of the list has one paragraph, which is no
    head.

    Args:
        path: the nodes that are open, from the root on; the last has no next one.
        text: the paragraph.
    """
    if text[0] not in _FIRST or len(path) < 2 or _TAKES_UP.match(text) is None:
        return None
    item, parent = path[-1], path[-2]
    items = [child for child in parent.children if child.form == item.form]
    if not parent.form or not item.form or parent.form == "附件" or len(items) < _LEAST_ITEMS:
        return None
    return parent if all(_is_sentence(item) for item in items) else None


def _is_sentence(item: Node) -> bool:
    """Whether an item is one paragraph that says something, and not the head of what follows."""
    whole = len(item.paragraphs) == 1 and not item.children
    return whole and (not item.alone or item.paragraphs[0].text.endswith(_ENDS))
