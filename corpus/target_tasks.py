"""Figures that count what a task is to bring about; pure.

建成45个左右省级重点专科 has the thing behind the figure, 引进青年人才1500人 before it; in a
list the verb is said once (新增中小企业50家、龙头企业3家).
"""

from __future__ import annotations

import re

from corpus.target_phrases import Lead, clean, subject_of
from corpus.target_readings import Context, Reading, comparator_of, without
from corpus.target_words import (
    LEADING,
    MEASURE_END,
    NOUN_STOP,
    PRESENT,
    RIGHT_END,
    TASK_END,
    TASK_FIRST,
)

_LEVEL_OF_GOVERNMENT = re.compile(r"(?:国家级?|省级|市级|县级)")
_NO_NOUN = re.compile(r"的|[\d一二两三四五六七八九十百千]+(?:万|亿)?[元人个]")
_BOUND_BEFORE = re.compile(r"(?:(?P<most>最高|最多|至多)|最低|最少|至少)[可能]?以?$")
_MAX_BOUND = 6  # characters
_PER = re.compile(r"(?<=[\u4e00-\u9fff])每[人户亩生个名位家所台辆床次班件]$")  # 给予每人50元的补贴
_INVESTED = re.compile(r"投资额?$|奖补$")  # of the whole, not of what was listed before
_BOUNDED = re.compile(r"(?:至少|最少|至多|最多)")
_MONEY = re.compile("[元%]$")
_LISTED = re.compile(r".*(?:实现|取得|达到|提升|完成|保持)[^、]*、(?P<last>[^、]{2,})$")


def task_before_what(context: Context, lead: Lead) -> Reading | None:
    """Verb, figure, thing: 建成45个左右省级重点专科."""
    noun, tail = _noun(context.right)
    if not noun and _MONEY.search(context.figure.unit) and context.right[:1] == "的":
        noun, tail = _noun(context.right[1:])
        tail += 1
    divides = "分为" in context.left or "分成" in context.left  # 分为筹建和正式设立两个阶段
    if divides or not context.figure.counts or context.figure.lasts or not noun:
        return None
    task = _task_of(context, lead)
    if task is None:
        return None
    verb, subject, bound = task
    return Reading(
        "task",
        verb + noun,
        comparator_of(context, lead, bound or "等于"),
        subject,
        context.figure,
        lead.base,
        verb,
        bound=bound,
        tail=tail,
    )


def _task_of(context: Context, lead: Lead) -> tuple[str, str, str] | None:
    """The verb that a figure hangs on, whose task it is, and the bound that goes with the verb."""
    rest = lead.rest
    per = _PER.search(clean(rest)) if "每" in rest[-8:] else None
    if per:
        rest = clean(rest)[: per.start()]
    match = TASK_END.of(rest)
    if match is not None and per:
        return _plain(match["task"]), per[0], _bound_of(match["task"], rest[: match.start()])
    if match is None and lead.rest.endswith("等"):  # 优化A、B等10个项目
        match = TASK_FIRST.search(lead.rest)
    if match is not None:
        before = lead.rest[: match.start()]
        return _plain(match["task"]), subject_of(before), _bound_of(match["task"], before)
    previous = context.previous_task
    if previous is None or clean(lead.rest).strip("、和与及"):
        return None
    return previous.verb, previous.subject, previous.bound


def _bound_of(task: str, before: str) -> str:
    """The comparator that 至少 or 最高 before a verb stands for (最高补助, 至少建成)."""
    if "至少" in task:
        return "不低于"
    match = _BOUND_BEFORE.search(before, max(0, len(before) - _MAX_BOUND))
    return "" if match is None else "不超过" if match["most"] else "不低于"


def _plain(task: str) -> str:
    """The verb without the adverbs before it."""
    return re.sub(r"^(?:至少|共|再|各|还|均)+", "", task.replace("至少", ""))


def _noun(right: str) -> tuple[str, int]:
    """The thing counted that opens ``right``, and how far it reaches."""
    stop = NOUN_STOP.search(right, 2)
    text = right[: stop.start()] if stop else right
    if "、" in text and "的" not in text.split("、", 1)[1]:
        text = text.split("、", 1)[0]
    noun = clean(text).strip("、和与及")
    if "的" in noun[1:-1]:
        noun = noun[noun.rindex("的", 1, -1) + 1 :]
    return ("" if len(noun) < 2 or _NO_NOUN.match(noun) else noun), len(text)


def what_before_figure(context: Context, lead: Lead) -> Reading | None:
    """Verb, thing, figure: 引进青年人才1500人."""
    if not context.figure.counts or not RIGHT_END.match(context.right) or lead.change:
        return None
    match = TASK_FIRST.search(lead.rest)
    if match and MEASURE_END.search(clean(lead.rest)) and lead.comparator:
        return None  # a level: 为企业提供贷款余额不低于45亿元
    comparator = comparator_of(context, lead)
    if listed := _LISTED.match(match["object"] if match else lead.rest):
        return _thing(context, lead, listed["last"], comparator)
    if match is None:
        return _thing(context, lead, lead.rest, comparator)
    verb = _plain(match["task"])
    done = verb + clean(match["object"])
    before = lead.rest[: match.start()]
    subject = subject_of(before)
    comparator = comparator_of(context, lead, _bound_of(match["task"], before) or "等于")
    return Reading("task", done, comparator, subject, context.figure, lead.base, verb)


def _thing(context: Context, lead: Lead, phrase: str, comparator: str) -> Reading | None:
    """A thing with its figure, the verb being said before or left out."""
    what = without(LEADING, clean(phrase))
    if len(what) < 2 or lead.comparator not in ("", "左右") or PRESENT.search(phrase):
        return _verb_alone(context, lead, comparator)
    among = phrase.startswith("其中")
    previous = None if among else context.previous_task
    if previous is None and not context.aimed and not among:
        return _verb_alone(context, lead, comparator)
    own = TASK_END.of(what) is not None or _BOUNDED.match(what) or _INVESTED.search(what)
    verb = previous.verb if previous and not own else ""
    done = _completed(what, previous) if previous and verb else what
    return Reading("task", verb + done, comparator, "", context.figure, verb=verb)


def _verb_alone(context: Context, lead: Lead, comparator: str) -> Reading | None:
    """A verb whose object stands in an earlier segment: 每年安排2000万元, 再建成3所."""
    match = TASK_END.of(clean(lead.rest))
    if match is None:
        return None
    verb = _plain(match["task"])
    bare = not without(LEADING, clean(lead.rest)).removesuffix(verb)
    if lead.comparator and not (bare and context.previous):
        return None
    said = clean(lead.rest)
    if bound := _bound_of(match["task"], said[: match.start()]):
        comparator = bound
    if bare and context.previous is not None:
        previous = context.previous
        return previous._replace(figure=context.figure, comparator=comparator, indicator=verb)
    alone = said == match[0] and not (context.before or context.heading)
    if alone and not _MONEY.search(context.figure.unit):
        return None  # 完成45所: nothing says of what
    return Reading("task", verb, comparator, "", context.figure, verb=verb)


def _completed(what: str, previous: Reading) -> str:
    """新增国家临床重点专科1个、省级8个: the second is 省级临床重点专科."""
    noun = previous.indicator.removeprefix(previous.verb)
    level = _LEVEL_OF_GOVERNMENT.match(noun)
    if _LEVEL_OF_GOVERNMENT.fullmatch(what) and level:
        return what + noun[level.end() :]
    return what
