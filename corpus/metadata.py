"""Facts of a document, by rule, each with the span that it was read from; pure."""

from __future__ import annotations

import re

from corpus.markers import DATE
from corpus.notice import is_title
from corpus.numerals import parse_number
from corpus.regions import find_regions
from corpus.schema import Clause, Fact

NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,16}(?:[（(][\u4e00-\u9fff]{1,6}[）)])?"
    r"[〔\[（(【﹝]\s*(?:19|20)[\dxX×]{2}\s*[〕\]）)】﹞]\s*(?:第\s*)?\d{1,5}\s*号"
)
_BASIS = re.compile(
    r"《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*|[^》]*<[^>]*>[^》]*)》(?:\s*[（(](?P<number>[^（）()]{2,16}[〔\[][^〕\]]{4}[〕\]]\s*\d+\s*号)[）)])?"
)
_BASIS_VERB = re.compile(r"根据|按照|依据|依照|贯彻|落实|参照|遵照|结合")
_PERIOD = re.compile(r"[（(]?((?:19|20)\d{2})\s*年?\s*[-—–－~至]+\s*((?:19|20)\d{2})\s*年?[）)]?")
_EFFECT = re.compile(rf"自({DATE.pattern})起(?:施行|实施|执行)")
_YEAR_MONTH_DAY = re.compile(r"(.{4})年(.{1,3})月(.{1,3})日")


def title_of(clauses: tuple[Clause, ...]) -> Fact | None:
    """The title: the last title line before the body, else what the notice says it issues."""
    titles = [clause for clause in clauses if clause.kind == "标题"]
    plain = [clause for clause in titles if not _is_notice_title(clause.text)]
    for clause in [*plain[-1:], *titles[-1:]]:
        line = clause.text.split("\n")[-1] if plain else clause.text.replace("\n", "")
        inner = re.search(r"关于(?:印发|发布|转发)《?([^《》]+)》?的通知$", line)
        value = inner[1] if inner and is_title(inner[1]) else line
        return Fact(value, clause.start, clause.end)
    return None


def document_number_of(clauses: tuple[Clause, ...]) -> Fact | None:
    """The 文号 that stands on a line of its own."""
    for clause in clauses:
        if clause.kind == "文号":
            return Fact(clause.text, clause.start, clause.end)
    return None


def issuers_of(clauses: tuple[Clause, ...]) -> tuple[Fact, ...]:
    """Who issued the document: the letterhead, else the signature."""
    for kind in ("版头", "落款"):
        found = [
            Fact(line.removesuffix("文件"), clause.start, clause.end)
            for clause in clauses
            if clause.kind == kind
            for line in clause.text.split("\n")
            if line and not DATE.fullmatch(line)
        ]
        if found:
            return tuple({fact.value: fact for fact in found}.values())
    for clause in clauses:
        if clause.kind == "标题" and "\n" in clause.text:
            return (Fact(clause.text.split("\n")[0], clause.start, clause.end),)
    return ()


def dates_of(clauses: tuple[Clause, ...]) -> tuple[tuple[str, Fact], ...]:
    """Dates by kind (成文, 印发, 通过, 施行 …), each as YYYY-MM-DD."""
    found: dict[str, Fact] = {}
    for clause in clauses:
        if clause.kind == "落款" and (match := DATE.search(clause.text)):
            found.setdefault("成文", _date(match, clause))
        elif clause.kind == "印发" and (match := DATE.search(clause.text)):
            found.setdefault("印发", _date(match, clause))
        elif clause.kind == "题注" and (match := DATE.search(clause.text)):
            kind = re.search(r"通过|修订|修正|公布|发布", clause.text)
            found[kind[0] if kind else "公布"] = _date(match, clause)
        elif match := _EFFECT.search(clause.text):
            inner = DATE.search(clause.text, match.start())
            if inner is not None:
                found.setdefault("施行", _date(inner, clause))
    return tuple(found.items())


def basis_of(clauses: tuple[Clause, ...]) -> tuple[Fact, ...]:
    """Documents that preamble, notice or first article name as their basis, with their 文号."""
    found: dict[str, Fact] = {}
    for clause in clauses:
        if clause.kind not in ("前言", "通知"):
            continue
        for match in _BASIS.finditer(clause.text):
            if not match["number"] and not _BASIS_VERB.search(clause.text[: match.start()]):
                continue
            start, end = clause.source_span(match.start(), match.end())
            found.setdefault(match["title"], Fact(match[0], start, end))
    return tuple(found.values())


def region_of(title: Fact | None, issuers: tuple[Fact, ...]) -> Fact | None:
    """The division that title or issuer name, in full (山东省潍坊市安丘市)."""
    for fact in [*([title] if title else []), *issuers]:
        mentions = find_regions(fact.value)
        if mentions:
            return Fact(mentions[-1].region.full_name, fact.start, fact.end)
    return None


def period_of(title: Fact | None) -> Fact | None:
    """The years that a plan covers, as 2026–2028, from its title."""
    match = _PERIOD.search(title.value) if title else None
    if title is None or match is None:
        return None
    return Fact(f"{match[1]}–{match[2]}", title.start, title.end)


def iso_date(text: str) -> str | None:
    """A Chinese date (2024年6月12日, 二〇二四年六月十二日) as YYYY-MM-DD, or None."""
    match = _YEAR_MONTH_DAY.search(text)
    if match is None:
        return None
    numbers = [parse_number(part.strip().replace("○", "〇")) for part in match.groups()]
    year, month, day = numbers
    if year is None or month is None or day is None:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _date(match: re.Match[str], clause: Clause) -> Fact:
    start, end = clause.source_span(match.start(), match.end())
    return Fact(iso_date(match[0]) or match[0], start, end)


def _is_notice_title(text: str) -> bool:
    return "关于" in text and text.endswith("通知")
