"""The notice around a plan: which paragraph is the number, the addressees, the signature; pure.

A document of a government body opens with letterhead, number, title and addressees and closes
with signature, date and imprint (GB/T 9704-2012 §7.2–7.4). Each of them can be cited, so each
becomes a clause of its own kind.
"""

from __future__ import annotations

import re

from corpus.cleaning import Paragraph
from corpus.markers import is_date, is_document_number, is_imprint, is_publicity, marker_of

KIND_ADDRESS = {
    "版头": "letterhead",
    "文号": "number",
    "标题": "title",
    "题注": "adoption",
    "目录": "contents",
    "主送": "addressees",
    "通知": "notice",
    "落款": "signature",
    "公开": "publicity",
    "前言": "preamble",
    "印发": "imprint",
}
"""Kinds of clauses around the numbered ones, and the word that stands for each in an address."""

GENRES = (
    "方案|意见|办法|通知|规定|条例|措施|规划|计划|纲要|细则|要点|决定|公告|通告|公报|通报|报告|"
    "请示|批复|函|纪要|议案|决议|命令|令|法|指南|指引|标准|规范|制度|章程|清单|工作安排|解读|目录"
)
_TITLE_END = re.compile(rf"(?:{GENRES})(?:[（(][^（）()]{{1,24}}[）)])*$")
_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff·（）()]{2,30}(?:政府|办公室|办公厅|委员会|委|局|厅|部|院|中心|会|组|社|处|署|站|公司|集团|管委会|党组)(?:文件)?"
)
_ADOPTION = re.compile(
    r"[（(]?[\d〇零一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日.*"
    r"(?:通过|修订|修正|修改|公布|发布|施行|批准|决定》?)[）)。]?$"
    r"|根据[\d〇零一二三四五六七八九十]{2,4}年.*(?:修正|修订|修改)[）)。]?$"
)
_MAX_TITLE = 80


def opening_roles(paragraphs: list[Paragraph]) -> list[str]:
    """The kind of each paragraph that stands before the first numbered one, in order."""
    roles: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
        roles.append(_opening_role(paragraph, roles, following))
    return roles


def is_closing(paragraph: Paragraph, following: str) -> str | None:
    """The kind of a paragraph that closes a document (signature, date, imprint), else None."""
    text = paragraph.text
    if is_imprint(text):
        return "印发"
    if is_publicity(text):
        return "公开"
    if is_date(text):
        return "落款"
    if _is_organisation(text) and (is_date(following) or _is_organisation(following)):
        return "落款"
    return None


def _opening_role(paragraph: Paragraph, before: list[str], following: str) -> str:
    text = paragraph.text
    if is_document_number(text):
        return "文号"
    closing = is_closing(paragraph, following)
    if closing and (closing != "落款" or "通知" in before or "标题" in before):
        return closing
    if text.replace(" ", "") == "目录":
        return "目录"
    if _ADOPTION.match(text) and len(text) <= 200:
        return "题注"
    if text.endswith(("：", ":")) and "。" not in text and "标题" in before and len(text) < 300:
        return "主送"
    if is_title(text) or (
        paragraph.level and (paragraph.level == 1 or not before) and len(text) <= _MAX_TITLE
    ):
        return "标题"
    if _is_organisation(text):
        return "落款" if "通知" in before else "版头"
    return "通知" if _is_notice_body(before) else "前言"


def _is_notice_body(before: list[str]) -> bool:
    """Whether prose here is the notice's own: behind its addressees, before the plan's title."""
    last = next((role for role in reversed(before) if role in ("主送", "标题", "落款")), "")
    return last == "主送"


def is_title(text: str) -> bool:
    """Whether a line reads as the title of a document (…实施方案, 关于…的通知)."""
    if len(text) > _MAX_TITLE or marker_of(text) is not None or not _TITLE_END.search(text):
        return False
    return not re.search(r"[。；！？]|，(?![^《]*》)|现.*(?:印发|转发)给", text)


def _is_organisation(text: str) -> bool:
    return len(text) <= 32 and _ORGANISATION.fullmatch(text) is not None
