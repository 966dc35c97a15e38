"""What a web page shows, block by block: paragraphs, headings, list items, tables; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.html_node import BLOCKS, Node, integer
from corpus.html_tables import caption, data_rows, header_rows
from corpus.tables import table_lines

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LINKED = 0.5  # of a line: with so much of it links it is a menu
_MAX_FURNITURE_CHARACTERS = 80
_SENTENCE = re.compile(r"[，。；：、]")
_FURNITURE = re.compile(
    r"^[【\[]?(?:打印|关闭|分享|收藏)|打印本[页文]|关闭窗口|分享到|加入收藏|扫一扫|大 ?中 ?小"
    r"|浏览(?:次数|量)|阅读(?:次数|量)|点击(?:数|量|次数)|字[体号][:：]|信息来源|责任编辑"
    r"|^(?:来源|编辑|作者|主办|主办单位|承办|承办单位|发布日期|发布时间|发布机构)[:：]"
    r"|版权所有|ICP备|公网安备|网站标识码|网站地图|联系我们|无障碍(?:阅读|浏览|模式)"
    r"|当前位置|您(?:所在|现在)的位置|返回(?:顶部|首页)|^上一[篇条]|^下一[篇条]|^今天是"
    r"|^相关(?:阅读|链接|文件|新闻|政策|解读|稿件)[:：]?$"
)
_MARKED = re.compile(
    r"[\d一二三四五六七八九十]+\s*[、.．）)]|[（(][\d一二三四五六七八九十]+[）)]|[①-⑳]|第.{1,6}[条章节]"
)


@dataclass(slots=True)
class Block:
    """A paragraph or table of a page, and how many of its characters are links."""

    lines: list[str]
    level: int = 0  # of a heading
    linked: int = 0
    is_apart: bool = False  # in the middle or to the right, as titles and signatures stand
    is_table: bool = False
    is_clean: bool = True  # may be part of a document
    weight: int = 0  # how much prose it is

    def __post_init__(self) -> None:
        """Judge the block by its words."""
        text = "\n".join(self.lines)
        size = len(text)
        is_menu = self.linked > _LINKED * size and not text.startswith("附件")
        about_page = size <= _MAX_FURNITURE_CHARACTERS and _FURNITURE.search(text) is not None
        self.is_clean = not is_menu and (not about_page or _MARKED.match(text) is not None)
        if self.is_clean:
            unlinked = max(0, size - self.linked)
            self.weight = unlinked if _SENTENCE.search(text) else unlinked // 4


Span = tuple[int, int]
"""The first block of an element and the one behind its last."""


def page_blocks(root: Node) -> tuple[list[Block], list[Span]]:
    """The blocks of a page in reading order, and the span of every element that holds some."""
    writer = _Writer()
    spans: list[Span] = []
    # Without recursion: pages nest deeper than Python calls.
    stack: list[tuple[Node, Iterator[Node | str], int]] = []

    def enter(node: Node) -> None:
        writer.enter(node)
        rows = data_rows(node) if node.tag == "table" else None
        if rows is not None:
            writer.add_table(node, rows)
        stack.append((node, iter(() if rows is not None else node.children), len(writer.blocks)))

    enter(root)
    while stack:
        node, children, start = stack[-1]
        child = next(children, None)
        if isinstance(child, str):
            writer.add_text(child)
        elif child is not None:
            enter(child)
        else:
            stack.pop()
            writer.leave(node)
            first = start - 1 if node.tag == "table" and start == len(writer.blocks) else start
            if len(writer.blocks) > first:
                spans.append((first, len(writer.blocks)))
    return writer.blocks, spans


class _Writer:
    """Blocks as they grow."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._linked = 0
        self._links = 0  # how many links are open
        self._level = 0
        self._preformatted = 0
        self._label = ""
        self._alignments = [""]  # of the open elements
        self._counts: list[tuple[Node, int]] = []  # open lists and their next numbers

    def enter(self, node: Node) -> None:
        if node.tag in BLOCKS:
            self._flush()
        inherited = "" if node.tag in ("table", "td", "th") else self._alignments[-1]
        own = "center" if node.tag == "center" else node.attributes.get("align", "").lower()
        self._alignments.append(own or inherited)
        if node.tag == "br":
            self._parts.append("\n")
        elif node.tag == "a":
            self._links += 1
        elif node.tag == "pre":
            self._preformatted += 1
        elif node.tag in ("ol", "ul"):
            self._counts.append((node, integer(node.attributes.get("start"), 1)))
        elif node.tag == "li" and self._counts:
            self._count()
        self._level = _HEADINGS.get(node.tag, self._level)

    def leave(self, node: Node) -> None:
        if node.tag in BLOCKS:
            self._flush()
        self._alignments.pop()
        if node.tag == "a":
            self._links -= 1
        elif node.tag == "pre":
            self._preformatted -= 1
        elif node.tag in ("ol", "ul") and self._counts:
            self._counts.pop()
        elif node.tag == "li":
            self._label = ""
        if node.tag in _HEADINGS:
            self._level = 0

    def add_text(self, text: str) -> None:
        self._parts.append(text if self._preformatted else re.sub(r"\s+", " ", text))
        if self._links:
            self._linked += len("".join(text.split()))

    def add_table(self, table: Node, rows: list[list[str]]) -> None:
        lines = [*caption(table), *table_lines(rows, header_rows=header_rows(table))]
        if lines:
            self.blocks.append(Block(lines, is_table=True))

    def _count(self) -> None:
        """The printed number of a list item."""
        parent, number = self._counts[-1]
        self._counts[-1] = (parent, number + 1)
        style = parent.attributes.get("type", "1")
        letter = style if style in ("a", "A") and 0 < number <= 26 else ""
        written = chr(ord(letter) + number - 1) if letter else str(number)
        self._label = f"{written}." if parent.tag == "ol" else ""

    def _flush(self) -> None:
        lines = [" ".join(line.split()) for line in "".join(self._parts).split("\n")]
        lines = [line for line in lines if line]
        if lines:
            if self._label and not _MARKED.match(lines[0]):
                lines[0] = f"{self._label} {lines[0]}"
            if self._level:  # a heading that is broken into lines is one heading
                lines = ["".join(lines)]
            is_apart = self._alignments[-1] in ("center", "right")
            self.blocks.append(Block(lines, self._level, self._linked, is_apart))
            self._label = ""
        self._parts = []
        self._linked = 0
