"""The forms in which a figure is set, each read from the words around it; pure.

level   县域就诊率达到90%             what, comparator, figure
share   35%以上乡镇卫生院达到…标准      figure, of whom, what they are to do
task    see ``target_tasks``
"""

from __future__ import annotations

import re

from corpus.target_phrases import Lead, clean, lead_of, subject_and_indicator, subject_of
from corpus.target_readings import Context, Reading, comparator_of, without
from corpus.target_tasks import task_before_what, what_before_figure
from corpus.target_words import (
    LEADING_MODAL,
    MEASURE_END,
    NOT_YET,
    RIGHT_END,
    SHARE,
    SHARE_WITHOUT_BODY,
    STANDARD,
    TASK_END,
    TASKS,
)

_OWNER = re.compile(r"(?:每个?|各)[\u4e00-\u9fff（）、]{0,6}[县市区旗州乡镇村校院道）]$")
_COUNTS_BODIES = re.compile(r"[家所个户处名人]$")
_TREND = re.compile(
    r"(?P<what>.{3,40}?)(?:逐年|逐步|稳步|持续|进一步|明显|显著|不断)*"
    r"(?:提高|提升|增长|上升|下降|降低|缩短|扩大|增加|改善)$"
)
# 标牌有效期与许可期限一致，最长不超过1年
_NAMED_BEFORE = re.compile(
    r"(?P<what>[^的]{2,16}?(?:有效期|期限|时限|时间|费用?|价格?|标准))(?:与|和|同|按|由|从|自|实行|据实)"
)
_ANSWER = re.compile(r"(?:答|回答|答复|解答)")
_AMOUNT_OF = re.compile(r"(?:年均|累计|平均)$")
# 每增加一人, 每建成1个: what follows is set for each.
_FOR_EACH = re.compile(rf"每(?:再|新)?(?:{TASKS}|超过|超|满|减少|延长|提高|降低|下降|上升|逾期)$")
_IN_CASE = re.compile(r"[\x01\x02\s]*(?:如?遇|如果|如|若|凡|当(?!地|年|月|日)|因)")
_ITEM_END = re.compile(r"、(?![^《》]*》)")


def read(context: Context) -> Reading | None:
    """The figure of a context as what it is set for, or None where it sets nothing."""
    lead = lead_of(context.left)
    if context.figure.value == "1" and _FOR_EACH.search(clean(context.left)):
        return None
    if _conditions(context, lead):
        return None
    if NOT_YET.of(lead.rest) or (lead.comparator in ("高于", "低于") and context.figure.lasts):
        return None  # a condition (未达到, 超过三十日), not an aim
    alone = context.figure.lasts or (not context.figure.unit and ":" not in context.figure.value)
    if alone and not lead.comparator:
        return None
    if context.figure.in_words and not _is_set(context, lead):
        return None
    for form in (_share, task_before_what, _standard, what_before_figure, _level):
        reading = form(context, lead)
        if reading is not None and reading.indicator:
            return reading
    return None


def _conditions(context: Context, lead: Lead) -> bool:
    """Whether a figure only says in which case something holds, or what a word means."""
    if "是指" in lead.rest:
        return True
    if lead.comparator not in ("高于", "低于"):
        return False
    behind = clean(context.right)
    case = _IN_CASE.match(lead.rest) is not None
    return behind.endswith("的") or behind[:1] == "的" or case


def _is_set(context: Context, lead: Lead) -> bool:
    """一 is often no more than an article (建设一支队伍): it counts where something bounds it."""
    if context.figure.value != "1":
        return bool(lead.comparator) or TASK_END.of(lead.rest) is not None
    if lead.comparator or context.figure.bound or "\x02" in context.left:
        return True
    return re.search(r"每个?[\u4e00-\u9fff]", lead.rest) is not None


