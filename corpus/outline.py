"""Paragraphs to a tree of numbered nodes: one grammar for statutes, plans and notices; pure.

Here is decided what a paragraph is: part of the notice around a plan, an entry of a table of
contents, a number, a head without one, a row of a table, or text.
"""

from __future__ import annotations

from corpus.cleaning import Paragraph
from corpus.closing_rules import heads_closing_rules, is_closing_rule
from corpus.contents import Contents, attachments_end
from corpus.frame_lines import is_attribute, is_date
from corpus.growth import Tree
from corpus.markers import Marker
from corpus.nodes import MAX_HEADING, Node, is_numbered_caption
from corpus.notice import Opening, closing_kinds, is_contact
from corpus.open_nodes import BARE
from corpus.page_furniture import is_furniture
from corpus.page_table import is_fact_row
from corpus.table_notes import Notes
from corpus.titles import is_title
from corpus.turns import Turns

_BARE_HEADS = frozenset({"总则", "附则", "罚则", "法律责任"})


def grow_outline(paragraphs: list[Paragraph]) -> Node:
    """The root of the tree that the paragraphs of one policy make, in reading order."""
    return _Outline(paragraphs).grow()


class _Outline:
    """Reads the paragraphs of one policy in order."""

    def __init__(self, paragraphs: list[Paragraph]) -> None:
        self._paragraphs = paragraphs
        self._tree = Tree()
        self._opening = Opening()
        self._contents = Contents(paragraphs)
        self._closing = closing_kinds(paragraphs)
        self._turns = Turns(paragraphs, self._tree.open)
        self._heads = _numbered_levels(paragraphs)
        self._notes = Notes()
        self._begun = False  # the first numbered clause was there
        self._closed = ""  # the kind of the last line that closes, while nothing was opened since
        self._signed = False
        self._annexes = sum(1 for p in paragraphs if p.marker and p.marker.form == "附件")

    def grow(self) -> Node:
        """The root of the tree."""
        index = 0
        while index < len(self._paragraphs):
            index = self._take(index)
        return self._tree.root

    def _take(self, index: int) -> int:
        """Put one paragraph, or a list of what follows, into the tree; the index behind it."""
        paragraph = self._paragraphs[index]
        if paragraph.row and not self._begun and is_fact_row(paragraph.text):
            self._opening.note("页头")
            self._tree.add_named("页头", paragraph)
            return index + 1
        if paragraph.row:
            self._tree.add_row(paragraph)
            return index + 1
        if self._notes.holds(paragraph, below_table=self._tree.has_table):
            self._tree.add_text(paragraph, goes_on=False)
            return index + 1
        end = self._take_list(index)
        if end > index:
            return end
        marker = self._turns.marker(index)
        if marker is not None:
            self._add_marked(marker, index)
        elif self._begun or self._is_first_heading(index):
            self._add_unmarked(index)
        else:
            self._add_opening(index)
        return index + 1

    def _take_list(self, index: int) -> int:
        """Put a table of contents or a list of attachments into the tree; the index behind it."""
        end = self._contents.end(index)
        if end > index:
            self._tree.add_contents(self._paragraphs[index:end], begun=self._begun)
            return end
        marker = self._paragraphs[index].marker
        if marker is None or marker.form != "附件":
            return index
        end = attachments_end(self._paragraphs, index, self._closing, signed=self._signed)
        if end > index:
            self._closed = "落款"
            self._tree.close()
            for entry in self._paragraphs[index:end]:
                self._tree.add_named("附件说明", entry)
        return end

    def _add_marked(self, marker: Marker, index: int) -> None:
        paragraph = self._paragraphs[index]
        if marker.form == "附件" and self._is_that_attachment():
            self._tree.add_named("附件说明", paragraph)
            return
        self._begun, self._closed = True, ""
        if marker.number == 1 and self._turns.stands_below(marker, index):
            self._tree.open.nest(marker.form)
        self._tree.add_marked(marker, paragraph)

    def _is_that_attachment(self) -> bool:
        """Whether the whole file is the one attachment that it names first."""
        first = not self._begun and not self._opening.has("标题", "前言", "通知")
        return first and self._annexes == 1

    def _add_opening(self, index: int) -> None:
        """A paragraph before the first numbered one, or behind the title of a further document."""
        role = self._role(index)
        self._opening.note(role)
        self._signed = self._signed or is_date(self._paragraphs[index].text)
        self._tree.add_named(role, self._paragraphs[index])

    def _add_unmarked(self, index: int) -> None:
        """A paragraph behind the first numbered one that has no number itself."""
        paragraph = self._paragraphs[index]
        self._begun = True
        closing = self._closing[index]
        if is_contact(paragraph.text) and self._tree.open.scope.form == "附件":
            closing = ""  # a list of contacts that is attached
        if closing and (self._closed or _closes(self._paragraphs, self._closing, index)):
            self._closed = closing
            self._signed = self._signed or is_date(paragraph.text)
            self._tree.close()
            self._tree.add_named(closing, paragraph)
        elif self._closed and _opens_document(self._paragraphs, self._closing, index):
            self._begun, self._closed = False, ""
            self._opening.note("落款")
            self._add_opening(index)
        elif self._closed:
            self._tree.add_named(self._closed, paragraph)
        elif self._ends_plan(index):
            self._closed = "文末"
            self._tree.close()
            self._tree.add_named("文末", paragraph)
        else:
            rank = None if _names_table(self._paragraphs, index) else self._heading_rank(paragraph)
            if rank is None:
                self._tree.add_text(paragraph, goes_on=self._turns.item_goes_on(index))
            else:
                self._tree.add_heading(paragraph, rank)

    def _ends_plan(self, index: int) -> bool:
        """Whether a paragraph below the last item speaks of the whole document."""
        if not is_closing_rule(self._paragraphs[index].text):
            return False
        top, inside = self._tree.open.top, self._tree.open.article or self._tree.open.scope.form
        apart = not (inside or top is self._tree.root or _announces_rules(top))
        return apart and not self._turns.goes_on(index)

    def _role(self, index: int) -> str:
        following = index + 1 < len(self._paragraphs) and self._paragraphs[index + 1].text
        paragraph = self._paragraphs[index]
        role = self._opening.role(paragraph, self._closing[index], following or "")
        if role in ("标题", "前言", "通知") and self._opening.ended:
            return role if _goes_on(self._paragraphs, self._closing, index) else "页尾"
        return role

    def _is_first_heading(self, index: int) -> bool:
        """Whether the body begins here, with a head that has no number."""
        paragraph = self._paragraphs[index]
        return (
            (paragraph.level > 1 or _heads_articles(self._paragraphs, index))
            and self._opening.has("标题")
            and self._heading_rank(paragraph) is not None
            and self._role(index) in ("前言", "通知")
        )

    def _heading_rank(self, paragraph: Paragraph) -> float | None:
        text = paragraph.text
        if text in _BARE_HEADS:
            return self._tree.open.heading_rank(BARE, self._heads)
        if not paragraph.level or len(text) > MAX_HEADING or is_attribute(text):
            return None
        return self._tree.open.heading_rank(paragraph.level, self._heads)


