"""What a web page says about its document: in its head for machines, and in lines beside the title.

Sites of governments name their document in meta elements (ArticleTitle, PubDate, ContentSource,
SiteName) and print the same beside the title (来源：…, 发布日期：…). They become lines of their own
before the document, each fact behind its label. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_DATE, _SOURCE, _SITE = "发布日期", "来源", "网站名称"
_LABELS = {
    "pubdate": _DATE, "publishdate": _DATE, "publicationdate": _DATE, "发布日期": _DATE,
    "contentsource": _SOURCE, "source": _SOURCE, "发布机构": "发布机构",
    "sitename": _SITE,
}  # fmt: skip
_FACT = re.compile(
    r"(?:发布|成文|发文|公开|生成)(?:日期|时间)\s*[:：]\s*\d|(?:信息|文章|稿件)?来源\s*[:：]\s*\S|(?:发布|发文|制发)(?:机构|机关|单位)\s*[:：]\s*\S"
    r"|(?:文号|发文字号|索引号)\s*[:：]\s*\S"
)
_SITE_BEHIND_TITLE = re.compile(
    r"[_|｜—–－-]\s*(?P<site>[\u4e00-\u9fff]{3,20}?(?:政府|局|委员会|委|厅|中心|办公室|法院|检察院|院))"
    r"(?:官网|网站|门户网站|官方网站)?$"
)
_MAX_LINE = 200
_MAX_LINES = 6
_DAY = re.compile(r"(?:19|20)\d{2}[-年./]\d{1,2}[-月./]\d{1,2}")


def facts_in_lines(lines: Iterable[str]) -> list[str]:
    """The lines among those beside an article that say where it comes from and since when."""
    found = [line for line in lines if len(line) <= _MAX_LINE and _FACT.search(line)]
    return list(dict.fromkeys(found))[:_MAX_LINES]


def facts_in_head(named: Sequence[tuple[str, str]], titles: Sequence[str]) -> list[str]:
    """What the head of a page says of its article, as lines with labels.

    Args:
        named: names and contents of the meta elements.
        titles: what the page calls its article; the name of the site may stand behind it.
    """
    found: dict[str, str] = {}
    for name, content in named:
        label = _LABELS.get(name.lower())
        value = " ".join(content.split())
        if label and 0 < len(value) <= _MAX_LINE and (label != _DATE or _DAY.match(value)):
            found.setdefault(label, value)
    if _SITE not in found:
        sites = (match["site"] for title in titles if (match := _SITE_BEHIND_TITLE.search(title)))
        if site := next(sites, ""):
            found[_SITE] = site
    return [f"{label}：{value}" for label, value in found.items()]


def joined_facts(shown: Sequence[str], head: Sequence[str]) -> list[str]:
    """What the page shows, and of what only its head says the facts that it does not show."""
    text = "".join(shown)
    further = [line.partition("：") for line in head]
    return [
        *shown,
        *(
            f"{label}：{value}"
            for label, _, value in further
            if not (label in text or value in text)
        ),
    ]
