"""What a web page of a government puts around a document: its path, its facts, its foot; pure.

Pages follow one set of fields (政府信息公开目录: 索引号, 发文机关, 成文日期, 文号, 有效性). In text
that was saved from one they stand before the document, often with no line breaks left.
"""

from __future__ import annotations

import re

_LABELS = (
    "索引号|发文机关|发布机构|制发机关|发文机构|成文日期|生成日期|发布日期|公开日期|发文日期|发布时间|公开时间|文号|"
    "发文字号|文件编号|有效性|时效性|主题分类|信息分类|公文种类|体裁分类|主题词|统一登记号|关键词|"
    "信息来源|来源|浏览次数|点击数|字体|字号大小|字号|分享到|打印|网站名称"
)
_FIELD = re.compile(rf"(?:{_LABELS})\s*[:：]|【(?:字体|打印)")
_NUMBER_FIELD = re.compile(r"(?:文号|发文字号|文件编号)\s*[:：]")
# A field whose value has a form of its own ends where that form ends.
_LAST = re.compile(
    r"(?:有效性|时效性)[:：](?:现行有效|有效|部分失效|失效|已?废止|已修改)"
    r"|(?:文号|发文字号|文件编号)[:：][^：:\s]{2,24}?(?:19|20)\d{2}[〕\]）)】]?\s?(?:第)?\d{1,5}号"
    r"|(?:成文|生成|发布|公开|发文)(?:日期|时间)[:：]\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s?\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|(?:浏览次数|点击数)[:：]\d+次?"
)
_PATH = re.compile(r"(?:(?:您|当前|现在|所在|的){1,4}位置(?:是|为)?|首页)\s*[:：]?\s*[>＞»›]?")
_FACT = re.compile(r"(?:日期|时间|作者|稿源|编辑|责任编辑|阅读|浏览|访问)[量次数者]{0,2}[:：]")
_MAX_FACTS = 120  # characters of a line of facts
# What accounts of a messenger print before and behind an article.
_ACCOUNT = re.compile(
    r"(?:点击|点)?(?:上方|下方)?.{0,2}蓝字|关注我们|长按.{0,12}二维码|(?:点击)?阅读原文"
)
_ACCOUNT_FOOT = re.compile(
    r"END|(?:责任)?编辑[:：].{1,24}|喜欢就.{0,30}|.{0,8}点个在看.{0,12}|(?:点击)?阅读原文|长按.{0,20}二维码.{0,12}"
)
_FOOT = re.compile(
    r"上一[篇条][:：]|下一[篇条][:：]|扫一扫|版权所有|主办单位[:：]|承办单位[:：]|网站标识码|"
    r"[\u4e00-\u9fff]ICP备|公网安备|打印本页|关闭窗口|无障碍浏览|【(?:打印|关闭|字体|我要|在线|分享|收藏)"
    r"|(?:友情|相关|附表|附件)(?:链接|阅读|新闻|文章|信息|下载)[:：]|网站管理[:：]|建议使用IE"
)
# Heads of what a page goes on to, and who keeps it: feet only where they are a line of their own.
_FOOT_LINE = re.compile(
    r"(?:相关|关联|延伸|推荐|更多)(?:文件|政策|链接|阅读|解读|政策解读|新闻|稿件|信息|报道|内容)(?:[:：].{0,80})?"
    r"|(?:本文|网页|页面)(?:链接|地址)[:：].{0,80}"
)
# Links to what explains a document, by the forms in which governments explain (图解, 答记者问).
_LINK = re.compile(
    r"【?(?:一图(?:读懂|看懂|速览)|(?:政策|文字|图文|图片|图表|动漫|视频|音频|专家|媒体|部门|负责人)?解读|图解|答记者问)"
    r"[】:：丨|｜][^。；]{4,80}"
)
_KEEPER = re.compile(r"(?:主办|承办|协办|运维|技术支持|建设|维护)(?:单位)?[:：]")
# The rarest character of each: one class of first characters is what makes the search fast.
_FOOT_HINT = re.compile(
    r"[扫版网I打闭碍:：【](?:(?<=[上下]一[篇条].)|(?<=办单位.)|(?<=链接.)|(?<=阅读.)|(?<=下载.)|(?<=网站管理.)|(?<=【)(?:打印|关闭|字体|我要|在线)|(?<=扫)一|(?<=版)权所有|(?<=I)CP备"
    r"|(?<=网)站标识|(?<=公网)安备|(?<=打)印本页|(?<=关闭)窗口|(?<=障碍)浏览)"
)
_BEFORE_HINT = 4  # characters before the rarest one
_MAX_HEAD = 1200
_MAX_FOOT = 1500
_MIN_FIELDS = 2


def is_page_head(text: str) -> bool:
    """Whether a paragraph before a document's title belongs to the page."""
    if len(text) <= _MAX_FACTS and _FACT.match(text) and (_FIELD.search(text) or "字号" in text):
        return True
    return bool(_FIELD.match(text) or _PATH.match(text) or _ACCOUNT.match(text))


def names_number(text: str) -> bool:
    """Whether a field of the page gives the document's number."""
    return _NUMBER_FIELD.match(text) is not None


def is_page_foot(text: str) -> bool:
    """Whether a paragraph behind a document belongs to the page."""
    if _FOOT.match(text) or _ACCOUNT_FOOT.fullmatch(text):
        return True
    if text[:1] in "【一政文图动视音专媒部负解答" and _LINK.fullmatch(text):
        return True
    return text[:1] in "相关延推更本网页" and _FOOT_LINE.fullmatch(text) is not None


def names_keeper(text: str) -> bool:
    """Whether a line says who keeps a page (主办：…); elsewhere it may say who holds an event."""
    return text[:1] in "主承协运技建维" and _KEEPER.match(text) is not None


def head_cuts(text: str) -> list[int]:
    """Where the fields of a page begin and where the last of them ends, before a document."""
    if "：" not in text and ":" not in text and "【" not in text:
        return []
    fields = list(_FIELD.finditer(text, 0, _MAX_HEAD))
    if len({field[0] for field in fields}) < _MIN_FIELDS:
        return []
    ends = [match.end() for match in _LAST.finditer(text, 0, _MAX_HEAD)]
    cuts = {field.start() for field in fields}
    if ends and ends[-1] > fields[-1].start():
        cuts.add(ends[-1])
    return sorted(cut for cut in cuts if 0 < cut < len(text))


def foot_cut(text: str) -> int | None:
    """Where the foot of a page begins behind the words of a document."""
    start = max(0, len(text) - _MAX_FOOT)
    hint = _FOOT_HINT.search(text, start)
    match = _FOOT.search(text, max(start, hint.start() - _BEFORE_HINT)) if hint else None
    return match.start() if match and match.start() > 0 else None
