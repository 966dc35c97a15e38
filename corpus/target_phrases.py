r"""The words before a figure, taken apart: comparator, base, subject, indicator; pure.

In every text that comes in here, brackets and times have been made runs of the mask characters
``\x01`` and ``\x02``, so that offsets hold.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.target_words import (
    ADVERBS_END,
    ALL_OF_FIRST,
    BODY_END,
    BODY_FIRST,
    CHANGE_END,
    COMPARATOR_AND_BASE_END,
    COMPARATOR_END,
    LEADING,
    LEADING_MODAL,
    MEASURE_END,
    NORMAL_COMPARATOR,
    PER_FIRST,
)

_MASK = re.compile(r"[\x01\x02\s]+")
_COMPARES_NOTHING = re.compile(r"[签预节履违邀公特合契制条]约$")  # 签约20名 is not about 20
_MASKS = "\x01\x02 \t"
_SHARED_RATE = re.compile(
    r"[\x01\x02]*(每[千百万十]+[\u4e00-\u9fff]{0,2}?人口|每[千百万十]*[名人户])"
)
_STANDARD_BEFORE = re.compile(
    r"(?P<subject>.*?)(?:应当|应|要)?(?:按照|依照|按(?=[每人不]))(?P<rest>.*)$"
)
_BODY_LAST = re.compile(
    r"(?P<indicator>.{3,}(?:率|面积|比例|占比|数|额|量))(?P<subject>小学|初中|高中|城区|农村|山区|县城|乡镇)$"
)
_MODAL_END = re.compile(
    r"(?:等|牵头|负责|可|可以|应当|应|要|须|至少|分别|均|都|力争|将|再|在.{0,60})+$"
)
_FROM = re.compile(r"[由从自](?:20\d\d年)?的?\d[\d.,%:]*[^，。\d]{0,6}$")  # 由5.2张增加到6.4张
_DOING = re.compile(
    r"(?P<subject>.{2,40}?)(?:力争|要|应当|应)?(?:实现|保持|推动)(?P<indicator>.{3,})$"
)


_BOUND_BEFORE_PER = re.compile(
    r"(?P<bound>(?:最高|最多)?不(?:得|应)?(?:低于|少于|小于|超过|高于|大于|多于))"
    r"(?P<per>每[百千万]?[\u4e00-\u9fff]|[人户生]均)$"
)


_HOLDER = re.compile(
    r"(?:患者|病人|检查|检验|人群|人口|家庭|学生|儿童|机构|医院|企业|居民|农户|用户|小区|项目|课程|车辆).+$"
)


class Lead(NamedTuple):
    """What stands before a figure: the words that compare it, and the rest before them."""

    comparator: str
    rest: str
    change: str = ""  # 下降, 增长: the figure is the amount of a change
    base: str = ""


def clean(text: str) -> str:
    """The text without masks and white space."""
    if text.isprintable() and " " not in text:  # as most texts
        return text
    return _MASK.sub("", text)


def lead_of(left: str) -> Lead:
    """Take the comparator off the end of ``left``."""
    text = left.rstrip(_MASKS)
    if (text[-1:] == "均" or text[-2:-1] in "每百千万") and (
        per := _BOUND_BEFORE_PER.search(text, max(0, len(text) - 12))
    ):  # 不小于每百户30平方米 is 每百户不小于30平方米
        text = text[: per.start("bound")] + per["per"] + per["bound"]
    match = COMPARATOR_AND_BASE_END.of(text)
    base = match["base"].removesuffix("的") if match else ""
    match = match or COMPARATOR_END.of(text)
    if match and _COMPARES_NOTHING.search(text, max(0, len(text) - 2)):
        match = None
    comparator = NORMAL_COMPARATOR[match["comparator"]] if match else ""
    rest = _without_adverbs(text[: match.start()] if match else text)
    if match and (outer := COMPARATOR_END.of(rest)) and len(outer[0]) > 1:  # 最高不超过
        rest = _without_adverbs(rest[: outer.start()])
    if comparator in ("高于", "不低于", "不超过", "左右", ""):
        changed = CHANGE_END.of(rest)
        if changed and (comparator == "" or rest[: changed.start()]):
            return Lead(comparator or "等于", rest[: changed.start()], changed["change"], base)
    return Lead(comparator, rest, "", base)


def _without_adverbs(text: str) -> str:
    match = ADVERBS_END.of(text)
    return text[: match.start()] if match else text


def subject_and_indicator(phrase: str) -> tuple[str, str]:
    """Whose value, and of what: 三级医院预约诊疗率 → 三级医院, 预约诊疗率.

    A phrase that names a body only (三级医院) gives no indicator.
    """
    text = _FROM.sub("", clean(phrase))
    text = text[_length(LEADING.match(text)) :]
    if match := _STANDARD_BEFORE.match(text):
        if match["rest"]:
            return _body(match["subject"]), match["rest"]
        text = match["subject"]
    text = _without_adverbs(text)
    if match := _DOING.match(text):
        return _body(match["subject"]), match["indicator"]
    if match := _BODY_LAST.match(text):
        return match["subject"], match["indicator"]
    if PER_FIRST.match(text) or not text:
        return "", text
    if BODY_END.search(text) and not MEASURE_END.search(text):
        return text, ""
    match = BODY_FIRST.match(text) or ALL_OF_FIRST.match(text)
    if match is None:
        return "", text
    return match["subject"].removeprefix("对"), match["indicator"].removeprefix("的")


def subject_of(phrase: str) -> str:
    """The body that a task is given to by the words before its verb, or an empty string."""
    return _body(clean(phrase))


def _body(text: str) -> str:
    text = text[_length(LEADING.match(text)) :]
    text = text[_length(LEADING_MODAL.match(text)) :] if text[:1] not in "每各" else text
    text = re.sub(r"(?:依托|通过|按照|围绕|以(?![上下内外])).*$", "", text).removeprefix("对")
    text = _MODAL_END.sub("", text)
    return text if BODY_END.search(text) or text[:1] in "每各" else ""


def items_of(phrase: str, count: int) -> list[str]:
    """The phrase as ``count`` items (床医比、医护比), or repeated where it lists another number."""
    items = [item for item in re.split(r"、|以及|[和与及]", phrase) if item]
    if len(items) != count:
        return [phrase] * count
    if tail := _shared_tail(items):
        items[:-1] = [item if MEASURE_END.search(item) else item + tail for item in items[:-1]]
    prefix = _SHARED_RATE.match(items[0])
    if prefix:
        items[1:] = [prefix[1] + item if item[0] != "每" else item for item in items[1:]]
    return items


def _shared_tail(items: list[str]) -> str:
    """What the last item says for all: 高血压、糖尿病患者管理率 → 患者管理率."""
    last = items[-1]
    if MEASURE_END.search(last) is None or MEASURE_END.search(items[0]):
        return ""
    again = last.find(items[0][-2:])  # 职工医保、居民医保支付比例
    if again > 0:
        return last[again + 2 :]
    match = _HOLDER.search(last, 1)
    return match[0] if match else ""


def _length(match: re.Match[str] | None) -> int:
    return match.end() if match else 0
