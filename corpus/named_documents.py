"""Documents that a document names: those it rests on, and those it repeals or amends; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.schema import Clause, Fact
from corpus.spans import Spans

NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,16}(?:[（(][\u4e00-\u9fff]{1,6}[）)])?"
    r"[〔\[（(【﹝]\s*(?:19|20)[\dxX×]{2}\s*[〕\]）)】﹞]\s*(?:第\s*)?\d{1,5}\s*号"
)
# Lengths are bounded so that a run of opening marks costs no more than its length.
_TITLE = (
    r"《(?P<title>[^《》]{1,120}(?:《[^《》]{1,80}》[^《》]{0,80}){0,3}"
    r"|[^》<]{0,80}<[^>]{1,120}>[^》]{0,80}|《[^《》]{1,80}》[^《》]{0,80})》"
    r"(?:\s*[（(](?P<number>[^（）()]{0,16}?(?:[〔\[][^〕\]]{4}[〕\]]\s*(?:第\s*)?\d{1,6}\s*号"
    r"|令第\s*\d{1,6}\s*号))[^（）()]{0,20}[）)])?"
)
DOCUMENT = re.compile(_TITLE)
_VERB = re.compile(r"根据|按照|依据|依照|遵照|贯彻落实|贯彻|落实|参照")
_CONSTITUTION = re.compile(r"根据(宪法)")
_CUT = re.compile(
    r"印发|制定|结合|现将|已经|研究|起草|提出|起施行|推动|推进|加快|切实|"
    r"，(?!以及|和|及|并?按照|并?根据|《|[\u4e00-\u9fff]{2,24}《)"
)
_MASK = "\x00"
# Heads of parts that say what a guide or a list of services rests on.
_BASIS_HEAD = re.compile(
    r"(?:设定|设立|法律|法规|政策|制定|制订|编制|实施|办理|文件|审批|主要|相关)*依据[：:。]?"
)
_NUMBERED = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十百\d]{1,4}[章节条、.．）)]|[（(]\S{1,3}[）)])\s*"
)
_MAKES = re.compile(r"(?:制定|制订)本[\u4e00-\u9fff]{1,6}[。，]")
_MAX_HEAD = 40  # characters; a longer clause is more than a head
_MAX_TITLE = 300  # characters
_MAX_BEFORE = 600  # characters before a title that may hold the verb
_MAX_AFTER = 300  # characters behind a title that may say that it is repealed
_MAX_BETWEEN = 90  # characters between the verb and a title, other titles left out
_SENTENCE_END = re.compile(r"[。；\n]")
# Titles in a list are taken out of the text first, their joints stay: 《A》、《B》同时废止.
_REPEALED = re.compile(
    r"[、，和与及]*(?:同时|予以|即行|自行|一并)*(?:废止|失效|作废|(?:停止|不再|终止)(?:执行|施行|使用|适用))"
)
_AMENDED = re.compile(r"(?:作(?:出)?如下修改|予以修改|进行修改)")


def basis_of(clauses: tuple[Clause, ...]) -> tuple[Fact, ...]:
    """Documents that preamble, notice or first article name as their basis, with their 文号.

    Only those that the text rests on count (根据, 按照, 贯彻落实 …), not the plan's own name.
    """
    titles = [clause.text.split("\n")[-1] for clause in clauses if clause.kind == "标题"]
    own = {_core(title) for title in titles if len(title) <= _MAX_TITLE}
    found: dict[str, Fact] = {}
    headed = _headed_basis(clauses)
    for clause in (*_opening(clauses), *headed):
        spans = Spans(clause)
        if match := _CONSTITUTION.search(clause.text):
            found.setdefault("宪法", spans.fact(match.start(1), match.end(1)))
        plain = _without_titles(clause.text)
        for match in DOCUMENT.finditer(clause.text):
            if _core(match["title"]) in own:
                continue
            if clause not in headed and not _rests_on(plain, match.start()):
                continue
            found.setdefault(match["title"], spans.fact(match.start(), match.end()))
    return tuple(found.values())


def _opening(clauses: tuple[Clause, ...]) -> Iterator[Clause]:
    """Where a document says what it rests on."""
    article = False
    general = False  # what rules without articles say first: 一、总则 … 根据…，制定本规定
    for clause in clauses:
        if clause.kind in ("前言", "通知", "主送"):  # 主送 where 通知如下： ends the preamble
            yield clause
        elif clause.kind == "条" and not article:
            article = True
            yield clause
        elif not general and clause.kind in ("部分", "段", "项"):
            if _MAKES.search(clause.text):
                yield clause
            general = len(clause.text) > _MAX_HEAD


def _headed_basis(clauses: tuple[Clause, ...]) -> list[Clause]:
    """The clauses of parts that list what a document rests on: 设定依据, 法律依据."""
    # Many clauses stand under one head: each is looked at once.
    heads = {head for head in {c.path[-1] for c in clauses if c.path} if _heads_basis(head)}
    if not heads:
        return []
    headed = {c.clause_id for c in clauses if c.path and c.path[-1] in heads}
    return [c for c in clauses if c.clause_id in headed or c.parent_id in headed]


def _heads_basis(head: str) -> bool:
    if "依" not in head:
        return False
    head = "".join(_NUMBERED.sub("", head).split())
    return len(head) <= _MAX_HEAD and _BASIS_HEAD.fullmatch(head) is not None


def _core(title: str) -> str:
    """A title without what differs where a document names itself."""
    return re.sub(r"[\s（(][^（）()]*[）)]|\s", "", title).removeprefix("关于")


def _without_titles(text: str) -> str:
    """The text with all but the first mark of each title masked; offsets stay."""
    return DOCUMENT.sub(lambda match: "《" + _MASK * (len(match[0]) - 1), text)


def _rests_on(text: str, position: int) -> bool:
    """Whether a verb of resting on governs the title at ``position``."""
    near = max(0, position - _MAX_BEFORE)
    start = max(near - 1, *(text.rfind(mark, near, position) for mark in "。；\n")) + 1
    before = text[start:position]
    verbs = list(_VERB.finditer(before))
    if not verbs:
        return False
    between = before[verbs[-1].end() :]
    plain = between.replace(_MASK, "")
    return len(plain) <= _MAX_BETWEEN and _CUT.search(plain) is None


def relations_of(clauses: tuple[Clause, ...]) -> tuple[tuple[str, Fact], ...]:
    """What the document does to others: ("废止" | "修改", document) in printed order."""
    found: dict[tuple[str, str], Fact] = {}
    for clause in clauses:
        if "《" not in clause.text:
            continue
        plain, spans = _without_titles(clause.text), Spans(clause)
        for match in DOCUMENT.finditer(clause.text):
            kind = _relation(plain, match)
            if kind:
                found.setdefault((kind, match["title"]), spans.fact(match.start(), match.end()))
    return tuple((kind, fact) for (kind, _), fact in found.items())


def _relation(text: str, match: re.Match[str]) -> str:
    """What the sentence does to the document that it names, or an empty string."""
    reach = min(len(text), match.end() + _MAX_AFTER)
    sentence_end = _SENTENCE_END.search(text, match.end(), reach)
    end = sentence_end.start() if sentence_end else reach
    after = text[match.end() : end].replace(_MASK, "").replace("《", "")
    before = text[max(0, match.start() - 12) : match.start()]
    if _REPEALED.match(after) or re.search(r"废止[\u4e00-\u9fff]{0,6}$", before):
        return "废止"
    if before.endswith(("修改", "修订")) or (before.endswith("对") and _AMENDED.search(after)):
        return "修改"
    return ""
