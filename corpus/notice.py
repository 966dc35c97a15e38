"""The notice around a plan: which paragraph is the number, the addressees, the signature; pure.

A document of a government body opens with letterhead, number, title and addressees and closes
with signature, date and imprint (GB/T 9704-2012 §7.2–7.4). Each of them can be cited, so each
becomes a clause of its own kind.
"""

from __future__ import annotations

import re

from corpus.cleaning import Paragraph
from corpus.frame_lines import (
    DATE,
    is_attendance,
    is_copy_list,
    is_date,
    is_document_number,
    is_imprint,
    is_publicity,
)
from corpus.markers import marker_of
from corpus.numerals import CHINESE_NUMERAL
from corpus.page_furniture import is_furniture, is_site_name
from corpus.titles import MAX_TITLE, is_title
from corpus.web_page import is_page_foot, is_page_head, names_keeper, names_number

KIND_ADDRESS = {
    "页头": "page-head",
    "版头": "letterhead",
    "文号": "number",
    "标题": "title",
    "题注": "adoption",
    "目录": "contents",
    "主送": "addressees",
    "通知": "notice",
    "文末": "closing",
    "附件说明": "attachments",
    "落款": "signature",
    "出席": "attendance",
    "公开": "publicity",
    "前言": "preamble",
    "印发": "imprint",
    "页尾": "page-foot",
}
"""Kinds of clauses around the numbered ones, and the word that stands for each in an address."""

_TITLE_NOTE = re.compile(r"[（(][^（）()。]{2,24}[）)]")  # （征求意见稿）
# The first line of a text that is no sentence names it, whatever word it ends with.
_NAMES = re.compile(r"(?=.{0,40}[\u4e00-\u9fff]{4})[^。；：:，、|｜\s]{8,60}[！!]?")
_TITLE_START = re.compile(r"关于|(?:印发|转发|发布|批转)$")
_BODIES = (
    "政府|办公室|办公厅|委员会|委|局|厅|部|院|中心|会|组|社|处|署|站|公司|集团|管委会|党组|"
    "支队|大队|总队|海关|银行"
)
_ORGANISATION = re.compile(rf"[\u4e00-\u9fff·（）()]{{2,30}}(?:{_BODIES})(?:文件)?")
_JOINT = re.compile(rf"[\u4e00-\u9fff·（）()]{{2,120}}(?:{_BODIES})")
_SIGNER = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:总理|省长|市长|县长|区长|旗长|州长|盟长|镇长|乡长|主席|主任|部长|局长|厅长|署长|行长|院长|检察长|委员长)"
    r"[:：]?[\u4e00-\u9fff·]{2,6}"
)
_ORDER_NUMBER = re.compile(
    rf"[（(]?(?:\d{{4}}年)?第\s*(?:\d{{1,5}}|{CHINESE_NUMERAL}{{1,6}})\s*号[）)]?"
    r"|[〔\[（(]?(?:\d{4})?[〕\]）)]?\s*第?\s*\d{1,4}\s*期"  # of minutes and bulletins
)
# …人民政府令第19号, 国家某局公告2025年第3号: a head and its number on one line
_NUMBERED_HEAD = re.compile(
    rf"[\u4e00-\u9fff、\s]{{2,60}}(?:令|公告|通告)\s?[（(]?(?:\d{{4}}年)?\s?第\s?"
    rf"(?:\d{{1,5}}|{CHINESE_NUMERAL}{{1,6}})\s?号[）)]?"
)
_MAX_NUMBERED_HEAD = 80
_ADOPTION = re.compile(
    r"[（(]?[\d〇零一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日.*"
    r"(?:通过|修订|修正|修改|公布|发布|施行|批准|决定》?)[）)。]?$"
    r"|[（(][\d〇零一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[^（）()。]*"
    r"(?:通过|公布|发布|印发|施行|实施)[^（）()。]*[）)]$"
    r"|[（(]?根据[\d〇零一二三四五六七八九十]{2,4}年.*(?:修正|修订|修改)[）)。]?$"
)
_ADDRESSEES = re.compile(
    r"(?:各|有关|市|县|区|省|驻).*"
    r"(?:政府|委|办|局|厅|处|单位|部门|公司|企业|学校|医院|机构|镇|街道|社区|中心)[^。]*[：:]"
)
_ANNOUNCES = re.compile(
    r"(?:(?:如下|下列|以下)[^，]{0,8}|(?:议定|决定|同意|指出|强调|明确|认为)(?:事项)?)[：:]$"
)
_CLOSING_WORDS = re.compile(
    r"特此(?:通知|公告|通告|函[达复告]|批复|报告|通报|请示)[。！]?|(?:此复|妥否，请批示|请予批复)[。！]?"
)
_CONTACT = re.compile(
    r"[（(]?(?:联系人|联系电话|联系方式|咨询电话|联系单位|电子邮箱|电子邮件|传真|通[讯信]地址|邮政编码)"
    r"[^，。]{0,6}[:：]"
)
_DATE_LAST = re.compile(rf"{DATE.pattern}$")
_MAX_SIGNATURE = 120
_MAX_ADOPTION = 200
_MAX_ADDRESSEES = 300


