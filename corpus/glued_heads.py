"""Heads glued to the text behind them: 一、工作目标2025年，全县完成…; pure.

Text that lost its spaces and breaks has heads that run on into their sentence. A head is cut off
where it is one that documents use as a whole head, or a verb with its object, and what stands
behind it begins a sentence.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

_BODY = (
    r"(?:全?[县市区省镇乡州盟旗]|各(?:级|有关|乡|镇|县|区|市|街道|地|部门|单位)|领导小组|工作专班)"
)
# How a sentence begins that no head can go on with.
_SENTENCE = (
    r"(?:到|截至|自|从)?20\d\d年|“?十[三四五六七]五”?(?:期间|时期|末)|《|“|以[^，。内外上下]{2,}|由[^，。]{2,}"
    r"|为(?:了|进一步|深入|贯彻|全面|切实|规范|加强|保障|推[进动]|确保)|根据|依据|按照|依照|坚持"
    r"|认真|深入|切实|严格(?:按|执行|落实)|全面(?:贯彻|落实|推)|成立|组建|设立|建立|充分|积极|鼓励"
    r"|支持|通过|结合|围绕|对[^，。]{2,30}[，的]|将[^，。]{2,}|凡|每[年月季周日个]"
    r"|本(?:办法|方案|规定|细则|意见|制度|预案|条例|通知|规程|[县市区省行])"
    rf"|{_BODY}[^，。]{{2,}}|中央|[省市县区]级|第一阶段"
)
# Behind a head that only looks like one.
_SURE = (
    r"(?:成立[由以]|组建由|到20\d\d年[底末]?[，前]|20\d\d年[底末]?[，前]|[根依]据《|按照《"
    r"|鼓励(?:将|和支持|有条件的|社会|各[地类级])|各(?:乡镇|县区|地|级|有关单位|部门)[^，。]{0,8}(?:要|应|每[年月季])"
    r"|领导小组(?:每[年月季半]|定期|负责|下设|办公室)|由[^，。]{1,8}[县市区省局委办厅][^，。]{0,16}(?:负责|牵头))"
)
_PAUSE = re.compile("[，。；：]")
_LEAST_BEHIND = 10  # characters of the sentence behind a head


@cache
def _words() -> dict[str, list[str]]:
    text = resources.files("corpus").joinpath("data/heads.toml").read_text("utf-8")
    words: dict[str, list[str]] = tomllib.loads(text)
    return words


@cache
def _openings() -> frozenset[str]:
    """The two characters that heads begin with: one look tells most texts apart."""
    return frozenset(word[:2] for name in ("whole", "verbs") for word in _words()[name])


@cache
def _heads() -> re.Pattern[str]:
    whole, verbs, objects = (
        "|".join(sorted(_words()[name], key=len, reverse=True))
        for name in ("whole", "verbs", "objects")
    )
    return re.compile(
        rf"(?:(?:{whole})|(?:{verbs})(?:和(?:{verbs}))?(?:{objects}))(?={_SENTENCE})"
        rf"|(?:{verbs})[\u4e00-\u9fff]{{2,8}}?(?={_SURE})"
    )


def head_end(text: str, start: int) -> int | None:
    """Where the head ends that stands at ``start`` and runs on into a sentence; else None."""
    if text[start : start + 2] not in _openings() or len(text) - start < _LEAST_BEHIND:
        return None
    match = _heads().match(text, start)
    if match is None or len(text) - match.end() < _LEAST_BEHIND:
        return None
    return match.end() if _PAUSE.search(text, match.end()) else None
