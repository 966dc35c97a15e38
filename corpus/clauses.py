"""The tree of one policy to its clauses: ids, labels, heading paths, texts; pure.

An article (条) holds the text of its paragraphs (款) and items (项); every other numbered clause
holds its own words only, and its parts are clauses of their own.
"""

from __future__ import annotations

import re

from corpus.cleaning import Paragraph
from corpus.markers import is_attribute
from corpus.notice import KIND_ADDRESS
from corpus.outline import MAX_HEADING, Node
from corpus.schema import Clause, Segment
from corpus.units import is_unit_list, units_of

_MAX_MERGED = 1000  # paragraphs under a head of its own line are one clause up to this length
_NAMED = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]")


def clauses_of(root: Node, policy_id: str, source: str) -> tuple[Clause, ...]:
    """Clauses of one policy in reading order, each behind its parent.

    Args:
        root: the tree that ``grow_outline`` made of the policy's paragraphs.
        policy_id: opens every clause id.
        source: the decoded text that the paragraphs' segments point into.
    """
    return tuple(_Clauses(policy_id, source).of(root))


class _Clauses:
    """Turns the grown tree into clauses with ids, labels, paths and segments."""

    def __init__(self, policy_id: str, source: str) -> None:
        self._policy_id = policy_id
        self._source = source
        self._taken: set[str] = set()
        self._clauses: list[Clause] = []

    def of(self, root: Node) -> list[Clause]:
        """All clauses below ``root``."""
        for child in root.children:
            self._add(child, None, "", "", ())
        return self._clauses

    def _add(
        self, node: Node, parent_id: str | None, address: str, label: str, path: tuple[str, ...]
    ) -> None:
        flat = node.article  # articles are numbered through a statute: their chapter is no part
        address = node.address if flat or not address else f"{address}.{node.address}"
        label = _label(node, label)
        path = (*path, _heading(node)) if _heading(node) else path
        paragraphs = list(node.paragraphs)
        extra: list[Paragraph] = []
        if node.article:
            paragraphs += [p for child in node.children for p in child.all_paragraphs()]
            paragraphs.sort(key=lambda p: p.start)
        else:
            paragraphs, extra = _own_paragraphs(node)
        clause_id = self._emit(node.kind, paragraphs, parent_id, address, label, path)
        if node.article:
            self._add_article_parts(node, clause_id, address, label, path)
            return
        for number, paragraph in enumerate(extra, start=2):
            self._emit(
                "段", [paragraph], clause_id, f"{address}.d{number}", f"{label}第{number}段", path
            )
        for child in node.children:
            self._add(child, clause_id, address, label, path)

    def _add_article_parts(
        self, node: Node, clause_id: str, address: str, label: str, path: tuple[str, ...]
    ) -> None:
        """款 of an article, each with the 项 that follow it."""
        starts = [paragraph.start for paragraph in node.paragraphs]
        ids: list[str] = []
        for number, paragraph in enumerate(node.paragraphs, start=1):
            end = starts[number] if number < len(starts) else None
            items = [c for c in node.children if c.paragraphs[0].start > paragraph.start]
            items = [c for c in items if end is None or c.paragraphs[0].start < end]
            parts = [paragraph, *(p for item in items for p in item.all_paragraphs())]
            part_label = f"{label}第{chinese_number(number)}款"
            ids.append(self._emit("款", parts, clause_id, f"{address}.{number}", part_label, path))
            for item in items:
                own = part_label if len(starts) > 1 else label
                self._add_item(item, ids[-1], f"{address}.{number}", own, path)

    def _add_item(
        self, node: Node, parent_id: str, address: str, label: str, path: tuple[str, ...]
    ) -> None:
        address = f"{address}.{node.address}"
        label = f"{label}第{node.label}{node.kind}"
        clause_id = self._emit(node.kind, node.all_paragraphs(), parent_id, address, label, path)
        for child in node.children:
            self._add_item(child, clause_id, address, label, path)

    def _emit(
        self,
        kind: str,
        paragraphs: list[Paragraph],
        parent_id: str | None,
        address: str,
        label: str,
        path: tuple[str, ...],
    ) -> str:
        clause_id = self._unique(f"{self._policy_id}/{address}")
        text, segments = join_paragraphs(paragraphs, self._source)
        start = segments[0][0] if segments else self._position()
        end = segments[-1][1] if segments else start
        units = units_of(text)
        self._clauses.append(
            Clause(
                clause_id,
                self._policy_id,
                parent_id,
                kind,
                label,
                path,
                text,
                start,
                end,
                segments,
                units,
            )
        )
        return clause_id

    def _position(self) -> int:
        return self._clauses[-1].end if self._clauses else 0

    def _unique(self, clause_id: str) -> str:
        candidate, repeat = clause_id, 1
        while candidate in self._taken:
            repeat += 1
            candidate = f"{clause_id}~{repeat}"
        self._taken.add(candidate)
        return candidate