def _share(context: Context, lead: Lead) -> Reading | None:
    figure, right = context.figure, context.right
    if RIGHT_END.match(right) or (figure.unit != "%" and not figure.counts):
        return None
    rest = without(LEADING_MODAL, clean(lead.rest))
    owner = _OWNER.search(clean(lead.rest))
    opens = not rest or rest[-1] in "和与及、将" or owner is not None
    if figure.counts and (not opens or TASK_END.of(lead.rest)):
        return None
    if match := SHARE.match(right):
        subject = subject_of(lead.rest.removesuffix("将")) or _before_to(rest)
        if owner and "有" in context.left[-3:]:
            subject = owner[0]
        return _share_of(context, lead, subject or clean(match["body"]), match["did"])
    if match := SHARE_WITHOUT_BODY.match(right):
        inherited = context.previous.subject if context.previous and opens else ""
        return _share_of(context, lead, rest if rest and not opens else inherited, match["did"])
    return None


def _before_to(rest: str) -> str:
    """X 应当将 before a share: X is to see to it."""
    match = re.match(r"(.{2,30}?)(?:应当|应|要)?将$", rest)
    return match[1] if match else ""


def _share_of(context: Context, lead: Lead, subject: str, did: str) -> Reading:
    done = _ITEM_END.split(did)[0]
    return Reading(
        "share",
        clean(done),
        comparator_of(context, lead),
        subject.removeprefix("的"),
        context.figure,
        lead.base,
        tail=context.right.rindex(did) + len(done),
    )


def _standard(context: Context, lead: Lead) -> Reading | None:
    """按每人1500元的标准给予补助: the figure is a rate at which something is done."""
    match = STANDARD.match(context.right)
    before = re.search(r"(?:按照|按|以)(?P<per>每[^，的]{1,3}|人均)?$", clean(lead.rest))
    ratio = ":" in context.figure.value  # 按7:3分担 says how, not how much
    if match is None or before is None or (ratio and not match["task"]):
        return None
    return Reading(
        "level",
        clean((match["task"] or "") + match["object"]),
        comparator_of(context, lead),
        before["per"] or "",
        context.figure,
        lead.base,
        tail=match.end(),
    )


def _level(context: Context, lead: Lead) -> Reading | None:
    figure = context.figure
    measured = MEASURE_END.search(clean(lead.rest)) is not None
    if not RIGHT_END.match(context.right):
        return None
    if lead.comparator in ("", "等于") and not measured and not lead.change:
        return None
    subject, indicator = subject_and_indicator(lead.rest)
    if not indicator:
        subject, indicator = _unsaid(context, subject)
    return Reading(
        "level",
        indicator + lead.change,
        comparator_of(context, lead),
        subject,
        figure,
        lead.base,
        change=lead.change,
    )


def _scale(unit: str) -> str:
    """A unit without the thousands before it: 万元 and 元 measure the same."""
    return unit.lstrip("千万亿")


def _unsaid(context: Context, subject: str) -> tuple[str, str]:
    """Subject and indicator of a level whose indicator stands earlier in the sentence."""
    figure, previous = context.figure, context.previous
    if context.heading and not _ANSWER.fullmatch(clean(context.heading)):
        return subject, subject_and_indicator(context.heading)[1]
    measured = previous is not None and MEASURE_END.search(previous.indicator) is not None
    if subject and figure.counts and _COUNTS_BODIES.search(figure.unit) and not measured:
        return "", subject  # 高新技术企业突破5000家: the body is what is counted
    if not subject and (trend := _TREND.match(clean(context.before))):
        return subject_and_indicator(trend["what"])
    if not subject and (named := _NAMED_BEFORE.match(clean(context.before))):
        return subject_and_indicator(named["what"])
    if previous is None:
        return subject, ""
    same = _scale(previous.figure.unit) == _scale(figure.unit)
    if not same and not (figure.counts and previous.change):
        bodies = figure.counts and _COUNTS_BODIES.search(figure.unit)
        return ("", subject) if subject and bodies else (subject, "")
    indicator = _AMOUNT_OF.sub("", previous.indicator.removesuffix(previous.change))
    return subject or previous.subject, indicator
