"""The tree that the numbers of one policy grow: which stands under which; pure.

A number opens a node under the nearest open node of a lower rank. Numbering that starts again
although its parent goes on means that a head was lost (scraped pages do that): an unnamed parent
is opened, so addresses stay unique and labels stay as printed.
"""

from __future__ import annotations

from corpus.cleaning import Paragraph
from corpus.frame_lines import is_attribute
from corpus.markers import Marker
from corpus.nodes import TABLE_RANK, Node, node_of, table_label, take_captions
from corpus.notice import KIND_ADDRESS
from corpus.open_nodes import OpenNodes
from corpus.resuming import resumed_node
from corpus.rows import HEAD, ROW
from corpus.unit_groups import answering_group, may_list_units

_REPEATING = frozenset({"附件", "一是", "目标一", "1.1"})  # forms whose numbers may come again
_SEVERAL = ("前言", "通知", "题注")  # each paragraph of these kinds is a clause of its own


class Tree:
    """Grows the nodes of one policy, paragraph by paragraph."""

    def __init__(self) -> None:
        self.open = OpenNodes()
        self.root = self.open.root
        self._table: Node | None = None

    @property
    def has_table(self) -> bool:
        """Whether the last paragraph was a row of a table."""
        return self._table is not None

    def add_named(self, kind: str, paragraph: Paragraph) -> None:
        """A part of the notice around the plan; neighbours of one kind are one clause."""
        self._table = None
        last = self.root.children[-1] if self.root.children else None
        if last is not None and last.rank < 0:
            letterhead = last.kind == "版头" and kind == "标题" and paragraph.text[:2] == "关于"
            if letterhead:
                last.kind, last.address = kind, KIND_ADDRESS[kind]
            if letterhead or (last.kind == kind and kind not in _SEVERAL):
                last.paragraphs.append(paragraph)
                return
        self.root.children.append(Node(kind, -1, 0, "", KIND_ADDRESS[kind], [paragraph]))

    def close(self) -> None:
        """Nothing that was open goes on: the document is signed."""
        self.open.close_all()
        self._table = None

    def add_marked(self, marker: Marker, paragraph: Paragraph) -> None:
        """A numbered clause."""
        self._table = None
        if marker.form == "附件":
            self.open.begin()
        self.open.see(marker.form)
        rank = self.open.rank_of(marker)
        parent = self.open.close_from(rank)
        in_article = self.open.article is not None
        last = parent.last.get(marker.form, 0) if parent.last else 0
        if marker.form == "问" and not marker.number:  # 问：, counted for it
            marker = marker._replace(number=last + 1, label=f"{marker.label}{last + 1}")
        restarts = 0 < marker.number < last or marker.number == last == 1
        # Under an article each paragraph may count its items anew; 一是 counts in running text.
        if restarts and not in_article and not marker.sub and marker.form not in _REPEATING:
            parent = self._unnamed_parent(parent, rank)
        if marker.form == "条":
            self._count_article(marker, parent)
        node = node_of(marker, rank, paragraph, in_article=in_article)
        self.open.open(parent, node)
        numbers = parent.last = parent.last or {}
        numbers[marker.form] = max(numbers.get(marker.form, 0), marker.number)

    def add_text(self, paragraph: Paragraph, *, goes_on: bool) -> None:
        """A paragraph without a number: it belongs to the clause above.

        Args:
            paragraph: the paragraph.
            goes_on: whether the item of an article that is open has its next one still to come.
        """
        self._table = None
        top, article = self.open.top, self.open.article
        if not goes_on and article is None:
            path = self.open.path
            if may_list_units(paragraph.text):
                self.open.close_to(answering_group(path))
            elif resumed := resumed_node(path, paragraph.text):
                self.open.close_to(resumed)
        if article is not None and top is not article and not goes_on:
            unfinished = top.paragraphs[-1].text.endswith(("：", ":"))
            if not unfinished and not is_attribute(paragraph.text):
                self.open.close_to(article)
        self.open.top.paragraphs.append(paragraph)

    def add_heading(self, paragraph: Paragraph, rank: float) -> None:
        """A heading that the source marks as one but does not number."""
        self._table = None
        top = self.open.top
        if top.form == "附件" and len(top.paragraphs) == 1 and not top.children:
            top.paragraphs.append(paragraph)  # the title of the attachment
            return
        parent = self.open.close_from(rank)
        label = paragraph.text.rstrip("：:。")
        node = Node("部分", rank, 0, label, f"h{parent.count('#')}", [paragraph], alone=True)
        node.level = paragraph.level
        self.open.open(parent, node)

    def add_row(self, paragraph: Paragraph) -> None:
        """A row of a table; a row of heads, or the first of all, opens the table."""
        table = self._table
        if table is not None and paragraph.row == HEAD and not table.children:
            table.paragraphs.append(paragraph)  # heads of two lines
            return
        if table is None or paragraph.row != ROW:
            parent = self.open.top
            number = parent.count("表")
            captions = take_captions(parent)
            label = table_label(captions, number)
            if (again := parent.count(label + "#")) > 1:  # captions that bear one number
                label = f"{label}（{again}）"
            table = Node("表", TABLE_RANK, number, label, f"t{number}", captions)
            self._table = table
            parent.children.append(table)
            if paragraph.row == HEAD:
                table.paragraphs.append(paragraph)
                return
        number = table.count("行")
        row = Node("表行", TABLE_RANK + 1, number, f"第{number}行", str(number), [paragraph])
        table.children.append(row)

    def add_contents(self, paragraphs: list[Paragraph], *, begun: bool) -> None:
        """A table of contents, of the document or, once it has begun, of an attachment."""
        self._table = None
        if begun:
            scope = self.open.scope
            self.open.close_to(scope)
            node = Node("目录", TABLE_RANK, 0, "目录", KIND_ADDRESS["目录"], paragraphs)
            scope.children.append(node)
            return
        for paragraph in paragraphs:
            self.add_named("目录", paragraph)

    def _unnamed_parent(self, parent: Node, rank: float) -> Node:
        """A parent without words for numbering that starts again."""
        if parent is self.root or parent.form == "附件":
            holder, rank = parent, rank - 1
        else:
            rank = parent.rank
            holder = self.open.close_from(rank)
        node = Node("部分", rank, 0, "", f"u{holder.count('')}", [], unnamed=True, scope=True)
        self.open.open(holder, node)
        return node

    def _count_article(self, marker: Marker, parent: Node) -> None:
        """A chapter whose articles begin anew is where they count from."""
        if marker.number == 1 and not marker.sub and self.open.scope.last_article:
            parent.scope = True
        scope = self.open.scope
        scope.last_article = max(scope.last_article, marker.number)
