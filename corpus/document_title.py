"""The title of a document: its title line, what its notice issues, or its first words; pure."""

from __future__ import annotations

import re

from corpus.body_names import names_in
from corpus.schema import Clause, Fact
from corpus.spans import Spans
from corpus.titles import is_title

MAX_LINE = 300  # characters; no line of a notice's frame is longer
_NOTICE_OF = re.compile(
    r"关于(?:印发|发布|转发|公布|批转)《?(?P<title>[^《》]+(?:《[^《》]+》[^《》]*)?)》?的(?:通知|公告|通告)$"
)
_ISSUES = re.compile(r"关于(?:印发|发布|转发|公布|批转|颁布|下发)|(?:印发|转发|批转)$|令$|公告$")
_ORDER = re.compile(
    r"(?!.*关于)[\u4e00-\u9fff、\s]{2,80}(?:政府|部|委员会|[局署院厅办会]|主席|银行)(?:令|公告|通告)"
)
_ANNEX = re.compile(r"[（(]?附(?:件|表|录)")
_ISSUED = re.compile(
    r"《(?P<title>[^《》]{2,80}(?:《[^《》]{1,80}》[^《》]{0,40})?)》[^。]{0,120}?(?:公布|发布|印发|施行)"
)
_BODY = frozenset({"章", "节", "条", "部分", "项", "点"})
_MAX_BEFORE_TITLE = 6  # clauses in which a text without a title may be named
_NAMING = re.compile(r"(?=.{0,30}[\u4e00-\u9fff]{4})[^。；;：:！？?!\n]{6,40}(?=[。！？?!：:\n]|$)")


def title_of(clauses: tuple[Clause, ...]) -> Fact | None:
    """The title: the last title line before the body, else what the notice says it issues."""
    titles = [clause for clause in clauses if clause.kind == "标题"]
    plain = [c for c in _own_titles(clauses) if not is_notice_title(c.text)]
    # What a notice only passes on stands behind it under its own title.
    forwards = not plain and titles and "转发" in titles[0].text
    if not plain and titles and (issued := _issued_by_order(titles, clauses)):
        return issued
    notice = titles if _issues(titles) else [c for c in titles if not _of_annex(c.text)] or titles
    for clause in [*plain[-1:], *(titles[:1] if forwards else notice[-1:])]:
        line = _last_title(clause.text) if plain else clause.text.replace("\n", "")
        inner = _NOTICE_OF.search(line) if len(line) <= MAX_LINE else None
        named = inner and (line[inner.start("title") - 1] == "《" or is_title(inner["title"]))
        value = inner["title"] if inner and named else line
        if not inner and (joint := _behind_issuers(clause)):
            return joint
        start = clause.text.find(value)
        if not inner and (whole := _over_lines(value, clause, clauses)):
            return whole
        if start < 0:
            return Fact(value, clause.start, clause.end)
        return Spans(clause).fact(start, start + len(value))
    return _first_words(clauses)


def _own_titles(clauses: tuple[Clause, ...]) -> list[Clause]:
    """The titles that may be the document's own: no orders, nothing of what is attached to it.

    What stands behind numbered clauses is of the document only where a notice issues it.
    """
    own: list[Clause] = []
    body = False
    issues = _issues([clause for clause in clauses if clause.kind == "标题"])
    for clause in clauses:
        body = body or clause.kind in _BODY
        named = clause.kind == "标题" and not _is_order(clause.text) and not _of_annex(clause.text)
        if named and not (body and own and not issues):
            own.append(clause)
    return own


def _issues(titles: list[Clause]) -> bool:
    return any(_ISSUES.search(title.text) for title in titles[:_MAX_BEFORE_TITLE])


def _of_annex(text: str) -> bool:
    return _ANNEX.match(text) is not None


def _is_order(text: str) -> bool:
    """Whether all lines only say whose order or announcement it is (…人民政府令, …局公告)."""
    return all(_ORDER.fullmatch(line) for line in text.split("\n"))


def _issued_by_order(titles: list[Clause], clauses: tuple[Clause, ...]) -> Fact | None:
    """What an order without any other title says that it issues: 《…办法》已经…通过，现予公布."""
    if not all(_is_order(title.text) for title in titles):
        return None
    for clause in clauses:
        if clause.kind in ("前言", "通知") and (match := _ISSUED.search(clause.text)):
            return Spans(clause).fact(*match.span("title"))
    return None


def _over_lines(title: str, clause: Clause, clauses: tuple[Clause, ...]) -> Fact | None:
    """A title whose first line reads as no title, where the order above gives it in 《》."""
    place = clauses.index(clause)
    if place == 0 or clauses[place - 1].kind not in ("前言", "通知", "版头"):
        return None
    above = clauses[place - 1]
    whole = above.text.split("\n")[-1] + title
    if len(whole) > MAX_LINE or not any(f"《{whole}》" in c.text for c in clauses[:place]):
        return None
    return Fact(whole, above.end - len(above.text.split("\n")[-1]), clause.end)


def _behind_issuers(clause: Clause) -> Fact | None:
    """The title of a joint notice behind the bodies that issue it: 关于…的通知."""
    about = clause.text.find("关于")
    if not 0 < about <= MAX_LINE or not is_notice_title(clause.text):
        return None
    spans = Spans(clause)
    if len(names_in(clause.text, spans.pieces(0, len(clause.text[:about].rstrip())))) < 2:
        return None
    fact = spans.fact(about, len(clause.text))
    return Fact(fact.value.replace("\n", ""), fact.start, fact.end)


def _first_words(clauses: tuple[Clause, ...]) -> Fact | None:
    """The first words that could name a text that has no title: a line or piece, no sentence."""
    for clause in clauses[:_MAX_BEFORE_TITLE]:
        names = clause.kind in ("前言", "版头", "通知") and len(clause.text) <= MAX_LINE
        if names and (match := _NAMING.match(clause.text)):
            return Spans(clause).fact(*match.span())
    return None


def _last_title(text: str) -> str:
    """The last title of title lines, put together where it takes several lines."""
    kept = text.split("\n")
    kept = [line for line in kept if not _ORDER.fullmatch(line)] or kept
    *lines, title = kept
    while lines and "关于" in lines[-1] and not is_title(lines[-1]):
        title = lines.pop() + title
    return title


def is_notice_title(text: str) -> bool:
    """Whether a title is that of a notice, which may issue another document."""
    return "关于" in text and text.endswith("通知")
