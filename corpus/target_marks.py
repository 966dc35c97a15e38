"""Figures without a number: full coverage, doubling, nothing left, and grades; pure.

``line`` is a sentence with brackets and times masked; a reading comes with the start of its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.figures import Figure
from corpus.target_phrases import clean, subject_and_indicator
from corpus.target_readings import Reading, without
from corpus.target_words import COVERED, GRADE, LEADING, REVIEWED

# What every mark has: a class of first characters, and what tells one behind them.
MARK_FIRST = "全清零翻一二三A0-9０-９"
MARK_HINT = r"(?<=全)面?覆盖|(?<=清)零|(?<=零)”?发生|(?<=翻)[一两二三]番|(?<=[一二三A\d])级"
_HINT = re.compile(rf"[{MARK_FIRST}](?:{MARK_HINT})")
_AFTER = re.compile(r"\x01*(?:$|[，；、”）)]|的?目标)")
_ACTION = re.compile(r"(?:专项|集中)?(?:行动|计划|工程|攻坚|机制|制度|台账|管理|模式)")
_OF_SUCH_A_GRADE = re.compile(r"(?:及?以上)?(?:标准|水平|要求)?的[\u4e00-\u9fff]")
_TIMES = {"一": "1", "两": "2", "二": "2", "三": "3"}
_MAX_SAID = 40  # of a part of a sentence that says what is to be covered
_MAX_WORDS = 120  # characters before a mark that may say what it is for

Segment = Callable[[int], tuple[int, int]]
"""Start and end of the segment of the line that holds a place."""


def may_hold_marks(text: str) -> bool:
    """Whether the text can hold a mark at all; quick, and never wrong where it says no."""
    return _HINT.search(text) is not None


def marks_of(line: str, segment: Segment, before: Sequence[Reading]) -> list[tuple[Reading, int]]:
    """Readings of all marks of a line with the starts of their words.

    Args:
        line: a sentence.
        segment: of the line.
        before: what has been read of it.
    """
    return [*_covered(line, segment, before), *_grades(line, segment)]


def _said_before(
    line: str, start: int, segment: Segment, before: Sequence[Reading]
) -> tuple[str, str]:
    """Subject and indicator of full coverage that is said without them, from before it."""
    last = [reading for reading in before if reading.figure.end <= start]
    if last and last[-1].figure.unit == "%":
        return last[-1].subject, last[-1].indicator
    if last or start == 0:
        return "", ""
    words = clean(line[segment(start - 1)[0] : start - 1])
    subject, indicator = subject_and_indicator(words) if len(words) <= _MAX_SAID else ("", "")
    return re.sub(r"(?:均|全部|都)+$", "", subject), re.sub(r"^(?:均|全部|都)+", "", indicator)


def _covered(line: str, segment: Segment, before: Sequence[Reading]) -> list[tuple[Reading, int]]:
    found: list[tuple[Reading, int]] = []
    for match in COVERED.finditer(line):
        start = max(segment(match.start())[0], match.start() - _MAX_WORDS)
        phrase = line[start : match.start()]
        # 多层次、全覆盖的格局 and 全覆盖培训 only describe.
        if not clean(phrase) or phrase[-1] in "、的" or not _AFTER.match(line, match.end()):
            continue
        if _names_an_action(phrase, line, match.end()):
            continue
        phrase = re.sub(r"(?:实现|达到|达成|“)+$", "", phrase)
        subject, indicator = subject_and_indicator(phrase)
        if not indicator:
            subject, indicator = "", subject
        if not indicator:
            subject, indicator = _said_before(line, start, segment, before)
            if not indicator:
                continue
        value, unit = ("100", "%") if match["all"] else ("0", "")
        if match["double"]:
            value, unit = _TIMES[match["double"]], "番"
        figure = Figure(value, unit, "", match.start(), match.end())
        found.append((Reading("level", indicator, "达到", subject, figure), start))
    return found


def _names_an_action(phrase: str, line: str, end: int) -> bool:
    """Whether a mark is part of a name in quotation marks (“作业清零”行动)."""
    if not line.startswith("”", end):
        return False
    opening = phrase.rfind("“")
    inside = opening > phrase.rfind("”") and opening < len(phrase) - 1
    return inside or _ACTION.match(line, end + 1) is not None


def _grades(line: str, segment: Segment) -> list[tuple[Reading, int]]:
    """Grades to reach: 达到三级甲等标准, 通过电子病历6级评审."""
    found: list[tuple[Reading, int]] = []
    reviewed = ""
    for match in sorted((*GRADE.finditer(line), *REVIEWED.finditer(line)), key=_place):
        start = max(segment(match.start())[0], match.start() - _MAX_WORDS)
        phrase = clean(line[start : match.start()])
        if match.re is REVIEWED:
            reviewed = clean(match["what"]) or reviewed
            subject = re.sub(r"(?:等|力争|争取|均|全部)+$", "", without(LEADING, phrase))
            figure = Figure(match["figure"], "级", "", *match.span("figure"))
            found.append((Reading("level", reviewed, "达到", subject, figure), start))
            continue
        if _OF_SUCH_A_GRADE.match(match["tail"]):
            continue  # 达到二级标准的机构: whose grade it is, no aim
        subject, indicator = subject_and_indicator(phrase)
        tail = re.sub(r"^及?以上", "", clean(match["tail"]))
        if not indicator:
            indicator = "等级" if tail in ("", "标准", "水平", "要求") else tail
        figure = Figure(match["grade"], "", "", *match.span("grade"))
        comparator = "达到" if tail == clean(match["tail"]) else "不低于"
        found.append((Reading("level", indicator, comparator, subject, figure), start))
    return found


def _place(match: re.Match[str]) -> int:
    return match.start()
