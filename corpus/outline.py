"""Paragraphs to a tree of numbered nodes: one grammar for statutes, plans and notices; pure.

A numbered paragraph opens a clause; the clause above it in the order of forms is its parent.
Numbering that starts again although its parent goes on means that a head was lost (scraped pages
do that): an unnamed parent is opened, so addresses stay unique and labels stay as printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.cleaning import Paragraph
from corpus.markers import Marker, marker_of
from corpus.notice import KIND_ADDRESS, is_closing, opening_roles

_PLAN_KINDS = {
    "附件": "附件",
    "编": "编",
    "章": "章",
    "节": "节",
    "部分": "部分",
    "条": "条",
    "一、": "部分",
    "（一）": "项",
    "1.": "点",
    "（1）": "子点",
    "1）": "子点",
    "①": "细点",
    "一是": "细点",
}
_ARTICLE_RANK = 5
_ITEM_KINDS = {7: "项", 8: "目", 9: "目", 10: "目"}
_GROUP_ADDRESS = {"附件": "a", "编": "b", "章": "c", "节": "s", "部分": "p"}
MAX_HEADING = 40


@dataclass(slots=True)
class Node:
    """A clause in the making: its number, its own paragraphs and the nodes below it."""

    kind: str
    rank: int
    number: int
    label: str
    address: str
    paragraphs: list[Paragraph]
    children: list[Node] = field(default_factory=list)
    head_length: int = 0  # characters of the marker in the first paragraph
    alone: bool = False  # the head stands on a line of its own
    unnamed: bool = False
    article: bool = False

    def all_paragraphs(self) -> list[Paragraph]:
        """Paragraphs of this node and of all below it, in reading order."""
        found = [*self.paragraphs, *(p for child in self.children for p in child.all_paragraphs())]
        return sorted(found, key=lambda paragraph: paragraph.start)

    def last_number(self, rank: int) -> int:
        """Highest number that a child of this rank has had, 0 where there is none."""
        return max((child.number for child in self.children if child.rank == rank), default=0)


class _Tree:
    """Grows the nodes of one policy, paragraph by paragraph."""

    def __init__(self) -> None:
        self.root = Node("", -1, 0, "", "", [])
        self._stack = [self.root]
        self._closed = False

    def add_named(self, kind: str, paragraph: Paragraph) -> None:
        """A part of the notice around the plan; neighbours of one kind are one clause."""
        last = self.root.children[-1] if self.root.children else None
        if last is not None and last.kind == kind and kind not in ("前言", "通知", "题注"):
            last.paragraphs.append(paragraph)
            return
        if (
            last is not None
            and last.kind == "版头"
            and kind == "标题"
            and paragraph.text[:2] == "关于"
        ):
            last.kind, last.address = kind, KIND_ADDRESS[kind]
            last.paragraphs.append(paragraph)
            return
        self.root.children.append(Node(kind, -1, 0, "", KIND_ADDRESS[kind], [paragraph]))

    def add_marked(self, marker: Marker, paragraph: Paragraph) -> None:
        """A numbered clause."""
        self._closed = False
        while self._stack[-1].rank >= marker.rank:
            self._stack.pop()
        parent = self._stack[-1]
        restarts = 0 < marker.number <= parent.last_number(marker.rank)
        # Under an article each paragraph may count its items anew; 一是 counts in running text.
        if restarts and not parent.article and marker.form != "一是":
            parent = self._unnamed_parent(parent, marker)
        node = _node(marker, paragraph, parent, article=any(n.article for n in self._stack))
        parent.children.append(node)
        self._stack.append(node)

    def add_text(self, paragraph: Paragraph, closing: str | None) -> None:
        """A paragraph without a number: it belongs to the clause above, or closes the document."""
        if closing is not None or self._closed:
            self._closed = True
            self.add_named(closing or "落款", paragraph)
            return
        self._stack[-1].paragraphs.append(paragraph)

    def add_heading(self, paragraph: Paragraph) -> None:
        """A heading that the source marks as one but does not number."""
        rank = 6
        while self._stack[-1].rank >= rank:
            self._stack.pop()
        parent = self._stack[-1]
        number = sum(1 for child in parent.children if child.unnamed or child.label == "") + 1
        node = Node("部分", rank, 0, "", f"h{number}", [paragraph], alone=True)
        parent.children.append(node)
        self._stack.append(node)

    def _unnamed_parent(self, parent: Node, marker: Marker) -> Node:
        """A parent without words for numbering that starts again."""
        if parent is not self.root:
            self._stack.pop()
            rank, holder = parent.rank, self._stack[-1]
        else:
            rank, holder = marker.rank - 1, parent
        number = sum(1 for child in holder.children if child.unnamed) + 1
        node = Node("部分", rank, 0, "", f"u{number}", [], unnamed=True)
        holder.children.append(node)
        self._stack.append(node)
        return node


def _node(marker: Marker, paragraph: Paragraph, parent: Node, *, article: bool) -> Node:
    kind = _PLAN_KINDS[marker.form]
    if article and marker.rank > _ARTICLE_RANK:
        kind = _ITEM_KINDS.get(marker.rank, "目")
    number = str(marker.number) + (f"-{marker.sub}" if marker.sub else "")
    rest = paragraph.text[marker.length :].strip()
    return Node(
        kind,
        marker.rank,
        marker.number if not marker.sub else 0,
        marker.label,
        _GROUP_ADDRESS.get(kind, "") + number if marker.rank < _ARTICLE_RANK else number,
        [paragraph],
        head_length=marker.length,
        alone="。" not in rest[:-1] and len(rest) <= MAX_HEADING and not rest.endswith(("；", ";")),
        article=marker.form == "条",
    )


def grow_outline(paragraphs: list[Paragraph]) -> Node:
    """The root of the tree that the paragraphs of one policy make, in reading order."""
    tree = _Tree()
    first = next(
        (i for i, p in enumerate(paragraphs) if marker_of(p.text) is not None), len(paragraphs)
    )
    for paragraph, role in zip(paragraphs[:first], opening_roles(paragraphs[:first]), strict=True):
        tree.add_named(role, paragraph)
    rest = paragraphs[first:]
    for index, paragraph in enumerate(rest):
        following = rest[index + 1].text if index + 1 < len(rest) else ""
        marker = marker_of(paragraph.text)
        if marker is not None:
            tree.add_marked(marker, paragraph)
        elif paragraph.level and len(paragraph.text) <= MAX_HEADING:
            tree.add_heading(paragraph)
        else:
            tree.add_text(paragraph, is_closing(paragraph, following))
    return tree.root
