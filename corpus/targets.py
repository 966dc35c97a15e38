"""Targets that a clause sets: indicator, comparator, figure, deadline, subject; pure.

Rules, no model: a figure counts only where its neighbours say what it is set for, so that dates,
document numbers, fines and counts of what is there already are no targets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from corpus.deadlines import Time, deadline_at, times_of
from corpus.figures import FIGURE_FIRST, FIGURE_HINT, Figure, figures_of, folded
from corpus.past_figures import is_done, is_reported, reported_spans
from corpus.schema import Target
from corpus.target_forms import read
from corpus.target_lists import JOINT, OF_A_TIME, at_another_time, groups, shared, whole
from corpus.target_marks import MARK_FIRST, MARK_HINT, marks_of, may_hold_marks
from corpus.target_readings import Context, Reading, settled
from corpus.target_words import FINE, FINE_BEFORE

# What every text has that sets something: a figure or a mark. One class of first characters is
# what makes the search fast.
_HINT = re.compile(f"[{FIGURE_FIRST}{MARK_FIRST}](?:{FIGURE_HINT}|{MARK_HINT})")
_SENTENCE_ENDS = "。！？"
_SENTENCE_END = re.compile(f"[{_SENTENCE_ENDS}]")
_MARKER = re.compile(
    r"(?:第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,3}[.．、](?!\d)|[一二三四五六七八九十]{1,3}、|[①-⑳⑴-⒛㈠-㈩]、?|\d{1,2}[）)])\s*"
)
_BRACKET = re.compile(r"[（(〔\[][^（）()〔〕\[\]\n]{0,200}[）)〕\]]")
_BOUNDARY = re.compile(r"[，,；;：:](?:(?<![：:])|(?<!\d.)|(?!\d))")
_OPENING = re.compile(r"[\x01\x02]*(?:[、和与及]|以及)")
_AIM = re.compile(r"力争|争取|确保")
# A part of a sentence that the rhythm before it says nothing of: 每年…，每村设1名, …，一次性….
_ONCE = re.compile(r"每(?![年月季周日天学半]|个[月季学]|两?[个年])|[^，；]{0,16}一次性")
_MAX_WORDS = 120  # characters on each side of a figure that may say what it is for
_MAX_TIMES = 8  # times looked back at


def targets_of(text: str, number: int = 0) -> tuple[Target, ...]:
    """Targets that a clause text sets, in printed order; offsets count characters of ``text``.

    Args:
        text: of the clause.
        number: characters of the number that opens it, where that is known (3.5 may be a figure).
    """
    if _HINT.search(text) is None:
        return ()
    found: list[Target] = []
    offset = 0
    for line in text.split("\n"):
        plain = folded(line)
        if number:
            plain, number = "\x01" * number + plain[number:], 0
        elif marker := _MARKER.match(plain):
            plain = _mask(marker) + plain[marker.end() :]
        plain = _BRACKET.sub(_mask_bracket, plain)
        for start, sentence in _setting(plain):
            found.extend(_Sentence(sentence, offset + start).targets())
        offset += len(line) + 1
    return tuple(found)


def _setting(plain: str) -> Iterator[tuple[int, str]]:
    """The sentences that may set something, each with its start."""
    end = 0
    while hint := _HINT.search(plain, end):
        start = max([plain.rfind(mark, end, hint.start()) for mark in _SENTENCE_ENDS]) + 1 or end
        stop = _SENTENCE_END.search(plain, hint.start())
        end = stop.start() if stop else len(plain)
        yield start, plain[start:end]


def moved(target: Target, offset: int) -> Target:
    """A target whose offsets count from ``offset`` characters further up."""
    return replace(
        target,
        start=target.start + offset,
        end=target.end + offset,
        value_start=target.value_start + offset,
        value_end=target.value_end + offset,
    )


def _mask(match: re.Match[str]) -> str:
    return "\x01" * len(match[0])


def _mask_bracket(match: re.Match[str]) -> str:
    """Brackets leave running text, but for those inside a word (县（市、区）, 就诊（住院）率)."""
    inner = match[0][1:-1]
    following = match.string[match.end() : match.end() + 1]
    inside = match.start() > 0 and _is_chinese(match.string[match.start() - 1])
    in_word = inside and 0 < len(inner) <= 4 and all(_is_chinese(c) or c == "、" for c in inner)
    if in_word and inner[0] not in "含不下" and (_is_chinese(following) or "区" in inner):
        return match[0]
    return _mask(match)


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


class _Sentence:
    """One sentence, its times and segments, and what has been read of it so far."""

    def __init__(self, line: str, offset: int) -> None:
        self._offset = offset
        self._times = times_of(line)
        self._time_ends = [time.end for time in self._times]
        self._said = line
        self._line = _without_times(line, self._times)
        self._starts = [0, *[match.end() for match in _BOUNDARY.finditer(self._line)]]
        self._aimed = bool(self._times) or _AIM.search(line) is not None
        self._readings: list[tuple[Reading, int]] = []  # with the start of their words
        self._taken = 0  # figures before this place are part of a reading

    def targets(self) -> list[Target]:
        """All targets of the sentence in order."""
        for group in groups(figures_of(self._line), self._line):
            if group[0].start >= self._taken:
                self._read_group(group)
        if may_hold_marks(self._line):
            self._add_marks()
        if not self._readings:
            return []
        reported = reported_spans(self._said, self._times)
        found = [
            self._target(settled(reading), start)
            for reading, start in self._readings
            if reading.comparator in ("不低于", "不超过")
            or not is_reported(reading.figure.start, reported)
        ]
        return sorted(found, key=lambda target: target.value_start)

    def _add_marks(self) -> None:
        """Read figures without a number where none with one was read."""
        said = [reading for reading, _ in self._readings]
        starts = [reading.figure.start for reading in said]
        ends = [reading.figure.end + reading.tail for reading, _ in self._readings]
        for reading, start in marks_of(self._line, self._segment, said):
            index = bisect_right(starts, reading.figure.start) - 1
            if index < 0 or ends[index] <= reading.figure.start:
                self._readings.append((reading, start))

    def _segment(self, position: int) -> tuple[int, int]:
        index = bisect_right(self._starts, position) - 1
        last = index + 1 == len(self._starts)
        return self._starts[index], len(self._line) if last else self._starts[index + 1] - 1

    def _read_group(self, group: list[Figure]) -> None:
        start, end = self._segment(group[0].start)
        previous = self._readings[-1][0] if self._readings else None
        neighbour = previous if previous and previous.figure.end > start else None
        anchor = self._anchor(group[0], start, neighbour)
        left = self._line[anchor : group[0].start]
        right = self._line[group[-1].end : min(end, group[-1].end + _MAX_WORDS)]
        before, heading = self._before(start, previous)
        figure = whole(group[0], group[-1])
        if (total := self._of_unit(figure.unit)) and OF_A_TIME.fullmatch(left):
            self._readings.append((at_another_time(total, figure), anchor))
            self._taken = group[-1].end
            return
        reading = read(Context(figure, left, right, heading, before, self._aimed, previous))
        if reading is None or FINE.search(right) or FINE_BEFORE.search(left) or is_done(left):
            return
        if not reading.subject and neighbour and reading.form == neighbour.form:
            reading = reading._replace(subject=neighbour.subject)
        anchor += len(left) - len(left.lstrip("\x01\x02、和与及"))
        self._readings += [(member, anchor) for member in shared(reading, group, left)]
        self._taken = group[-1].end + reading.tail

    def _of_unit(self, unit: str) -> Reading | None:
        """The last reading whose figure has this unit."""
        readings = (reading for reading, _ in reversed(self._readings))
        return next((reading for reading in readings if reading.figure.unit == unit), None)

    def _anchor(self, figure: Figure, start: int, neighbour: Reading | None) -> int:
        """Where the words of a figure begin: behind the boundary or the figure before it."""
        anchor = max(start, figure.start - _MAX_WORDS)
        if neighbour is None:
            return anchor
        anchor = max(anchor, neighbour.figure.end)
        if neighbour.form == "task":
            joints = [match.end() for match in JOINT.finditer(self._line, anchor, figure.start)]
            return joints[-1] if joints else anchor
        opening = _OPENING.match(self._line, anchor, figure.start)
        return opening.end() if opening else anchor

    def _before(self, start: int, previous: Reading | None) -> tuple[str, str]:
        """The segment before the one at ``start``: as context, and as heading before a colon."""
        if start == 0:
            return "", ""
        first = max(self._segment(start - 1)[0], start - 1 - _MAX_WORDS)
        text = self._line[first : start - 1]
        heading = text if self._line[start - 1] in "：:" else ""
        return ("" if previous and previous.figure.end > first else text), heading

    def _target(self, reading: Reading, start: int) -> Target:
        figure = reading.figure
        reached = bisect_right(self._time_ends, figure.end)
        part = self._line.rfind("；", 0, figure.start)  # a rhythm holds as far as a semicolon
        times = self._times[max(0, reached - _MAX_TIMES) : reached]
        segment = self._segment(figure.start)[0]
        deadline = deadline_at(
            [time for time in times if time.start > part or not time.rhythm],
            figure.end,
            segment,
            task=reading.form == "task" and not _ONCE.match(self._said, segment),
        )
        return Target(
            indicator=reading.indicator,
            comparator=reading.comparator,
            value=figure.value,
            unit=figure.unit,
            deadline=deadline,
            subject=reading.subject,
            start=self._offset + start,
            end=self._offset + figure.end + reading.tail,
            value_start=self._offset + figure.start,
            value_end=self._offset + figure.end,
            base=reading.base,
        )


def _without_times(line: str, times: list[Time]) -> str:
    parts: list[str] = []
    position = 0
    for time in times:
        parts += [line[position : time.start], "\x02" * (time.end - time.start)]
        position = time.end
    return "".join([*parts, line[position:]])
