"""Where the title stands in what a saved web page puts before its document; pure.

Pages open with menus, a path (首页 > 政务公开 > …), the title and facts about it (来源, 时间).
Saved as text all of that is often one line. The title stands behind the path and before the facts;
what is before and behind it belongs to the page.
"""

from __future__ import annotations

import re

from corpus.page_furniture import is_furniture, is_site_name
from corpus.titles import is_title

HEAD, TITLE, NUMBER = "页头", "标题", "文号"
_NAMES = (
    "索引号|发文机关|发布机构|制发机关|发布单位|发布部门|公开单位|成文日期|生成日期|发布日期|公开日期|发文日期|"
    "更新日期|更新时间|发布时间|公开时间|发稿时间|日期|时间|文号|发文字号|有效性|时效性|主题词|关键词|公文种类|体裁分类|统一登记号|主题分类|信息分类|"
    "信息来源|文章来源|稿源|来源|作者|责任编辑|编辑|浏览次数|浏览量|浏览|阅读次数|阅读量|阅读|访问量|点击数|"
    "点击量|点击率|点击|字体大小|字体|字号|分享到|分享|打印"
)
_LABELS = "|".join(r"\s?".join(name) for name in _NAMES.split("|"))  # 索 引 号
_FIELD = re.compile(
    rf"(?<![\u4e00-\u9fff])[【\[（(]?\s*(?:{_LABELS})\s*[:：]|【\s*(?:字体|字号|打印|大|我要)"
)
_NUMBER = re.compile(
    r"(?:文\s?号|发文字号|文件编号)\s*[:：]\s*[^：:\s]{2,24}?(?:19|20)\d{2}[〕\]）)】]?\s?(?:第)?\d{1,5}号"
)
_NAMED = re.compile(
    r"(?:^|(?<=[\s\]】]))(?:(?:文件|事项|信息|文章|知识|政策)(?:标题|名称)|标题)\s*[:：]\s*(?P<title>\S{6,80})"
)
_LABEL = re.compile(r"(?<=[\s|】\]])[\u4e00-\u9fff]{2,8}\s?[:：]")
_TRAIL = re.compile(
    r"(?:位置\s*(?:是|为)?\s*[:：]?\s*|首页|主页|网站首页)"
    r"(?:\s{0,3}[^\s>＞»›|:：。]{0,16}\s{0,3}(?:[>＞»›]{1,2}|&gt;|/|→))+\s{0,3}(?P<last>[^\s>＞»›|]*)"
)
_PLACE = re.compile(r"(?:您|当前|现在|所在)的?(?:所在)?(?:的)?位置\s*(?:是|为)?\s*[:：]?")
_COLUMN = re.compile(
    r"正文|内容|详情|(?:通知|公示|信息|政策|热点|最新|办事|常见|服务|政府|政务|法规|规章|规范性|业务|工作)"
    r"(?:公告|公示|公开|文件|解读|问答|问题|指南|动态|通知|法规|规章|信息|知识)"
)
# What a page offers and shows behind the facts of its document.
_OFFER = re.compile(
    r"[【\[（(]*(?:[T字]?[大中小]+|收藏|纠错|打印|关闭|分享|复制|返回|朗读|下载|微信|微博|QQ|\+|-|A\+?|A-|次"
    r"|\d{1,8}次?|\d{1,4}[-年./]\d{1,2}[-月./]\d{1,2}日?|\d{1,2}:\d{2}(?::\d{2})?|本[站网]|[|｜丨/·•、]"
    r"|打印本页|关闭窗口|字体|放大|缩小|扫一扫|手机看|我要纠错|订阅){1,4}[】\]）)]*"
)
_TOKEN = re.compile(r"[^\s|｜]+")
_NOTE = re.compile(r"[（(][^（）()]{2,24}[）)]$")
_SITE = re.compile(
    r"\s*[-_—–|｜]+\s*[\u4e00-\u9fff]{2,20}(?:政府|局|委|网|网站|厅|部)(?:门户网站)?$"
)
_WINDOW = 1200  # characters in which the head of a page ends
_LINES = 3  # of a file that may hold the head of a page
_MAX_BANNER = 8  # lines of menus before it
_MIN_TITLE, _MAX_TITLE = 6, 120
_MAX_VALUE = 40  # characters of the value of a fact, with the next label
_MIN_FIELDS = 2


def page_heads(raws: list[str]) -> dict[int, list[tuple[str, str]]]:
    """The first lines of a file that hold the head of a page, cut: each piece with what it is.

    A piece is ``HEAD``, ``TITLE``, ``NUMBER`` or, behind them, text of the document ("").
    Together the pieces are the line.
    """
    found: dict[int, list[tuple[str, str]]] = {}
    seen = 0
    for index, raw in enumerate(raws):
        if seen == _LINES:
            break
        if raw.isspace():
            continue
        line = raw.strip()
        if len(found) < _MAX_BANNER and (is_furniture(line) or is_site_name(line)):
            found[index] = [(raw, HEAD)]
            continue
        seen += 1
        span = _title_span(raw[:_WINDOW])
        if span is None:
            continue
        start, end = span
        stop = _end_of_facts(raw, end)
        pieces = [*_facts(raw[:start]), (raw[start:end], TITLE), *_facts(raw[end:stop])]
        pieces.append((raw[stop:], ""))
        found[index] = [piece for piece in pieces if piece[0]]
        break
    return found


