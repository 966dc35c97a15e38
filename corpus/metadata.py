"""Facts of a document, by rule, each with the span that it was read from; pure.

Dates are in ``document_dates``, the division in ``document_region``, the documents that it names
in ``named_documents``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.body_names import OFFICE_END, names_in
from corpus.document_dates import dates_of, iso_date
from corpus.document_region import level_of, region_of
from corpus.document_title import MAX_LINE, is_notice_title, title_of
from corpus.document_validity import validity_of
from corpus.frame_lines import DATE
from corpus.named_documents import NUMBER, basis_of, relations_of
from corpus.notice import is_contact, is_signer
from corpus.schema import Clause, Fact, Segment
from corpus.spans import Spans

__all__ = [
    "NUMBER",
    "basis_of",
    "dates_of",
    "document_numbers_of",
    "iso_date",
    "issuers_of",
    "level_of",
    "period_of",
    "publicity_of",
    "region_of",
    "relations_of",
    "title_of",
    "validity_of",
]

_MAX_ISSUERS = 100
_PERIOD = re.compile(r"((?:19|20)\d{2})\s*年?\s*[-—–－~～至]+\s*((?:19|20)\d{2})\s*年?")
_PLAN = re.compile(r"“?十([一二三四五六七八九])五”?(?:时期|期间)?")
_FIRST_YEAR_OF_TENTH_PLAN = 2001  # each plan has five years: the 14th runs from 2021
_ORDER_OF = re.compile(r"(?P<body>[\u4e00-\u9fff]{2,30}(?:政府|部|委员会|局|署|院|银行))令")
_ORDER_NUMBERED = re.compile(rf"{_ORDER_OF.pattern}(?:\d{{4}}年)?\s?第")
_JOINT_ORDER = re.compile(
    r"(?P<bodies>[\u4e00-\u9fff]{2,30}(?:[、\s]{1,2}[\u4e00-\u9fff]{2,30}){1,9})令"
)
_NAME_IN_LIST = re.compile(r"[\u4e00-\u9fff]+")
_ADOPTED_BY = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,30}?(?:人民代表大会常务委员会|人民代表大会|人民政府|国务院|委员会|部|局))"
    r"(?:第[一二三四五六七八九十百〇\d]+次)?(?:部务|局务|委务|常务|全体|办公)?(?:会议)?"
)
_TERM = re.compile(r"第[一二三四五六七八九十百〇\d]+届")
_NUMBERED = ("令", "公告", "通告", "纪要", "简报")  # documents that are counted body by body
_PAGE_NUMBER = re.compile(
    rf"(?:文\s?号|发文字号|文件编号)\s*[:：|\t]\s*(?P<number>{NUMBER.pattern})"
)
_NUMBER_OF_ORDER = re.compile(
    r"(?:^|[日（(，,\s])(?P<number>(?:(?!日)[\u4e00-\u9fff、]){2,80}令\s?第\s?\d{1,4}\s?号)"
    r"(?=\s?[公发]布)"
)
_REACHES = re.compile(r"[:：]|电话|手机|邮箱|\d{5}")  # 周敏电话：…, and no body
_SECRET = re.compile(r"不予公开|不公开|涉密|机密|秘密")
_ON_REQUEST = re.compile(r"依申请公开")


def document_numbers_of(clauses: tuple[Clause, ...]) -> tuple[Fact, ...]:
    """Every 文号 that stands on lines of its own: a joint document may bear several."""
    found: dict[str, Fact] = {}
    for above, clause in zip((None, *clauses), clauses, strict=False):
        if clause.kind == "题注" and not found:
            found |= {fact.value: fact for fact in _number_in_note(clause)}
        if clause.kind != "文号":
            continue
        spans = Spans(clause)
        for start, end in spans.pieces(0, len(clause.text)):
            for match in NUMBER.finditer(clause.text, start, end):
                found.setdefault(match[0], spans.fact(match.start(), match.end()))
        if not found:
            fact = _number_of_order(above, clause)
            found[fact.value] = fact
    return tuple(found.values()) or tuple(_numbers_of_page(clauses))


def _number_in_note(clause: Clause) -> Iterator[Fact]:
    """The number below a title: （某政发〔2024〕1号）, （…某市人民政府令第63号公布）."""
    if match := NUMBER.match(clause.text, 1):
        yield Spans(clause).fact(*match.span())
    elif match := _NUMBER_OF_ORDER.search(clause.text):
        yield Spans(clause).fact(*match.span("number"))


def _numbers_of_page(clauses: tuple[Clause, ...]) -> Iterator[Fact]:
    """The number that the facts of a page name."""
    for clause in clauses:
        if clause.kind == "页头":
            for match in _PAGE_NUMBER.finditer(clause.text):
                yield Spans(clause).fact(*match.span("number"))


def _number_of_order(above: Clause | None, clause: Clause) -> Fact:
    """第12号, which numbers the orders of a body, with the line that says whose: …人民政府令."""
    head = "".join(above.text.split("\n")[-1].split()) if above is not None else ""
    if above is None or len(head) > MAX_LINE or not head.endswith(_NUMBERED):
        return Fact(clause.text, clause.start, clause.end)
    number = "".join(clause.text.split()).strip("（()）")
    return Fact(head + number, above.end - _last_line_length(above), clause.end)


def _last_line_length(clause: Clause) -> int:
    """Characters of the source that the last line of a clause takes."""
    start = clause.text.rfind("\n") + 1
    return clause.end - clause.source_span(start, len(clause.text))[0]


def issuers_of(clauses: tuple[Clause, ...]) -> tuple[Fact, ...]:
    """Who issued the document: the letterhead, else the signature, else the title or adoption."""
    for kind in ("版头", "落款"):
        facts = [fact for clause in clauses if clause.kind == kind for fact in _bodies(clause)]
        if facts:
            different = {fact.value: fact for fact in facts}
            return tuple(different.values())[:_MAX_ISSUERS]
    for clause in clauses:
        if clause.kind == "标题" and (named := tuple(_bodies_of_title(clause))):
            return named
        if clause.kind == "文号" and (order := _ORDER_NUMBERED.match(clause.text)):
            return (Spans(clause).fact(*order.span("body")),)
        if clause.kind == "题注" and (ministries := tuple(_ministries(clause))):
            return ministries
        if clause.kind == "题注" and (match := _adopting_body(clause.text)):
            fact = Spans(clause).fact(match.start("body"), match.end("body"))
            return (Fact(_TERM.sub("", fact.value), fact.start, fact.end),)
    return ()


def _bodies_of_title(clause: Clause) -> Iterator[Fact]:
    """Bodies that open the title of a notice (…财政局关于…的通知) or of an order (…政府令)."""
    spans = Spans(clause)
    for start, end in _lines(clause):
        order = _ORDER_OF.fullmatch(clause.text, start, end) if end - start <= MAX_LINE else None
        if order:
            yield spans.fact(*order.span("body"))
            return
    about = clause.text.find("关于")
    if 0 < about <= MAX_LINE and is_notice_title(clause.text):
        end = about - len(clause.text[:about]) + len(clause.text[:about].rstrip("\n"))
        if OFFICE_END.search(clause.text, 0, end):
            for first, last in names_in(clause.text, spans.pieces(0, end)):
                yield spans.fact(first, last)


def _ministries(clause: Clause) -> Iterator[Fact]:
    """The bodies of a joint order in the note below a title: …年…月…日某部、某委令第61号公布."""
    date = DATE.search(clause.text)
    joint = _JOINT_ORDER.match(clause.text, date.end()) if date else None
    if joint:
        spans = Spans(clause)
        for name in _NAME_IN_LIST.finditer(clause.text, *joint.span("bodies")):
            yield spans.fact(*name.span())


def _adopting_body(text: str) -> re.Match[str] | None:
    """The body that adopted a statute: …年…月…日第十三届全国人民代表大会常务委员会…通过."""
    date = DATE.search(text)
    if date is None or not re.search(r"通过|公布|发布", text):
        return None
    term = _TERM.match(text, date.end())
    return _ADOPTED_BY.match(text, term.end() if term else date.end())


def _bodies(clause: Clause) -> Iterator[Fact]:
    """The bodies that the lines of a letterhead or signature name."""
    spans = Spans(clause)
    for start, end in _lines(clause):
        if end - start > MAX_LINE:
            continue
        text = clause.text[start:end]
        if is_contact(text):
            continue
        date = DATE.search(text)
        end = start + date.start() if date else end
        end -= len(text) - len(text.removesuffix("文件"))
        for first, last in names_in(clause.text, spans.pieces(start, end)):
            name = clause.text[first:last]
            if not (is_signer(name) or _REACHES.search(name)):
                yield spans.fact(first, last)


def _lines(clause: Clause) -> Iterator[Segment]:
    position = 0
    for line in clause.text.split("\n"):
        if line:
            yield position, position + len(line)
        position += len(line) + 1


def period_of(title: Fact | None) -> Fact | None:
    """The years that a plan covers, as 2026–2028, from its title."""
    if title is None:
        return None
    if match := _PERIOD.search(title.value):
        return Fact(f"{match[1]}–{match[2]}", title.start, title.end, title.origin)
    if match := _PLAN.search(title.value):
        first = _FIRST_YEAR_OF_TENTH_PLAN + 5 * "一二三四五六七八九".index(match[1]) + 5
        return Fact(f"{first}–{first + 4}", title.start, title.end, title.origin)
    return None


def publicity_of(clauses: tuple[Clause, ...]) -> Fact | None:
    """Whether the document says that it may be seen: 公开, 依申请公开 or 不公开."""
    for clause in clauses:
        if clause.kind == "公开" and "公开" in clause.text:
            secret = "不公开" if _SECRET.search(clause.text) else "公开"
            value = "依申请公开" if _ON_REQUEST.search(clause.text) else secret
            return Fact(value, clause.start, clause.end)
    return None
