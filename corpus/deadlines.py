"""Times in a clause that a figure may have to be reached by or within; pure.

A deadline (到2025年, “十四五”末, 年底前), a span (三年内, 通过5年努力) or a rhythm (每年, 每学期).
A year that something is only compared with (比2020年) is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_YEAR = r"(?:(?:19|20)[\dxX×]{2}|[xX×]{4}|二[〇○零][〇○零一二三四五六七八九]{2})"
_COUNT = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
_DASH = r"[-—–－~～至到]{1,2}"
_PART = (
    r"(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"(?:年底|年末|底|末|初|[上下]半年|第?[一二三四]季度)?(?:以前|之前|前)?"
)
_HINT = re.compile("[年月期五每]")  # every time has one of these
# What every time begins with; one class of first characters is what makes the search fast.
_FIRST = re.compile(
    r"[0-9比较力争截到至xX×“每今当本月年全计通经利用一二两三四五六七八九十](?:(?<=[0-9xX×每])"
    r"|(?<=[一二两三四五六七八九十])[-—–－~～至到年〇○零一二两三四五六七八九十]"
    r"|(?<=[到至])[12xX×二“十]|(?<=[比较])[12xX×二上去同]|(?<=力)争|(?<=争)取|(?<=截)[至止]|(?<=“)十"
    r"|(?<=[今当本全])年|(?<=月)底|(?<=年)[底末内]|(?<=计)划|(?<=[通经])过|(?<=利)用"
    r"|(?<=用)[0-9一二两三四五六七八九十])"
)
_TIME = re.compile(
    rf"(?P<base>[比较](?:{_YEAR}年(?:底|末|同期)?|上年(?:度|同期)?|去年(?:同期)?|同期)"
    rf"|{_YEAR}年(?:底|末)?(?=的?(?:基础|基数|水平|同期|相比)))"
    rf"|(?:力争|争取|截至|截止)?[到至]?(?P<year>{_YEAR}(?:年?{_DASH}{_YEAR})?年{_PART})"
    r"|[到至]?(?P<plan>“?十[二三四五六七]五”?(?:规划)?(?:时期|期间|期末|末|期内)?)"
    rf"|(?P<within>{_COUNT}(?:{_DASH}{_COUNT})?年(?:以内|之内|内))"
    rf"|(?:力争|争取)?(?:通过|经过|利用|用)(?P<span>{_COUNT}(?:{_DASH}{_COUNT})?年)"
    r"(?:左右)?的?(?:时间|努力|攻坚|建设|行动|奋斗)?"
    rf"|(?:力争|争取|计划)?(?P<span2>{_COUNT}年)(?=[培引建新完实开打创翻])"
    rf"|(?P<rhythm>每(?:个)?(?:半年|年度|年|季度|季|月|周|学期|学年|工作日|天|日)|每{_COUNT}(?:{_DASH}{_COUNT})?(?:年|个月)|{_COUNT}年一周期)"
    r"|(?P<soon>(?:今年|当年|本年)?(?:\d{1,2}月底|月底|年底|年末)(?:以前|之前|前)?"
    r"|\d{1,2}月(?:以前|之前|前)|年内|全年|当年)"
)


class Time(NamedTuple):
    """A time expression ``text[start:end]`` and how it is quoted in a target.

    ``value`` is empty for a year of comparison; ``rhythm`` says that the time comes again.
    """

    value: str
    start: int
    end: int
    rhythm: bool = False


def times_of(text: str) -> list[Time]:
    """Time expressions in order; years of comparison are there with an empty value."""
    found: list[Time] = []
    first = _FIRST.search(text) if _HINT.search(text) else None
    while first is not None:
        match = _TIME.match(text, first.start())
        position = match.end() if match else first.start() + 1
        if match is not None:
            found.append(_time(match))
        first = _FIRST.search(text, position)
    return found


def _time(match: re.Match[str]) -> Time:
    group = match.lastgroup or ""
    if group == "base":
        return Time("", match.start(), match.end())
    value = re.sub(r"[-—－~～]{1,2}", "–", "".join(match[group].split()))
    return Time(value, match.start(), match.end(), group == "rhythm")


def deadline_at(times: Sequence[Time], position: int, segment_start: int, *, task: bool) -> str:
    """The time that holds at ``position`` of the sentence that ``times`` were read from.

    The last one before it holds. A rhythm reaches over a comma only to further tasks (每年开展…，
    组织…), not to a level that something else is to reach.
    """
    for time in reversed(times):
        if time.end > position or not time.value:
            continue
        if not time.rhythm or task or time.start >= segment_start:
            return time.value
    return ""
