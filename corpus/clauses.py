"""The tree of one policy to its clauses: ids, labels, heading paths, texts; pure.

An article (条) holds the text of its paragraphs (款) and items (项); every other numbered clause
holds its own words only, and its parts are clauses of their own.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator

from corpus.cleaning import Paragraph
from corpus.closing_rules import heads_closing_rules
from corpus.columns import columns_of
from corpus.emission import Emission, Place
from corpus.frame_lines import is_attribute
from corpus.nodes import MAX_HEADING, TABLE_RANK, Node
from corpus.notice import KIND_ADDRESS
from corpus.schema import Clause
from corpus.statute import add_article
from corpus.units import is_unit_list

_MAX_MERGED = 1000  # paragraphs under a head of its own line are one clause up to this length
_MAX_TITLE_LINES = 3  # of an attachment, under the line that numbers it
# A paragraph that is cited by itself: it has a name, or says since when the document is in force.
_EFFECT = re.compile(r"本[\u4e00-\u9fff]{2,4}自.{2,20}施行")
_NAMED = re.compile(rf"(?!答复[:：]|[回解]答[:：])[\u4e00-\u9fff]{{2,8}}[：:]|{_EFFECT.pattern}")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z“”]{2,20}[：:]")


def clauses_of(root: Node, policy_id: str, source: str) -> tuple[Clause, ...]:
    """Clauses of one policy in reading order, each behind its parent.

    Args:
        root: the tree that ``grow_outline`` made of the policy's paragraphs.
        policy_id: opens every clause id.
        source: the decoded text that the paragraphs' segments point into.
    """
    walk = _Walk(Emission(policy_id, source))
    walk.emission.read([p for article in _articles(root) for p in article.all_paragraphs()])
    for child in root.children:
        walk.add(child, Place(), Place())
    return walk.emission.finish()


def _articles(node: Node) -> Iterator[Node]:
    """The articles below a node, wherever they stand."""
    for child in node.children:
        if child.article:
            yield child
        else:
            yield from _articles(child)


class _Walk:
    """Goes through the tree and makes clauses; no deeper than there are forms of numbers."""

    def __init__(self, emission: Emission) -> None:
        self.emission = emission

    def add(self, node: Node, above: Place, scope: Place) -> None:
        """Make the clause of a node and all below it.

        Args:
            node: the node.
            above: the clause above it.
            scope: what articles and numbers like 1.1 are counted in, wherever they stand.
        """
        place = _place(node, above, scope)
        if node.article:
            add_article(node, place, self.emission, self._add_table)
            return
        if node.rank >= TABLE_RANK:
            self._add_table(node, above)
            return
        own, further = _own_paragraphs(node)
        clause_id = self.emission.emit(node.kind, own, place)
        if not (further or node.children):
            return
        inner = _inside(node, place, clause_id)
        scope = inner if node.scope else scope
        for part in _in_order(further, node.children):
            if isinstance(part, Node):
                self.add(part, inner, scope)
            else:
                number, paragraphs = part
                address, label = f"{inner.address}.d{number}", f"{inner.label}第{number}段"
                self.emission.emit("段", paragraphs, inner._replace(address=address, label=label))

    def _add_table(self, node: Node, above: Place) -> None:
        """A table, whose rows carry its caption and the heads of its columns in their path."""
        place = _place(node, above, above)
        inner = _inside(node, place, self.emission.emit(node.kind, node.paragraphs, place))
        heads = [paragraph.text for paragraph in node.paragraphs if paragraph.row]
        captions = [paragraph.text for paragraph in node.paragraphs if not paragraph.row]
        columns = columns_of(heads, " ".join([*above.path, *captions]))
        for row in node.children:
            self.emission.emit_row(row.paragraphs, _place(row, inner, inner), columns)


def _in_order(
    paragraphs: list[Paragraph], children: list[Node]
) -> list[Node] | list[tuple[int, list[Paragraph]] | Node]:
    """Further paragraphs, numbered from 2, and children as they follow one another.

    Lines that only name units or time limits are one with such a line right above them.
    """
    if not paragraphs:
        return children
    parts: list[tuple[int, list[Paragraph]] | Node] = list(children)
    last: list[Paragraph] = []
    starts = [child.start for child in children]
    for number, paragraph in enumerate(paragraphs, start=2):
        above = last[-1] if last and _belongs(last[-1]) and _belongs(paragraph) else None
        if above and bisect(starts, above.start) == bisect(starts, paragraph.start):
            last.append(paragraph)
        else:
            last = [paragraph]
            parts.append((number, last))
    return sorted(parts, key=lambda p: p.start if isinstance(p, Node) else p[1][0].start)


def _place(node: Node, above: Place, scope: Place) -> Place:
    base = scope if node.article or node.form == "1.1" else above
    stem = scope.address if node.article else above.address
    headings = _headings(node)
    return Place(
        above.parent_id,
        f"{stem}.{node.address}" if stem else node.address,
        _label(node, base.label),
        (*above.path, *headings) if headings else above.path,
    )


def _inside(node: Node, place: Place, clause_id: str) -> Place:
    """The place of what is below a node: 附件1 and 1 make 附件1 1."""
    label = f"{place.label} " if node.form == "附件" else place.label
    return Place(clause_id, place.address, label, place.path)


def _label(node: Node, above: str) -> str:
    if node.label:  # 专栏2 and 1 are 专栏2 1, not 专栏21
        apart = above[-1:].isdecimal() and node.label[0].isdecimal()
        return f"{above} {node.label}" if apart else above + node.label
    return above.rstrip() or (node.kind if node.kind in KIND_ADDRESS else "")


def _headings(node: Node) -> tuple[str, ...]:
    """The words that a node adds to the path of what is below it."""
    if node.rank < 0:
        return (node.kind,)
    if node.rank >= TABLE_RANK:
        named = node.kind == "表"
        return tuple(paragraph.text for paragraph in node.paragraphs) if named else ()
    if not node.paragraphs:
        return ()
    if node.article:
        return (node.label,)
    return (_heading(node),)


def _heading(node: Node) -> str:
    """The words that name a clause: its head line, or its number where it has none."""
    text = node.paragraphs[0].text
    if node.alone:
        lines = node.paragraphs[: 1 + _title_lines(node)]
        return " ".join(paragraph.text for paragraph in lines)
    sentence = text.split("。", 1)[0]
    if (
        len(sentence) <= MAX_HEADING
        and "。" in text
        and "，" not in sentence[node.head_length + 30 :]
    ):
        return sentence
    named = _NAME.match(text, node.head_length)
    return text[: named.end() - 1] if named else node.label


def _title_lines(node: Node) -> int:
    """How many lines below the line of a number are still its title (附件1, 第一章)."""
    if node.kind not in ("附件", "编", "章", "节", "部分") or node.unnamed or node.level:
        return 0
    bare = len(node.paragraphs[0].text.rstrip("：: ")) <= node.head_length
    most = _MAX_TITLE_LINES if node.kind == "附件" else int(bare)
    first_child = node.children[0].start if node.children else None
    count = 0
    for paragraph in node.paragraphs[1 : 1 + most]:
        text = paragraph.text
        if len(text) > MAX_HEADING or text.endswith(("。", "：", ":", "；")) or is_attribute(text):
            break
        if first_child is not None and paragraph.start > first_child:
            break
        count += 1
    return count


def _own_paragraphs(node: Node) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs that are the clause itself, and those that become clauses below it.

    Lines that only name units or time limits stay with the clause. A head on a line of its own
    takes the paragraphs under it; behind a head with text on its line, or where the whole grows
    too long to cite, each further paragraph is cited by itself.
    """
    paragraphs = node.paragraphs
    if len(paragraphs) <= 1 or node.rank < 0:
        return paragraphs, []
    end = len(paragraphs)
    if node.children and paragraphs[-1].start > node.children[0].start:
        first_child = node.children[0].start  # a table stands between the paragraphs
        end = sum(1 for paragraph in paragraphs if paragraph.start < first_child)
    rules = heads_closing_rules(paragraphs[0].text)
    with_head = node.alone and (rules or not _EFFECT.match(paragraphs[1].text))
    keep = 1 + max(int(with_head), _title_lines(node))
    plain = [number for number in range(min(keep, end), end) if not _belongs(paragraphs[number])]
    whole = node.alone and node.form != "附件"
    whole = whole and sum(len(p.text) for p in paragraphs[:end]) <= _MAX_MERGED
    if not plain or (whole and not any(_NAMED.match(paragraphs[n].text) for n in plain)):
        return paragraphs[:end], paragraphs[end:]
    return paragraphs[: plain[0]], paragraphs[plain[0] :]


def _belongs(paragraph: Paragraph) -> bool:
    return is_attribute(paragraph.text) or is_unit_list(paragraph.text)
