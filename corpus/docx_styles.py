"""What the paragraph styles of a Word document say of lists, headings and contents; pure."""

from __future__ import annotations

import re

from corpus.archives import Element

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录) ?[1-9]", re.IGNORECASE)
_MAX_HEADING_LEVEL = 6  # markdown knows no more
_MAX_ANCESTORS = 20


class Styles:
    """The paragraph styles of one document by their ids."""

    def __init__(self, root: Element | None) -> None:
        found = root.findall("style") if root is not None else []
        self._styles = {style.get("styleId", ""): style for style in found}

    def list_of(self, style_id: str) -> tuple[str, int | None]:
        """Id and level of the list that a style belongs to; ("", None) where to none.

        The level is None where the list itself says which of its levels the style is.
        """
        for style in self._ancestry(style_id):
            number = style.find("pPr/numPr")
            if number is not None and number.find("numId") is not None:
                return _value(number, "numId"), _level(_value(number, "ilvl"))
        return "", None

    def heading_level(self, style_id: str, properties: Element | None) -> int:
        """Level of a heading from 1, or 0: what the paragraph says of itself, else its style."""
        own = _level(_value(properties, "outlineLvl"))
        if own is not None:
            return own + 1 if own < _MAX_HEADING_LEVEL else 0
        for style in self._ancestry(style_id):
            name = _value(style, "name")
            if name.lower() in ("title", "标题"):
                return 1
            if match := _HEADING.fullmatch(name):
                return min(int(match[1]), _MAX_HEADING_LEVEL)
            outline = _level(_value(style.find("pPr"), "outlineLvl"))
            if outline is not None:
                return outline + 1 if outline < _MAX_HEADING_LEVEL else 0
        return 0

    def is_contents(self, style_id: str) -> bool:
        """Whether a style is that of a line in a table of contents."""
        style = self._styles.get(style_id)
        return style is not None and bool(_CONTENTS.fullmatch(_value(style, "name")))

    def _ancestry(self, style_id: str) -> list[Element]:
        """A style and those it is based on, nearest first."""
        found: list[Element] = []
        style = self._styles.get(style_id)
        while style is not None and len(found) < _MAX_ANCESTORS:
            found.append(style)
            style = self._styles.get(_value(style, "basedOn"))
        return found


def _value(node: Element | None, name: str) -> str:
    inner = node.find(name) if node is not None else None
    return "" if inner is None else inner.get("val", "")


def _level(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 3 else None
