"""An article (条) of a statute to its paragraphs (款), items (项) and sub-items (目); pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.cleaning import Paragraph
from corpus.emission import Emission, Place
from corpus.nodes import TABLE_RANK, Node
from corpus.numerals import chinese_number

_INSERTED = re.compile(
    r"[【\[〔（(](?:条文)?(?:释义|注释?|编者注|说明|解读|修订说明|条文说明|相关规定)(?:[】\]〕）):：]|\d)"
)
_ENDS = ("。", "；", "：", "！", "？", ";", ":")


def add_article(
    article: Node, place: Place, emission: Emission, add_table: Callable[[Node, Place], None]
) -> None:
    """Make the article, which holds all of its text, and below it each paragraph with its items."""
    clause_id = emission.emit(article.kind, article.all_paragraphs(), place, in_article=True)
    parts = _paragraphs_with_items(article)
    for number, (paragraphs, items) in enumerate(parts, start=1):
        label = f"{place.label}第{chinese_number(number)}款"
        part = Place(clause_id, f"{place.address}.{number}", label, place.path)
        if len(parts) == 1:
            part_id = emission.repeat("款", part)
        else:
            texts = paragraphs
            if items:
                texts = [*paragraphs, *[p for item in items for p in item.all_paragraphs()]]
                texts.sort(key=lambda paragraph: paragraph.start)
            part_id = emission.emit("款", texts, part, in_article=True)
        if items:
            # 第十条第（二）项 is how an item is cited where the article has one paragraph only.
            shown = label if len(parts) > 1 else place.label
            above = Place(part_id, part.address, shown, place.path)
            for item in items:
                _add_item(item, above, emission, add_table)


def _paragraphs_with_items(article: Node) -> list[tuple[list[Paragraph], list[Node]]]:
    """The text of each paragraph of an article and the items that follow it."""
    if len(article.paragraphs) == 1:
        return [(article.paragraphs, article.children)]
    texts: list[list[Paragraph]] = []
    for paragraph in article.paragraphs:  # what editors inserted counts as no paragraph
        if texts and _INSERTED.match(paragraph.text):
            texts[-1].append(paragraph)
        else:
            texts.append([paragraph])
    if len(texts) > 1 and _is_head(article):
        texts[:2] = [[*texts[0], *texts[1]]]
    children = article.children
    parts: list[tuple[list[Paragraph], list[Node]]] = []
    position = 0
    for number, paragraphs in enumerate(texts, start=1):
        end = texts[number][0].start if number < len(texts) else None
        first = position
        while position < len(children) and (end is None or children[position].start < end):
            position += 1
        parts.append((paragraphs, children[first:position]))
    return parts


def _is_head(article: Node) -> bool:
    """Whether the line of the article's number is only a head over its first paragraph."""
    first, second = article.paragraphs[:2]
    return (
        article.alone
        and not first.text.endswith(_ENDS)
        and not (article.children and article.children[0].start < second.start)
    )


def _add_item(
    node: Node, above: Place, emission: Emission, add_table: Callable[[Node, Place], None]
) -> None:
    if node.rank >= TABLE_RANK:
        add_table(node, above)
        return
    label = node.label if node.form == "一是" else f"第{node.label}{node.kind}"
    place = Place(
        above.parent_id, f"{above.address}.{node.address}", above.label + label, above.path
    )
    clause_id = emission.emit(node.kind, node.all_paragraphs(), place, in_article=True)
    if node.children:
        inner = Place(clause_id, place.address, place.label, place.path)
        for child in node.children:
            _add_item(child, inner, emission, add_table)
