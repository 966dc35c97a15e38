"""Who published a text, as the web page around it says: its fields and the name of the site; pure.

The document itself goes before its page: pages also show what other bodies issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.regions import find_regions
from corpus.schema import Clause, Fact
from corpus.spans import Spans

_FIELD = re.compile(
    r"(?P<label>发布机构|发文机关|制发机关|发文机构|发布单位|发布部门|公开单位|信息来源|文章来源|来源|稿源|网站名称)\s?[:：|\t]\s?"
    r"(?P<body>[\u4e00-\u9fff（）()]{4,30})"
)
_OFFICE = re.compile(
    r"[\u4e00-\u9fff（）()]{3,28}?(?:人民政府(?:办公[室厅])?|委员会(?:办公室)?|办公[室厅]|管委会|中心|局|厅|法院|检察院|委|院|署)"
    r"(?=$|门户|官方|网|公众号|微信|发布|时间|日期|作者|来源|(?:责任)?编辑|阅读|浏览|点击|访问|字[体号]|打印|[^\u4e00-\u9fff])"
)
_SITE = re.compile(
    r"[\u4e00-\u9fff（）()]{3,28}(?:政府|委员会|局|厅|委|中心|税务|医保|人社|公积金|发布)"
)
# A place that is in no table stands in full before the name of its body (某某市财政局).
_PRINTED = re.compile(
    r"(?![全我本各该])[\u4e00-\u9fff]{2,5}?(?:省|自治区|市|州|盟|县|区|旗)(?=[\u4e00-\u9fff]{2})"
)
_MAX_PIECE = 40


def page_bodies(clauses: tuple[Clause, ...]) -> tuple[Fact, ...]:
    """The body that a page names as the publisher, where its name says of what place it is."""
    heads = [clause for clause in clauses if clause.kind == "页头"]
    for clause in [*heads, *(clause for clause in clauses if clause.kind == "页尾")]:
        for match in _FIELD.finditer(clause.text):
            office = _OFFICE.match(match["body"])
            if office and (find_regions(office[0]) or _PRINTED.match(office[0])):
                start = match.start("body")
                return (Spans(clause).fact(start, start + office.end()),)
    for clause in heads:
        for start, end in _first_pieces(clause):
            office = _OFFICE.match(clause.text, start, end)
            if office and find_regions(office[0]):
                return (Spans(clause).fact(start, office.end()),)
    return ()


def page_places(clauses: tuple[Clause, ...]) -> tuple[Fact, ...]:
    """Names on a page that say of what place it is: its bodies, and what its site calls itself."""
    named = list(page_bodies(clauses))
    for clause in clauses:
        if clause.kind == "页头":
            pieces = _first_pieces(clause)
            named.extend(
                Spans(clause).fact(start, end)
                for start, end in pieces
                if _SITE.match(clause.text, start, end)
            )
    return tuple(named)


def _first_pieces(clause: Clause) -> Iterator[tuple[int, int]]:
    """The first words of a head, as they stood apart in the source."""
    for start, end in Spans(clause).pieces(0, len(clause.text))[:2]:
        if end - start <= _MAX_PIECE:
            yield start, end
