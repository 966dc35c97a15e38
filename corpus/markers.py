"""How official documents number their parts, and the lines that stand for themselves; pure.

Forms follow GB/T 9704-2012 §7.3.3 (一、 （一） 1. （1）) and, for statutes, the Legislation Law of
the PRC (编 章 节 条 款 项 目). ``rank`` orders the forms: a lower rank holds a higher one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import CHINESE_NUMERAL, parse_number

_NUM = rf"(?:{CHINESE_NUMERAL}+|\d{{1,4}})"
_AFTER_ARTICLE = r"(?![规第和与至到或、，,所中的款项之]|[一二三四五六七八九十百\d]*款)"
_FORMS: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("附件", 0, re.compile(r"附\s*件\s*(?P<n>\d{0,2}|[一二三四五六七八九十]{0,2})\s*(?:[:：]|$)")),
    ("编", 1, re.compile(rf"第(?P<n>{_NUM})(?:编|分编)(?=\s|$|[^\s的规])")),
    ("章", 2, re.compile(rf"第(?P<n>{_NUM})章(?=\s|$|[^的规和至所、])")),
    ("节", 3, re.compile(rf"第(?P<n>{_NUM})节(?=\s|$|[^的规和至所、])")),
    ("部分", 4, re.compile(rf"第(?P<n>{_NUM})部分(?=\s|$|[:：。、])[:：。、]?")),
    ("条", 5, re.compile(rf"第(?P<n>{_NUM})条(?P<sub>之{CHINESE_NUMERAL}+)?{_AFTER_ARTICLE}")),
    ("一、", 6, re.compile(rf"(?P<n>{CHINESE_NUMERAL}{{1,4}})\s*[、.．](?!\d)")),
    ("（一）", 7, re.compile(rf"[（(]\s*(?P<n>{CHINESE_NUMERAL}{{1,4}})\s*[）)]、?")),
    ("1.", 8, re.compile(r"(?P<n>\d{1,3})\s*(?:[．、]|\.(?!\d))")),
    ("（1）", 9, re.compile(r"[（(]\s*(?P<n>\d{1,3})\s*[）)]")),
    ("1）", 9, re.compile(r"(?P<n>\d{1,2})[）)]")),
    ("①", 10, re.compile(r"(?P<n>[①-⑳㉑-㉟㊱-㊿])")),
    ("一是", 11, re.compile(rf"(?P<n>{CHINESE_NUMERAL}{{1,2}})是(?!否)")),
)
_FIRST = frozenset("附第（(〇零一二三四五六七八九十百两0123456789") | frozenset(
    map(chr, range(0x2460, 0x2474))
)
_ATTRIBUTE = re.compile(
    r"[（(]?(?:责任|牵头|配合|参与|参加|协助|主办|协办|落实|主体责任)(?:单位|部门)(?:[:：]|$)"
    r"|(?:完成|实施|办结)(?:时限|时间)[:：]"
)
DATE = re.compile(
    r"[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_NUMBER = re.compile(
    r"(?:[\u4e00-\u9fff]{1,16}(?:[（(][\u4e00-\u9fff]{1,6}[）)])?)"
    r"[〔\[（(【﹝]\s*(?:19|20)\d{2}\s*[〕\]）)】﹞]\s*(?:第\s*)?\d{1,5}\s*号"
)
_PUBLICITY = re.compile(r"[（(]?(?:此件|公开方式|信息公开选项|公开属性).{0,24}[）)]?")
_IMPRINT = re.compile(rf".{{0,40}}{DATE.pattern}印发")
_COPY_TO = re.compile(r"(?:抄\s*送|抄\s*报|主\s*送|发\s*送)[:：]")


@dataclass(frozen=True, slots=True)
class Marker:
    """The number that opens a clause: its form, rank, value, the printed label, its length."""

    form: str
    rank: int
    number: int
    label: str
    length: int
    sub: int = 0  # 第十条之二 → 2


def marker_of(text: str) -> Marker | None:
    """The marker that opens ``text``, or None; references in running text open nothing."""
    if not text or text[0] not in _FIRST:
        return None
    for form, rank, pattern in _FORMS:
        match = pattern.match(text)
        if match is None:
            continue
        number = parse_number(match["n"]) if match["n"] else 0
        if number is None:
            return None
        sub = parse_number(match["sub"][1:]) or 0 if form == "条" and match["sub"] else 0
        label = re.sub(r"[\s、.．:：。]", "", match[0])
        return Marker(form, rank, number, label, match.end(), sub)
    return None


def is_attribute(text: str) -> bool:
    """Whether a line only says something of the clause above it (责任单位：…, 完成时限：…)."""
    return text[0] in "（(责牵配参协主落完实办" and _ATTRIBUTE.match(text) is not None


def is_date(text: str) -> bool:
    """Whether the line is a date and nothing else."""
    return len(text) <= 16 and DATE.fullmatch(text) is not None


def is_document_number(text: str) -> bool:
    """Whether the line is a 文号 (安政办〔2024〕21号) and nothing else."""
    return text[-1] == "号" and len(text) <= 40 and _NUMBER.fullmatch(text) is not None


def is_publicity(text: str) -> bool:
    """Whether the line says who may see the document (此件公开发布)."""
    return len(text) <= 32 and _PUBLICITY.fullmatch(text) is not None


def is_imprint(text: str) -> bool:
    """Whether the line is the imprint at the foot (…办公室 2024年6月12日印发) or a copy list."""
    return (text.endswith("印发") and _IMPRINT.fullmatch(text) is not None) or (
        text[0] in "抄主发" and _COPY_TO.match(text) is not None
    )


def is_standalone(text: str) -> bool:
    """Whether the line is one that never runs on into the next."""
    return is_date(text) or is_document_number(text) or is_publicity(text) or is_imprint(text)