def _facts(text: str) -> list[tuple[str, str]]:
    """Facts of a page; the number among them is one of the document."""
    match = _NUMBER.search(text)
    if match is None:
        return [(text, HEAD)]
    start, end = match.span()
    return [(text[:start], HEAD), (text[start:end], NUMBER), (text[end:], HEAD)]


def _title_span(text: str) -> tuple[int, int] | None:
    """Where the title of the document stands in a line, None where that is no head of a page."""
    trail = _TRAIL.search(text)
    place = trail or _PLACE.search(text)
    fields = list(_FIELD.finditer(text))
    named = _NAMED.search(text)
    if named and (place or len(fields) >= _MIN_FIELDS or not text[: named.start()].strip()):
        return named.span("title")
    begin = _behind_path(trail) if trail else place.end() if place else 0
    stop = next((field.start() for field in fields if field.start() >= begin), None)
    if place and (label := _LABEL.search(text, begin, stop or len(text))):
        stop = label.start()
    kinds = {"".join(field[0].split()) for field in fields}
    if stop is None and place:
        return _first_titled(text, begin)
    if stop is None or not (place or len(kinds) >= _MIN_FIELDS):
        return None
    span = _whole(text, begin, stop) if trail else _longest(text, begin, stop)
    return span or _behind_facts(text, stop)


def _behind_path(trail: re.Match[str]) -> int:
    """Where the path ends; a title may be glued to its last column (通知公告关于…)."""
    column = _COLUMN.match(trail["last"])
    last = trail.start("last")
    if column and len(trail["last"]) - column.end() >= _MIN_TITLE:
        return last + column.end()
    if is_title(_plain(trail["last"])) and len(trail["last"]) > 2 * _MIN_TITLE:
        return last
    return trail.end()


def _whole(text: str, begin: int, stop: int) -> tuple[int, int] | None:
    """All that stands between path and facts, once where it stands there twice."""
    tokens = [match.span() for match in _TOKEN.finditer(text, begin, stop)]
    while tokens and _OFFER.fullmatch(text, *tokens[0]):
        del tokens[0]
    while tokens and _OFFER.fullmatch(text, *tokens[-1]):
        del tokens[-1]
    if not tokens:
        return None
    half = len(tokens) // 2
    words = [text[start:end] for start, end in tokens]
    if len(words) % 2 == 0 and words[:half] == words[half:]:
        tokens = tokens[half:]
    start, end = tokens[0][0], tokens[-1][1]
    if _MIN_TITLE <= end - start <= _MAX_TITLE and _may_name(text[start:end]):
        return start, end
    return _longest(text, begin, stop)


def _longest(text: str, begin: int, stop: int) -> tuple[int, int] | None:
    """The longest piece that ends like a title, else the longest piece."""
    tokens = [match.span() for match in _TOKEN.finditer(text, begin, stop)]
    tokens = [(a, b) for a, b in tokens if _MIN_TITLE <= b - a <= _MAX_TITLE]
    tokens = [(a, b) for a, b in tokens if _may_name(text[a:b])]
    titled = [(a, b) for a, b in tokens if is_title(_plain(text[a:b]))]
    return max(titled or tokens, key=lambda span: span[1] - span[0], default=None)


def _behind_facts(text: str, begin: int) -> tuple[int, int] | None:
    """The title right behind the facts, where none stands before them."""
    first = _TOKEN.search(text, _end_of_facts(text, begin))
    titled = first is not None and len(first[0]) >= _MIN_TITLE and is_title(_plain(first[0]))
    return first.span() if first and titled else None


def _may_name(text: str) -> bool:
    """Whether words are no sentence, and no fact with its label unless they end like a title."""
    return "。" not in text and (not re.search(r"[:：]", text) or is_title(_plain(text)))


def _first_titled(text: str, begin: int) -> tuple[int, int] | None:
    """The first piece behind a path that ends like a title, where no facts follow it."""
    for match in _TOKEN.finditer(text, begin):
        if len(match[0]) >= _MIN_TITLE and is_title(_plain(match[0])):
            return match.span()
    return None


def _plain(text: str) -> str:
    """A title without the name of the site and the note behind it."""
    return _NOTE.sub("", _SITE.sub("", text))


def _end_of_facts(raw: str, begin: int) -> int:
    """Where the facts behind the title end and the text of the document begins."""
    fields = [field.end() for field in _FIELD.finditer(raw, begin, begin + _WINDOW)]
    end = begin
    value = False  # the piece before was a label whose value follows
    for match in _TOKEN.finditer(raw, begin):
        further = any(0 < field - match.end() <= _MAX_VALUE for field in fields)
        is_field = any(match.start() < field <= match.end() for field in fields)
        is_field = is_field or _LABEL.match(raw, match.start()) is not None
        if not (is_field or value or further or _OFFER.fullmatch(match[0])):
            break
        if match.end() - match.start() > _MAX_TITLE:
            break
        value = is_field and match[0].endswith((":", "："))
        end = match.end()
    return end
