"""The forms in which a figure is set, each read from the words around it; pure.

level   县域就诊率达到90%             what → comparator → figure
task    建成45个左右省级重点专科        verb → figure → what, or verb → what → figure
share   35%以上乡镇卫生院达到…标准      figure → of whom → what they are to do
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.figures import Figure
from corpus.target_phrases import Lead, clean, lead_of, subject_and_indicator, subject_of
from corpus.target_words import (
    LEADING,
    LEADING_MODAL,
    MEASURE_END,
    NOUN_STOP,
    PRESENT,
    RIGHT_END,
    SHARE,
    SHARE_WITHOUT_BODY,
    STANDARD,
    TASK_END,
    TASK_FIRST,
)

_GROUP_LEVEL = re.compile(r"(?:国家级?|省级|市级|县级)")
_BODIES_COUNTED = re.compile(r"[家所个户处名人]$")
_TREND = re.compile(
    r"(?P<what>.{3,40}?)(?:逐年|逐步|稳步|持续|进一步|明显|显著|不断)*"
    r"(?:提高|提升|增长|上升|下降|降低|缩短|扩大|增加|改善)$"
)
_AMOUNT_OF = re.compile(r"(?:年均|累计|平均)$")
_LISTED = re.compile(r".*(?:实现|取得|达到|提升|完成|保持)[^、]*、(?P<last>[^、]{2,})$")


@dataclass(frozen=True, slots=True)
class Context:
    """A figure with the words around it, masks in place of brackets and times."""

    figure: Figure
    left: str  # from the last boundary, or the figure before it, to the figure
    right: str  # from the figure to the next boundary
    heading: str  # what stands before a colon that opens the segment, else empty
    before: str  # the segment before this one where it holds no target
    aimed: bool  # the sentence names a time or an aim
    previous: Reading | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure understood."""

    form: str  # level | task | share
    indicator: str
    comparator: str
    subject: str
    figure: Figure
    base: str = ""
    verb: str = ""
    change: str = ""  # 增长, 下降, where the figure is the amount of a change
    floor: bool = False  # 至少 stands before the verb and holds for the whole list
    tail: int = 0  # characters of ``right`` that belong to the target


def read(context: Context) -> Reading | None:
    """The figure of a context as what it is set for, or None where it sets nothing."""
    lead = lead_of(context.left)
    if context.figure.in_words and not _is_set(context, lead):
        return None
    for form in (_share, _task_before_what, _standard, _what_before_figure, _level):
        reading = form(context, lead)
        if reading is not None and reading.indicator:
            return reading
    return None


def _is_set(context: Context, lead: Lead) -> bool:
    """一 is often no more than an article (建设一支队伍): it counts where something bounds it."""
    if context.figure.value != "1":
        return bool(lead.comparator) or TASK_END.search(lead.rest) is not None
    bounded = lead.comparator or context.figure.bound
    return (
        bool(bounded)
        or "\x02" in context.left
        or re.search(r"每个?[\u4e00-\u9fff]", lead.rest) is not None
    )


def _comparator(context: Context, lead: Lead, default: str = "等于") -> str:
    bound = context.figure.bound
    if bound and lead.comparator in ("", "达到", "等于", "左右", "不超过"):
        return bound
    return lead.comparator or bound or default


def _share(context: Context, lead: Lead) -> Reading | None:
    figure, right = context.figure, context.right
    if RIGHT_END.match(right) or (figure.unit != "%" and not figure.counts):
        return None
    rest = clean(lead.rest)
    rest = rest[_length(LEADING_MODAL.match(rest)) :]
    opens = not rest or rest[-1] in "和与及、将"
    match = SHARE.match(right) if figure.unit == "%" or opens else None
    if match and not (figure.counts and TASK_END.search(lead.rest)):
        body = clean(match["body"])
        subject = subject_of(lead.rest.removesuffix("将")) or _before_to(rest) or body
        return _of_share(context, lead, subject, match["did"])
    match = SHARE_WITHOUT_BODY.match(right)
    if match is None or (figure.counts and not opens):
        return None
    inherited = context.previous.subject if context.previous and opens else ""
    return _of_share(context, lead, rest if rest and not opens else inherited, match["did"])


def _before_to(rest: str) -> str:
    """X 应当将 before a share: X is to see to it."""
    match = re.match(r"(.{2,30}?)(?:应当|应|要)?将$", rest)
    return match[1] if match else ""


def _of_share(context: Context, lead: Lead, subject: str, did: str) -> Reading:
    done = clean(re.split(r"、(?![^《》]*》)", did)[0])
    tail = context.right.index(did[:2]) + len(re.split(r"、(?![^《》]*》)", did)[0])
    comparator = _comparator(context, lead)
    return Reading(
        "share", done, comparator, subject.removeprefix("的"), context.figure, lead.base, tail=tail
    )


def _task_before_what(context: Context, lead: Lead) -> Reading | None:
    figure = context.figure
    if not figure.counts or figure.lasts:
        return None
    verb = TASK_END.search(lead.rest)
    before = lead.rest[: verb.start()] if verb else ""
    previous = context.previous
    noun, tail = _noun(context.right)
    if verb is None:
        listed = re.search(r"(?P<task>[\u4e00-\u9fff]{2}).*等$", lead.rest)
        if listed and noun and (first := TASK_FIRST.search(lead.rest)):
            verb, before = first, lead.rest[: first.start()]
        elif (
            clean(lead.rest).strip("、和与及")
            or previous is None
            or previous.form != "task"
            or not noun
        ):
            return None
    if verb is None and previous is not None:
        task, subject, floor = previous.verb, previous.subject, previous.floor
    else:
        task = verb["task"] if verb else ""
        subject, floor = subject_of(before), "至少" in task or before.endswith("至少")
        task = _plain_task(task)
    if not noun:
        return None
    comparator = _comparator(context, lead, "不低于" if floor else "等于")
    return Reading(
        "task", task + noun, comparator, subject, figure, lead.base, task, floor=floor, tail=tail
    )