def _names_table(paragraphs: list[Paragraph], index: int) -> bool:
    """Whether a line, marked as a head or not, is the caption of the table below it."""
    if not is_numbered_caption(paragraphs[index].text):
        return False
    return any(paragraph.row for paragraph in paragraphs[index + 1 : index + 3])


def _closes(paragraphs: list[Paragraph], closing: list[str], index: int) -> bool:
    """Whether a closing line closes indeed: a date does so only at the end of something."""
    if closing[index + 1] or not is_date(paragraphs[index].text):
        return True
    if index + 1 == len(paragraphs):
        return True
    following = paragraphs[index + 1]
    return is_title(following.text) or (
        following.marker is not None and following.marker.form == "附件"
    )


def _announces_rules(node: Node) -> bool:
    """Whether a node is only a head so far, one of a part for rules on the document."""
    only_head = node.alone and len(node.paragraphs) == 1 and not node.children
    return only_head and heads_closing_rules(node.paragraphs[0].text)


def _opens_document(paragraphs: list[Paragraph], closing: list[str], index: int) -> bool:
    """Whether a line behind a document that is closed is the title of a further one.

    Pages go on with links to other documents: titles, too, but none with numbered clauses,
    running text or a table of its own behind it.
    """
    if not (is_title(paragraphs[index].text) or paragraphs[index].level == 1):
        return False
    for behind in range(index + 1, len(paragraphs)):
        paragraph = paragraphs[behind]
        if paragraph.marker is not None or paragraph.row or paragraph.text[-1] in "。：:；":
            return True
        if closing[behind] == "页尾" and not is_furniture(paragraph.text):
            return False
    return False


def _goes_on(paragraphs: list[Paragraph], closing: list[str], index: int) -> bool:
    """Whether a line behind the foot of a page is text, or opens a document, and is no link."""
    text = paragraphs[index].text
    return text[-1] in "。：:" or _opens_document(paragraphs, closing, index)


def _heads_articles(paragraphs: list[Paragraph], index: int) -> bool:
    """Whether a bare head (总则) stands right before an article."""
    marker = paragraphs[index + 1].marker if index + 1 < len(paragraphs) else None
    return paragraphs[index].text in _BARE_HEADS and marker is not None and marker.form == "条"


def _numbered_levels(paragraphs: list[Paragraph]) -> dict[int, float]:
    """By level of head, the lowest rank of the numbers that heads of that level have."""
    levels: dict[int, float] = {}
    for paragraph in paragraphs:
        if paragraph.level and paragraph.marker is not None:
            rank = paragraph.marker.rank
            levels[paragraph.level] = min(rank, levels.get(paragraph.level, rank))
    return levels
