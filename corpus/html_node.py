"""An element of a web page that is shown; pure."""

from __future__ import annotations

from dataclasses import dataclass, field

BLOCKS = frozenset(
    [
        *("body", "div", "p", "section", "article", "main", "header", "ul", "ol", "li", "dl", "dt"),
        *("dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "blockquote"),
        *("pre", "center", "address", "figure", "figcaption", "form", "fieldset", "hr", "details"),
        *("summary", "h1", "h2", "h3", "h4", "h5", "h6"),
    ]
)
"""Elements that begin and end a line."""


@dataclass(slots=True)
class Node:
    """An element that is shown: its name, some attributes, its elements and texts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def elements(self, *tags: str) -> list[Node]:
        """The elements of some names right inside this one."""
        return [node for node in self.children if isinstance(node, Node) and node.tag in tags]


def integer(text: str | None, default: int) -> int:
    """A small positive number as attributes write them, or the default."""
    digits = (text or "").strip()
    small = digits.isdecimal() and len(digits) < 6
    return max(int(digits), 1) if small else default
