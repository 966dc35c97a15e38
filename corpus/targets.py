"""Targets that a clause sets: indicator, comparator, figure, deadline, subject; pure.

Rules, no model: a figure counts only where its neighbours say what it is set for, so that dates,
document numbers, fines and counts of what is there already are no targets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from corpus.deadlines import Time, deadline_at, times_of
from corpus.figures import Figure, figures_of, folded
from corpus.schema import Target
from corpus.target_forms import Context, Reading, read
from corpus.target_phrases import clean, items_of, lead_of, subject_and_indicator
from corpus.target_words import COVERED, FINE, FINE_BEFORE, GRADE, LEADING, REVIEWED

_SENTENCE = re.compile(r"[^。！？\n]+")
_MARKER = re.compile(
    r"^(?:第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,3}[.．、](?!\d)|[一二三四五六七八九十]{1,3}、)\s*",
    re.MULTILINE,
)
_BRACKET = re.compile(r"[（(〔\[][^（）()〔〕\[\]\n]{0,200}[）)〕\]]")
_BOUNDARY = re.compile(r"[，,；;]|(?<!\d)[：:]|[：:](?!\d)")
_JOINED = re.compile(r"[、和与及]|以及")
_AIM = re.compile(r"力争|争取|确保")
_MAX_LEFT = 120  # characters before a figure that may say what it is for
_MAX_TIMES = 8  # times looked back at


def targets_of(text: str) -> tuple[Target, ...]:
    """Targets that a clause text sets, in printed order; offsets count characters of ``text``."""
    plain = _BRACKET.sub(_mask_bracket, _MARKER.sub(_mask, folded(text)))
    found: list[Target] = []
    for sentence in _SENTENCE.finditer(plain):
        if re.search(r"[\d一二两三四五六七八九十百覆零翻]", sentence[0]):
            found.extend(_Sentence(text, sentence[0], sentence.start()).targets())
    return tuple(found)


def _mask(match: re.Match[str]) -> str:
    return "\x01" * len(match[0])


def _mask_bracket(match: re.Match[str]) -> str:
    """Brackets leave running text, but for those inside a word (县（市、区）, 就诊（住院）率)."""
    inner = match[0][1:-1]
    following = match.string[match.end() : match.end() + 1]
    inside = match.start() > 0 and _is_chinese(match.string[match.start() - 1])
    in_word = inside and len(inner) <= 4 and all(_is_chinese(c) or c == "、" for c in inner)
    if in_word and inner[0] not in "含不下" and (_is_chinese(following) or "区" in inner):
        return match[0]
    return "\x01" * len(match[0])


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


class _Sentence:
    """One sentence, its times and segments, and what has been read of it so far."""

    def __init__(self, text: str, line: str, offset: int) -> None:
        self._text = text
        self._offset = offset
        self._times = times_of(line)
        self._time_ends = [time.end for time in self._times]
        self._line = _without_times(line, self._times)
        bounds = [match.end() for match in _BOUNDARY.finditer(self._line)]
        self._starts = [0, *bounds]
        self._aimed = bool(self._times) or _AIM.search(line) is not None
        self._readings: list[tuple[Reading, int]] = []  # with the start of its words
        self._taken = 0  # figures before this place are part of a reading

    def targets(self) -> list[Target]:
        """All targets of the sentence in order."""
        for group in _groups(figures_of(self._line), self._line):
            if group[0].start >= self._taken:
                self._read_group(group)
        found = [self._target(reading, start) for reading, start in self._readings]
        taken = [(t.value_start, t.end) for t in found]
        for target in (*self._covered(), *self._grades()):
            if not any(start <= target.value_start < end for start, end in taken):
                found.append(target)
        return sorted(found, key=lambda target: target.value_start)

    def _segment(self, position: int) -> tuple[int, int]:
        index = bisect_right(self._starts, position) - 1
        end = self._starts[index + 1] - 1 if index + 1 < len(self._starts) else len(self._line)
        return self._starts[index], end

    def _read_group(self, group: list[Figure]) -> None:
        first, last = group[0], group[-1]
        start, end = self._segment(first.start)
        previous = self._readings[-1][0] if self._readings else None
        anchor = max(start, first.start - _MAX_LEFT)
        same_segment = previous is not None and previous.figure.end > start
        if same_segment and previous is not None:
            anchor = max(anchor, previous.figure.end)
        left = self._line[anchor : first.start]
        if same_segment and (cut := list(_JOINED.finditer(left))):
            anchor += cut[-1].end() if previous and previous.form == "task" else _opening(left)
            left = self._line[anchor : first.start]
        right = self._line[last.end : end]
        if FINE.search(right) or FINE_BEFORE.search(left):
            return
        opens_list = start > 0 and self._line[start - 1] in "：:"
        last_start = self._segment(start - 1)[0] if start else 0
        before = self._line[last_start : max(0, start - 1)]
        heading = before if opens_list else ""
        if previous is not None and previous.figure.end > last_start:
            before = ""
        figure = replace(first, unit=first.unit or last.unit, bound=first.bound or last.bound)
        reading = read(Context(figure, left, right, heading, before, self._aimed, previous))
        if reading is None:
            return
        if (
            not reading.subject
            and same_segment
            and previous is not None
            and reading.form == previous.form
        ):
            reading = replace(reading, subject=previous.subject)
        anchor += len(left) - len(left.lstrip("\x01\x02、和与及"))
        for member in self._shared(reading, group, left):
            self._readings.append((member, anchor))
        self._taken = last.end + reading.tail

    def _shared(self, reading: Reading, group: list[Figure], left: str) -> list[Reading]:
        """A reading for each figure of a list (分别达到4人、8.5人)."""
        if len(group) == 1:
            return [reading]
        last = group[-1]
        lead = lead_of(left)
        pairs = [subject_and_indicator(item) for item in items_of(lead.rest, len(group))]
        found: list[Reading] = []
        for figure, (subject, indicator) in zip(group, pairs, strict=True):
            whole = replace(figure, unit=figure.unit or last.unit, bound=figure.bound or last.bound)
            name = (indicator + lead.change) if indicator else pairs[-1][1] + lead.change
            found.append(
                replace(reading, figure=whole, indicator=name, subject=subject or reading.subject)
            )
        return found

    def _target(self, reading: Reading, start: int) -> Target:
        figure = reading.figure
        end = figure.end + reading.tail
        return self._made(
            (
                reading.indicator,
                reading.comparator,
                figure.value,
                figure.unit,
                reading.subject,
                reading.base,
            ),
            (start, end, figure.start, figure.end),
            task=reading.form == "task",
        )

    def _made(
        self,
        words: tuple[str, str, str, str, str, str],
        span: tuple[int, int, int, int],
        *,
        task: bool,
    ) -> Target:
        indicator, comparator, value, unit, subject, base = words
        before = bisect_right(self._time_ends, span[3])
        times: list[Time] = self._times[max(0, before - _MAX_TIMES) : before]
        deadline = deadline_at(times, span[3], self._segment(span[2])[0], task=task)
        start, end, value_start, value_end = (place + self._offset for place in span)
        return Target(
            indicator,
            comparator,
            value,
            unit,
            deadline,
            subject,
            start,
            end,
            value_start,
            value_end,
            base,
        )

    def _covered(self) -> list[Target]:
        """全覆盖, 清零, 零发生, 翻一番: figures without a digit."""
        found: list[Target] = []
        for match in COVERED.finditer(self._line):
            start, end = self._segment(match.start())
            start = max(start, match.start() - _MAX_LEFT)
            phrase = self._line[start : match.start()]
            after = self._line[match.end() : end]
            if (
                not clean(phrase)
                or phrase[-1] in "、的"
                or not re.match(r"\x01*(?:$|[、”）)]|的?目标)", after)
            ):
                continue
            phrase = re.sub(r"(?:实现|达到|达成|“)+$", "", phrase)
            subject, indicator = subject_and_indicator(phrase)
            value, unit = ("100", "%") if match["all"] else ("0", "")
            if match["double"]:
                value, unit = {"一": "1", "两": "2", "二": "2", "三": "3"}[match["double"]], "番"
            words = (indicator or subject, "达到", value, unit, subject if indicator else "", "")
            found.append(self._made(words, (start, match.end(), *match.span()), task=False))
        return found

    def _grades(self) -> list[Target]:
        """Grades to reach: 达到三级甲等标准, 通过电子病历6级评审."""
        found: list[Target] = []
        reviewed = ""
        for match in sorted(
            (*GRADE.finditer(self._line), *REVIEWED.finditer(self._line)), key=_place
        ):
            start = max(self._segment(match.start())[0], match.start() - _MAX_LEFT)
            phrase = clean(self._line[start : match.start()])
            if match.re is REVIEWED:
                subject = re.sub(r"(?:等|力争|争取|均|全部)+$", "", phrase[_leading(phrase) :])
                reviewed = clean(match["what"]) or reviewed
                words = (reviewed, "达到", match["figure"], "级", subject, "")
                found.append(
                    self._made(words, (start, match.end(), *match.span("figure")), task=False)
                )
                continue
            subject, indicator = subject_and_indicator(phrase)
            tail = clean(match["tail"])
            if not indicator:
                indicator = "等级" if tail in ("", "标准", "水平", "要求") else tail
            words = (indicator, "达到", match["grade"], "", subject, "")
            found.append(self._made(words, (start, match.end(), *match.span("grade")), task=False))
        return found


def _place(match: re.Match[str]) -> int:
    return match.start()


def _leading(phrase: str) -> int:
    match = LEADING.match(phrase)
    return match.end() if match else 0


def _opening(left: str) -> int:
    """Characters that join ``left`` to the figure before it."""
    match = re.match(r"[\x01\x02]*(?:[、和与及]|以及)", left)
    return match.end() if match else 0


def _without_times(line: str, times: list[Time]) -> str:
    parts: list[str] = []
    position = 0
    for time in times:
        parts += [line[position : time.start], "\x02" * (time.end - time.start)]
        position = time.end
    return "".join([*parts, line[position:]])


def _groups(figures: list[Figure], line: str) -> list[list[Figure]]:
    """Figures that follow each other in one list (1：0.53、1：1.01)."""
    groups: list[list[Figure]] = []
    for figure in figures:
        last = groups[-1][-1] if groups else None
        if last is not None and _JOINED.fullmatch(line, last.end, figure.start):
            groups[-1].append(figure)
        else:
            groups.append([figure])
    return groups
