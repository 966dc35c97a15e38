"""Which part of a web page is the document, and its lines; pure.

The article is the smallest part of a page that holds most of its prose; menus are links, and links
weigh nothing. What stands right behind it (signature, date) and the title right before it belong
to it; lines about the page (printed, shared, read so many times) do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from corpus.html_blocks import Block, page_blocks
from corpus.html_node import Node
from corpus.page_facts import facts_in_head, facts_in_lines, joined_facts
from corpus.reading import INDENT

_MOST = 0.7  # of the prose: the part of the page that holds so much of it is the article
_MAX_HEADING_CHARACTERS = 80
_MAX_BEFORE = 12  # blocks before the article among which its title may stand
_MIN_TITLE_CHARACTERS = 5
_SITE = re.compile(r"\s*[_|｜—–－-]\s*[^_|｜—–－-]{2,20}$")


def article_lines(
    root: Node, titles: Sequence[str], named: Sequence[tuple[str, str]] = ()
) -> list[str]:
    """Lines of the document that a page shows, headings with the marks of markdown.

    Before them stands what the page says of its document: who published it, and when.

    Args:
        root: the body of the page.
        titles: what the page calls its article.
        named: names and contents of the meta elements of the page.
    """
    blocks, spans = page_blocks(root)
    if not any(block.weight for block in blocks):
        return [line for block in blocks for line in block.lines]
    first, last = _trimmed(blocks, *_article(blocks, spans))
    before = [
        block for block in blocks[_title_start(blocks, first, titles) : first] if block.is_clean
    ]
    lines = [line for block in [*before, *blocks[first:last]] for line in _marked_lines(block)]
    title = _missing_title(lines, titles)
    beside = [line for block in blocks[max(0, first - _MAX_BEFORE) : first] for line in block.lines]
    facts = joined_facts(facts_in_lines(beside), facts_in_head(named, titles))
    facts = [fact for fact in facts if INDENT + fact not in lines]
    return [*facts, f"# {title}", *lines] if title else [*facts, *lines]


def _article(blocks: Sequence[Block], spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """First and last block of the article: those of the smallest element with most of the prose.

    It grows over elements around it as long as these hold nothing but text.
    """
    sums = [0, *accumulate(block.weight for block in blocks)]
    unclean = [0, *accumulate(not block.is_clean for block in blocks)]
    needed = _MOST * sums[-1]
    holding = [span for span in spans if sums[span[1]] - sums[span[0]] >= needed]
    # Elements that hold more than half of the prose contain one another.
    holding.sort(key=lambda span: span[1] - span[0])
    first, last = holding[0]
    for outer_first, outer_last in holding[1:]:
        before = unclean[first] - unclean[outer_first]
        behind = unclean[outer_last] - unclean[last]
        if before or behind:
            break
        first, last = outer_first, outer_last
    return first, last


def _trimmed(blocks: Sequence[Block], first: int, last: int) -> tuple[int, int]:
    """The article with what goes on behind it, without lines about the page at its ends."""
    while last < len(blocks) and blocks[last].is_clean:
        last += 1
    while first < last and not blocks[first].is_clean:
        first += 1
    while last > first and not blocks[last - 1].is_clean:
        last -= 1
    return first, last


def _title_start(blocks: Sequence[Block], first: int, titles: Sequence[str]) -> int:
    """Where the title stands that precedes the article; ``first`` where none does."""
    if any(block.level for block in blocks[first : first + 3]):
        return first
    for index in range(first - 1, max(-1, first - 1 - _MAX_BEFORE), -1):
        block = blocks[index]
        text = "".join(block.lines)
        named = any(text in title for title in titles)
        if (
            block.is_clean
            and len(text) >= _MIN_TITLE_CHARACTERS
            and (named or 0 < block.level <= 3)
        ):
            return index
    return first


def _marked_lines(block: Block) -> Iterator[str]:
    for line in block.lines:
        headed = 0 < len(line) <= _MAX_HEADING_CHARACTERS and "。" not in line
        if block.level and headed:
            yield "#" * block.level + " " + line
        else:
            yield line if block.is_apart or block.is_table else INDENT + line


def _missing_title(lines: Sequence[str], titles: Sequence[str]) -> str:
    """The title that the page names and its article does not begin with; empty where it does."""
    opening = "".join("".join(lines[:12]).split())
    for title in titles:
        short = _SITE.sub("", title)
        if "".join(short.split()) in opening or "".join(title.split()) in opening:
            return ""
    return next(
        (_SITE.sub("", title) for title in titles if len(title) >= _MIN_TITLE_CHARACTERS), ""
    )