def _label(node: Node, parent: str) -> str:
    if node.article or (node.kind in ("编", "章") and not parent):
        return node.label
    if not node.label:
        return parent or (node.kind if node.kind in KIND_ADDRESS else "")
    return parent + node.label


def _heading(node: Node) -> str:
    """The words that name a clause in a path: its head line, or its number where it has none."""
    if not node.paragraphs:
        return ""
    if node.rank < 0:
        return node.kind
    text = node.paragraphs[0].text
    if node.article:
        return node.label
    if node.alone:
        return text
    sentence = text.split("。", 1)[0]
    if (
        len(sentence) <= MAX_HEADING
        and "。" in text
        and "，" not in sentence[node.head_length + 30 :]
    ):
        return sentence
    named = re.match(r"[\u4e00-\u9fffA-Za-z“”]{2,20}[：:]", text[node.head_length :])
    return text[: node.head_length + named.end() - 1] if named else node.label


def _own_paragraphs(node: Node) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs that are the clause itself, and those that become clauses below it.

    Lines that only name units or time limits stay with the clause. A head on a line of its own
    takes the paragraphs under it; behind a head with text on its line, or where the whole grows
    too long to cite, each further paragraph is cited by itself.
    """
    if len(node.paragraphs) <= 1 or node.rank < 0:
        return node.paragraphs, []
    keep = 2 if node.alone else 1
    plain = [p for p in node.paragraphs[keep:] if not _belongs(p)]
    if (
        node.alone
        and sum(len(p.text) for p in node.paragraphs) <= _MAX_MERGED
        and not _named(plain)
    ):
        return node.paragraphs, []
    own = [p for p in node.paragraphs if not any(p is other for other in plain)]
    if plain and own[-1].start > plain[0].start:  # keep a clause in one run of the source
        tail = [p for p in own if p.start > plain[0].start]
        own = [p for p in own if p.start < plain[0].start]
        plain = sorted([*plain, *tail], key=lambda p: p.start)
    return own, plain


def _belongs(paragraph: Paragraph) -> bool:
    return is_attribute(paragraph.text) or is_unit_list(paragraph.text)


def _named(paragraphs: list[Paragraph]) -> bool:
    """Whether paragraphs carry names of their own (目标：…, 建设任务：…)."""
    return any(_NAMED.match(p.text) and not _belongs(p) for p in paragraphs)


def join_paragraphs(paragraphs: list[Paragraph], source: str) -> tuple[str, tuple[Segment, ...]]:
    """Text and segments of paragraphs put together, a line break of the source between them."""
    segments: list[Segment] = []
    parts: list[str] = []
    for paragraph in paragraphs:
        if segments:
            gap = source.find("\n", segments[-1][1], paragraph.start)
            if gap >= 0:
                segments.append((gap, gap + 1))
                parts.append("\n")
        segments.extend(paragraph.segments)
        parts.append(paragraph.text)
    return "".join(parts), tuple(segments)


def chinese_number(number: int) -> str:
    """A positive number below 100 in Chinese numerals, as it counts paragraphs (第十二款)."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
