"""A level of government beside a place of it: 省里规定几天，某市规定几天 means two documents; pure.

Only where both are put side by side: in most questions 省里 is part of what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.marks import Marks
from assistant.policy_names import PolicyNames

_ENDINGS = {"省": ("省", "自治区"), "市": ("市", "州", "盟"), "县": ("县", "旗")}
_DOCUMENT = "(?:的?(?:规定|条例|办法|文件|方案|政策|意见))?"
_VERB = "规定|要求|定的?|给|限|说|写|讲|是"
_JOINED = "(?:里|上|级)?"
_AND = "(?:和|与|跟|同|、|比|以及)"


def read_levels(marks: Marks, entries: Sequence[PolicyNames]) -> None:
    """省里 beside a place that was read: what the province of that place has issued."""
    if not marks.chosen:
        return
    for name in tuple(marks.names):
        for level, endings in _ENDINGS.items():
            span = _beside(marks.text, level, name)
            if span is None or not marks.is_free(*span):
                continue
            found = _above(marks, entries, endings)
            if found and not found & marks.chosen:
                marks.take(found, *span)
                return


def _beside(text: str, level: str, name: str) -> tuple[int, int] | None:
    """Where a level stands side by side with a place: joined to it, or with the same verb."""
    side = rf"(?<![\u4e00-\u9fff])(?P<side>{level}{_JOINED}){_DOCUMENT}"
    loose = rf"(?P<side>{level}{_JOINED}){_DOCUMENT}"
    place = re.escape(name)
    forms = (
        rf"{side}{_AND}{place}",
        rf"{place}{_DOCUMENT}{_AND}{loose}",
        rf"{loose}(?P<verb>{_VERB})[^。？?]{{0,30}}?[，,、]{place}{_DOCUMENT}(?P=verb)",
        rf"{place}{_DOCUMENT}(?P<verb>{_VERB})[^。？?]{{0,30}}?[，,、]{loose}(?P=verb)",
    )
    for form in forms:
        if match := re.search(form, text):
            return match.span("side")
    return None


def _above(marks: Marks, entries: Sequence[PolicyNames], endings: tuple[str, ...]) -> set[str]:
    """The policies of the division of a level that holds those chosen, or of the only such one."""
    regions = [e.region for e in entries if e.policy_id in marks.chosen and e.region]
    leveled = [e for e in entries if e.region and e.region.name.endswith(endings)]
    holding = {
        e.policy_id
        for e in leveled
        if e.region and any(e.region.holds(r) and e.region != r for r in regions)
    }
    others = [e for e in leveled if e.region not in regions]
    only = {e.policy_id for e in others} if len({e.region for e in others}) == 1 else set()
    return holding or only
