"""A clause in the making: its number, its own paragraphs and the nodes below it; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.cleaning import Paragraph
from corpus.markers import ARTICLE_RANK, LETTER_FORMS, Marker

MAX_HEADING = 40
_MAX_QUESTION = 100  # characters; a question that is answered below it is a head, long or not
_CAPTION = re.compile(
    r"附?表\s*[\d一二三四五六七八九十]{1,3}(?!\d)[^。；]{0,40}|[^。；]{2,40}[表单录账]"
)
_NUMBERED_CAPTION = re.compile(r"附?表\s*(?P<n>\d{1,2})(?![\d年月日.%])")
_UNIT_LINE = re.compile(r"[（(]?(?:计量)?单位[:：].{1,16}")
TABLE_RANK = 98
_PLAN_KINDS = {
    "附件": "附件",
    "编": "编",
    "分编": "编",
    "章": "章",
    "节": "节",
    "部分": "部分",
    "条": "条",
    "一、": "部分",
    "问": "点",
    "（一）": "项",
    "1.": "点",
    "（1）": "子点",
    "1）": "子点",
    "①": "细点",
    "一是": "细点",
    "目标一": "点",
    **dict.fromkeys(LETTER_FORMS, "部分"),
}
_DECIMAL_KINDS = ("部分", "项", "点", "子点")
_GROUP_ADDRESS = {"附件": "a", "编": "b", "章": "c", "节": "s", "部分": "p"}
_FORM_ADDRESS = {"目标一": "m", "问": "q"} | dict.fromkeys(LETTER_FORMS, "l")


@dataclass(slots=True)
class Node:
    """A clause in the making."""

    kind: str
    rank: float
    number: int
    label: str
    address: str
    paragraphs: list[Paragraph]
    children: list[Node] = field(default_factory=list)
    form: str = ""  # of the number
    head_length: int = 0  # characters of the marker in the first paragraph
    alone: bool = False  # the head stands on a line of its own
    unnamed: bool = False
    article: bool = False
    scope: bool = False  # articles below count from here and are cited with it
    level: int = 0  # of a head without a number
    parts: tuple[int, ...] = ()  # 2.1.3 → (2, 1, 3)
    last_article: int = 0  # the highest number of an article, in a scope
    last: dict[str, int] | None = None  # by form, the highest number that a child has had

    @property
    def start(self) -> int:
        """Where the node begins in the source, children included; 0 where it has no text."""
        if self.paragraphs:
            return self.paragraphs[0].start
        return self.children[0].start if self.children else 0

    def all_paragraphs(self) -> list[Paragraph]:
        """Paragraphs of this node and of all below it, in reading order."""
        if not self.children:
            return self.paragraphs
        found = list(self.paragraphs)
        for child in self.children:
            found.extend(child.all_paragraphs())
        found.sort(key=lambda paragraph: paragraph.start)
        return found

    def count(self, form: str) -> int:
        """The number of the next child of a form that the text does not number."""
        self.last = self.last or {}
        self.last[form] = self.last.get(form, 0) + 1
        return self.last[form]


def node_of(marker: Marker, rank: float, paragraph: Paragraph, *, in_article: bool) -> Node:
    """The node that a numbered paragraph opens."""
    form, own_rank, number, label, length, sub, parts, _ = marker
    kind = _PLAN_KINDS.get(form) or _DECIMAL_KINDS[min(len(parts), 4) - 1]
    if form in ("一、", "1."):
        parts = (number,)
    if in_article and own_rank > ARTICLE_RANK:
        kind = "项" if form in ("（一）", "一、") else "目"
    if form in LETTER_FORMS and rank > own_rank:
        kind = "点"
    stem = (
        _GROUP_ADDRESS[kind]
        if kind in _GROUP_ADDRESS and own_rank < ARTICLE_RANK
        else _FORM_ADDRESS.get(form, "")
    )
    return Node(
        kind,
        rank,
        0 if sub else number,
        label,
        f"{stem}{number}-{sub}" if sub else f"{stem}{number}",
        [paragraph],
        form=form,
        head_length=length,
        alone=_is_alone(paragraph.text[length:].strip()),
        article=form == "条",
        scope=form == "附件",
        parts=parts,
    )


def _is_alone(rest: str) -> bool:
    """Whether what stands behind a number is its head and no text."""
    if len(rest) > _MAX_QUESTION:
        return False
    most = _MAX_QUESTION if rest.endswith(("？", "?")) else MAX_HEADING
    return len(rest) <= most and "。" not in rest[:-1] and not rest.endswith(("；", ";"))


def is_numbered_caption(text: str) -> bool:
    """Whether a line is the caption of a table with its number (表1 主要指标)."""
    return text[:1] in "表附" and _NUMBERED_CAPTION.match(text) is not None and "。" not in text


def table_label(captions: list[Paragraph], number: int) -> str:
    """The label of a table: as its caption numbers it, else by its place in the clause."""
    for caption in captions:
        if match := _NUMBERED_CAPTION.match(caption.text):
            return f"表{match['n']}"
    return "表" if number == 1 else f"表{number}"


def take_captions(parent: Node) -> list[Paragraph]:
    """The lines above a table that name it and its unit; they leave the clause above."""
    kept = 2 if parent.kind == "附件" else 1
    captions: list[Paragraph] = []
    for look in (_UNIT_LINE, _CAPTION):
        if len(parent.paragraphs) > kept and look.fullmatch(parent.paragraphs[-1].text):
            captions.insert(0, parent.paragraphs.pop())
    return captions
