"""Lines that belong to the frame of a document, or only say something of the clause above; pure.

Dates, numbers (文号), imprints and lists of copies that stand alone on a line (GB/T 9704-2012
§7.2–7.4); 责任单位：… and its like below a clause.
"""

from __future__ import annotations

import re

_ATTRIBUTE = re.compile(
    r"[（(【〔\[]?(?:主体责任|主要责任|责任|牵头|配合|参与|参加|协助|主办|协办|落实|实施){1,2}"
    r"(?:单位|部门|科室|处室|领导|人)(?:[】〕\]]?[:：]|[】〕\]]|$)"
    r"|[（(【〔\[]?(?:完成|实施|办结|整改)(?:时限|时间|期限)[】〕\]]?[:：]"
)
_ATTRIBUTE_FIRST = frozenset("（(【〔[责牵配参协主落完实办整")
DATE = re.compile(
    r"[\d〇○Ｏ零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_NUMBER = re.compile(
    r"(?:[\u4e00-\u9fff]{1,16}(?:[（(][\u4e00-\u9fff]{1,6}[）)])?)"
    r"[〔\[（(【﹝]\s*(?:19|20)\d{2}\s*[〕\]）)】﹞]\s*(?:第\s*)?\d{1,5}\s*号"
)
_PUBLICITY = re.compile(
    r"[（(]?(?:此件|公开(?:方式|属性|形式)|信息公开(?:选项|形式|方式)).{0,24}[）)]?"
)
_PUBLICITY_FIRST = frozenset("（(此公信")
_IMPRINT = re.compile(rf".{{0,40}}{DATE.pattern}印发")
_COPY_TO = re.compile(r"(?:抄\s*送|抄\s*报|主\s*送|发\s*送)[:：]")
_ATTENDANCE = re.compile(
    r"(?:出\s*席|列\s*席|请\s*假|缺\s*席|记\s*录)(?:会议)?(?:人员?|单位|领导)?[:：]"
)
_ADOPTION_NOTE = re.compile(
    r"[（(][\d〇零一二三四五六七八九十]{2,4}年[^（）()。]{3,180}"
    r"(?:通过|修订|修正|公布|发布|印发|施行|实施|批准)[^（）()。]{0,40}[）)]"
)
_STANDALONE_FIRST = _PUBLICITY_FIRST | frozenset("抄主发出列请缺记")
_STANDALONE_LAST = frozenset("日号发")


def is_attribute(text: str) -> bool:
    """Whether a line only says something of the clause above it (责任单位：…, 完成时限：…)."""
    return text[0] in _ATTRIBUTE_FIRST and _ATTRIBUTE.match(text) is not None


def is_date(text: str) -> bool:
    """Whether the line is a date and nothing else."""
    return len(text) <= 16 and text[-1] == "日" and DATE.fullmatch(text) is not None


def is_document_number(text: str) -> bool:
    """Whether the line is a 文号 (安政办〔2024〕21号) and nothing else."""
    if "签发人" in text:  # on the same line where a document goes to a higher body
        text = text.partition("签发人")[0].rstrip() or text
    return text[-1] == "号" and len(text) <= 40 and _NUMBER.fullmatch(text) is not None


def is_publicity(text: str) -> bool:
    """Whether the line says who may see the document (此件公开发布)."""
    return (
        len(text) <= 32 and text[0] in _PUBLICITY_FIRST and _PUBLICITY.fullmatch(text) is not None
    )


def is_imprint(text: str) -> bool:
    """Whether the line is the imprint at the foot (…办公室 2024年6月12日印发)."""
    return len(text) <= 80 and text.endswith("印发") and _IMPRINT.fullmatch(text) is not None


def is_copy_list(text: str) -> bool:
    """Whether the line lists who gets copies (抄送：…)."""
    return text[0] in "抄主发" and _COPY_TO.match(text) is not None


def is_attendance(text: str) -> bool:
    """Whether the line of minutes says who was there or wrote them (出席：…, 记录：…)."""
    return text[0] in "出列请缺记" and _ATTENDANCE.match(text) is not None


def is_adoption_note(text: str) -> bool:
    """Whether a line says below a title when the document was adopted and issued."""
    return text[-1] in "）)" and text[0] in "（(" and _ADOPTION_NOTE.fullmatch(text) is not None


def is_standalone(text: str) -> bool:
    """Whether the line is one that never runs on into the next."""
    if text[0] not in _STANDALONE_FIRST and text[-1] not in _STANDALONE_LAST:
        return "签发人" in text and is_document_number(text)
    if is_adoption_note(text):
        return True
    if len(text) > 80 or is_attendance(text):
        return is_copy_list(text) or is_attendance(text)
    return (
        is_date(text)
        or is_document_number(text)
        or is_publicity(text)
        or is_imprint(text)
        or is_copy_list(text)
    )