def _plain_task(task: str) -> str:
    return re.sub(r"^(?:至少|共|再|各|还|均)+", "", task.replace("至少", ""))


def _noun(right: str) -> tuple[str, int]:
    """The thing counted that opens ``right``, and how far it reaches."""
    text = right
    stop = NOUN_STOP.search(text, 2)
    if stop:
        text = text[: stop.start()]
    if "、" in text and "的" not in text.split("、", 1)[1]:
        text = text.split("、", 1)[0]
    reach = len(text)
    noun = clean(text).strip("、和与及")
    if "的" in noun[1:-1]:
        noun = noun[noun.rindex("的", 1, -1) + 1 :]
    return ("" if len(noun) < 2 or noun[0] == "的" else noun), reach


def _standard(context: Context, lead: Lead) -> Reading | None:
    """按每人1500元的标准给予补助: the figure is a rate at which something is done."""
    match = STANDARD.match(context.right)
    before = re.search(r"(?:按照|按|以)(?P<per>每[^，的]{1,3}|人均)?$", clean(lead.rest))
    if match is None or before is None:
        return None
    done = clean(match["task"] + match["object"])
    comparator = _comparator(context, lead)
    return Reading(
        "level", done, comparator, before["per"] or "", context.figure, lead.base, tail=match.end()
    )


def _what_before_figure(context: Context, lead: Lead) -> Reading | None:
    """The thing counted stands before the figure: 引进青年人才1500人."""
    figure, previous = context.figure, context.previous
    if not figure.counts or not RIGHT_END.match(context.right) or lead.change:
        return None
    phrase = lead.rest
    match = TASK_FIRST.search(phrase)
    if match and MEASURE_END.search(clean(phrase)) and lead.comparator:
        return None  # a level: 为企业提供贷款余额不低于45亿元
    if listed := _LISTED.match(match["object"] if match else phrase):
        phrase, match = listed["last"], None
    comparator = _comparator(context, lead)
    if match:
        subject = subject_of(phrase[: match.start()])
        verb = _plain_task(match["task"])
        done = verb + clean(match["object"])
        return Reading("task", done, comparator, subject, figure, lead.base, verb)
    what = clean(phrase)
    what = what[_length(LEADING.match(what)) :]
    listed_after = previous is not None and previous.form == "task"
    if len(what) < 2 or lead.comparator not in ("", "左右") or PRESENT.search(phrase):
        bare = TASK_END.search(clean(phrase))
        if bare and previous is not None and not what.removesuffix(bare["task"]):
            return replace(previous, figure=figure, comparator=comparator, indicator=bare["task"])
        return _bare_task(context, lead, comparator)
    if not listed_after and not context.aimed and not phrase.startswith("其中"):
        return _bare_task(context, lead, comparator)
    verb = (
        previous.verb
        if previous is not None and listed_after and not phrase.startswith("其中")
        else ""
    )
    done = _completed(what, previous) if verb and previous else what
    return Reading("task", verb + done, comparator, "", figure, "", verb)


def _bare_task(context: Context, lead: Lead, comparator: str) -> Reading | None:
    verb = TASK_END.search(clean(lead.rest))
    if verb is None or lead.comparator:
        return None
    return Reading("task", verb["task"], comparator, "", context.figure, verb=verb["task"])


def _completed(what: str, previous: Reading) -> str:
    """新增国家临床重点专科1个、省级8个: the second is 省级临床重点专科."""
    noun = previous.indicator.removeprefix(previous.verb)
    level = _GROUP_LEVEL.match(noun)
    if _GROUP_LEVEL.fullmatch(what) and level:
        return what + noun[level.end() :]
    return what


def _level(context: Context, lead: Lead) -> Reading | None:
    figure, previous = context.figure, context.previous
    if not RIGHT_END.match(context.right):
        return None
    measured = MEASURE_END.search(clean(lead.rest)) is not None
    if not lead.comparator and not lead.change and not measured:
        return None
    if not figure.unit and ":" not in figure.value and not lead.comparator:
        return None
    if figure.lasts and not lead.comparator:
        return None
    subject, indicator = subject_and_indicator(lead.rest)
    if not indicator:
        subject, indicator = _unsaid(context, subject)
    if lead.comparator == "等于" and not measured and not lead.change:
        return None
    comparator = _comparator(context, lead)
    name = indicator + lead.change
    return Reading("level", name, comparator, subject, figure, lead.base, change=lead.change)


def _unsaid(context: Context, subject: str) -> tuple[str, str]:
    """Subject and indicator of a level whose indicator stands earlier in the sentence."""
    figure, previous = context.figure, context.previous
    if context.heading:
        return subject, subject_and_indicator(context.heading)[1]
    measured = previous is not None and MEASURE_END.search(previous.indicator) is not None
    if subject and figure.counts and _BODIES_COUNTED.search(figure.unit) and not measured:
        return "", subject
    if not subject and (trend := _TREND.match(clean(context.before))):
        return subject_and_indicator(trend["what"])
    if previous is None or (previous.figure.unit != figure.unit and not figure.counts):
        return subject, ""
    indicator = _AMOUNT_OF.sub("", previous.indicator.removesuffix(previous.change))
    return subject or previous.subject, indicator


def _length(match: re.Match[str] | None) -> int:
    return match.end() if match else 0
