"""Web pages to a tree of what is shown of them; the only module that knows lxml.

Native code, and slow on some malformed pages: to be called where the process is confined. Which
part of a page is the document is told in article.py.
"""

from __future__ import annotations

import re

from lxml import etree

from corpus.article import article_lines
from corpus.errors import DocumentDamaged
from corpus.html_node import Node

_UNSEEN = frozenset(
    [
        *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas"),
        *("audio", "video", "map", "head", "select", "option", "button", "input", "textarea"),
        *("datalist", "nav", "aside", "footer"),
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_KEPT = ("colspan", "rowspan", "start", "type", "align")
_ALIGNMENT = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
_TITLE_NAMES = ("articletitle", "title")


def lines_of_page(data: bytes) -> list[str]:
    """Lines of the article of a page in UTF-8; none where it has no words.

    Raises:
        DocumentDamaged: not a page, or nested deeper than any page.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentDamaged("it is not a web page; save it anew") from error
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise DocumentDamaged("its parts are nested too deep; save it anew")
    if root is None:
        return []
    body = root.find("body")
    named = [(meta.get("name") or "", meta.get("content") or "") for meta in root.iter("meta")]
    return article_lines(_tree(root if body is None else body), _titles(root), named)


def _titles(root: etree._Element) -> list[str]:
    """What the page calls its article: the name that the site gives it, then that of the window."""
    found = [
        meta.get("content", "")
        for meta in root.iter("meta")
        if (meta.get("name") or "").lower() in _TITLE_NAMES
    ]
    found += [title.text or "" for title in root.iter("title")]
    return [" ".join(title.split()) for title in found if title.strip()]


def _tree(root: etree._Element) -> Node:
    """What is seen of an element."""
    top = Node("body")
    # Without recursion: pages nest deeper than Python calls.
    waiting: list[tuple[etree._Element, Node]] = [(root, top)]
    while waiting:
        element, node = waiting.pop()
        if element.text:
            node.children.append(element.text)
        for inner in element:
            if isinstance(inner.tag, str) and _is_seen(inner):
                kept = {name: inner.get(name, "") for name in _KEPT if name in inner.attrib}
                if alignment := _ALIGNMENT.search(inner.get("style", "")):
                    kept["align"] = alignment[1]
                child = Node(inner.tag.lower(), kept)
                node.children.append(child)
                waiting.append((inner, child))
            if inner.tail:
                node.children.append(inner.tail)
    return top


def _is_seen(element: etree._Element) -> bool:
    return (
        element.tag.lower() not in _UNSEEN
        and "hidden" not in element.attrib
        and not _HIDDEN.search(element.get("style", ""))
    )
