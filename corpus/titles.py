"""How the titles of official documents end: the words of their kinds; pure."""

from __future__ import annotations

import re

from corpus.markers import marker_of

GENRES = (
    "方案|意见|办法|通知|规定|条例|措施|规划|计划|纲要|细则|要点|决定|公告|通告|公报|通报|报告|"
    "请示|批复|函|纪要|议案|决议|命令|令|法|法典|准则|公约|议程|指南|指引|标准|规范|制度|章程|清单|工作安排|解读|目录|公示|决定书|通知书|告知书|意见书|倡议书"
)
# Words that end the titles of what is written for the public, and names of programmes.
_FURTHER = (
    "预案|问答|解答|答疑|百问|须知|手册|公开信|一览表|明白[纸卡]|一次性告知|(?:三年|专项|攻坚|提升|整治|促进)行动|"
    "常见问题|流程图|操作规程|实施规程"
)
# 做法, 执法 and their like end as 法 does and are no laws.
_TITLE_END = re.compile(
    rf"(?:(?<![做方看想说用写执司立普违合依非])法|{GENRES.replace('|法|', '|')}|{_FURTHER})"
    r"(?:[（(][^（）()]{1,24}[）)])*$"
)
MAX_TITLE = 80


def is_title(text: str) -> bool:
    """Whether a line reads as the title of a document (…实施方案, 关于…的通知)."""
    if len(text) > MAX_TITLE or not _TITLE_END.search(text) or marker_of(text) is not None:
        return False
    return not re.search(r"[。；！？]|，(?![^《]*》)|现.*(?:印发|转发)给", text)