def closing_kinds(paragraphs: list[Paragraph]) -> list[str]:
    """For each paragraph the kind that it has if it closes a document, "" where it cannot.

    The name of a body is a signature only where a date follows, a date wherever it stands alone.
    """
    kinds = [""] * (len(paragraphs) + 1)
    following = ""
    for index in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[index]
        if not paragraph.row and paragraph.marker is None:
            kinds[index] = _closing_kind(paragraph.text, following)
            if is_attendance(paragraph.text) and (following or index + 1 == len(paragraphs)):
                kinds[index] = "出席"
        attached = paragraph.marker is not None and paragraph.marker.form == "附件"
        following = "附件" if attached else kinds[index]
    return kinds


def _closing_kind(text: str, following: str) -> str:
    if is_copy_list(text):
        return "" if text.startswith("主") else "印发"
    if is_page_foot(text) or is_furniture(text) or (following == "页尾" and names_keeper(text)):
        return "页尾"
    if len(text) > _MAX_SIGNATURE:
        return ""
    if is_imprint(text):
        return "印发"
    if is_publicity(text):
        return "公开"
    if is_date(text) or _signs_with_date(text):
        return "落款"
    if _CLOSING_WORDS.fullmatch(text):
        return "通知"
    if following in ("落款", "印发") and _signs(text):
        return following
    return "落款" if following and is_contact(text) else ""


def _signs(text: str) -> bool:
    return bool(is_organisation(text) or _JOINT.fullmatch(text) or is_signer(text))


def _signs_with_date(text: str) -> bool:
    """Whether a line is a signature with its date (…民政局…财政局2024年5月16日)."""
    date = _DATE_LAST.search(text) if text[-1] == "日" else None
    return date is not None and date.start() > 0 and _signs(text[: date.start()].rstrip())


def is_signer(text: str) -> bool:
    """Whether a line is an office with the name of the person who holds it (县长：王建国)."""
    return _SIGNER.fullmatch(text) is not None and not is_organisation(text)


def is_contact(text: str) -> bool:
    """Whether a line says whom to ask (联系人：…，联系电话：…)."""
    return _CONTACT.match(text) is not None


class Opening:
    """Tells, paragraph by paragraph, the parts that stand before the first numbered clause."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._last = ""
        self._anchor = ""  # the last of 主送, 标题, 落款: whose prose follows

    def role(self, paragraph: Paragraph, closing: str, following: str) -> str:
        """The kind of the next paragraph; ``note`` goes on behind it.

        Args:
            paragraph: the paragraph.
            closing: its kind if it closes a document, else "".
            following: the text of the paragraph behind it.
        """
        text = paragraph.text
        if head := paragraph.part or self._head(text):
            return head
        if closing and (closing != "落款" or self.has("通知", "标题")):
            return closing
        if len(text) <= _MAX_ADOPTION and _ADOPTION.match(text):
            return "题注"
        if self._last in ("标题", "题注") and _TITLE_NOTE.fullmatch(text):
            return "题注"
        if text.endswith(("：", ":")) and "。" not in text and len(text) < _MAX_ADDRESSEES:
            first = not self.has("标题", "前言", "通知") and _ADDRESSEES.fullmatch(text)
            announces = _ANNOUNCES.search(text) is not None
            if self._last != "主送" and not announces and (self.has("标题") or first):
                return "主送"
        if text.startswith(("主送：", "主送:")):
            return "主送"
        if self._titles(paragraph, following):
            return "标题"
        if body := self._body(text):
            return body
        return "通知" if self._anchor == "主送" else "前言"

    def _body(self, text: str) -> str:
        """The kind of a line that names a body; minutes have the date there, above the title."""
        if is_organisation(text):
            return "落款" if self.has("通知") else "版头"
        date = _DATE_LAST.search(text) if len(text) <= _MAX_SIGNATURE else None
        return "落款" if date and is_organisation(text[: date.start()].rstrip()) else ""

    def _head(self, text: str) -> str:
        """The kind of a number, or of what a web page puts before a document; else ""."""
        if is_document_number(text) or (len(text) < 16 and _ORDER_NUMBER.fullmatch(text)):
            return "文号"
        if len(text) <= _MAX_NUMBERED_HEAD and _NUMBERED_HEAD.fullmatch(text):
            return "文号"
        titled = self.has("标题") and self._last not in ("标题", "页头")
        if titled or self.has("主送", "通知"):
            return ""
        if not (is_page_head(text) or is_furniture(text) or is_site_name(text)):
            return ""
        return "文号" if names_number(text) else "页头"

    def note(self, role: str) -> None:
        """Go on behind a paragraph of this kind."""
        self._seen.add(role)
        self._last = role
        if role in ("主送", "标题", "落款"):
            self._anchor = role

    @property
    def ended(self) -> bool:
        """Whether the foot of the page was there, behind a document that has its title."""
        return self._last == "页尾" and self.has("标题") and self.has("通知", "前言", "落款")

    def has(self, *roles: str) -> bool:
        """Whether a paragraph of one of these kinds was there."""
        return not self._seen.isdisjoint(roles)

    def _titles(self, paragraph: Paragraph, following: str) -> bool:
        text = paragraph.text
        if len(text) > MAX_TITLE:
            return False
        if is_title(text) or paragraph.level == 1 or (paragraph.level and not self._seen):
            return True
        if self._seen <= {"页头"} and following and _NAMES.fullmatch(text):
            return not (is_organisation(text) or is_page_head(text) or marker_of(text))
        cut = _TITLE_START.search(text) and not re.search(r"[。；：，]", text)
        return bool(cut and len(text) <= MAX_TITLE // 2 and is_title(following))


def is_organisation(text: str) -> bool:
    """Whether a line is the name of a body of government and nothing else."""
    return len(text) <= 32 and _ORGANISATION.fullmatch(text) is not None
