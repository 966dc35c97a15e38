"""Figures that share their words: those of a list, and those of a total for further times; pure."""

from __future__ import annotations

import re

from corpus.figures import Figure
from corpus.target_phrases import items_of, lead_of, subject_and_indicator
from corpus.target_readings import Reading

JOINT = re.compile(r"以及|[、和与及]")
OF_A_TIME = re.compile(r"[、，和与及]?(?:其中)?[：:]?\x02+")
"""All that stands before a figure that only says for when it is (其中2025年5万亩)."""


def groups(figures: list[Figure], line: str) -> list[list[Figure]]:
    """Figures that follow each other in one list (1：0.53、1：1.01)."""
    found: list[list[Figure]] = []
    for figure in figures:
        last = found[-1][-1] if found else None
        if last is not None and JOINT.fullmatch(line, last.end, figure.start):
            found[-1].append(figure)
        else:
            found.append([figure])
    return found


def whole(figure: Figure, last: Figure) -> Figure:
    """A figure of a list with the unit and the bound that are said behind the last (2、1.5左右)."""
    if figure is last:
        return figure
    return figure._replace(unit=figure.unit or last.unit, bound=figure.bound or last.bound)


def shared(reading: Reading, group: list[Figure], left: str) -> list[Reading]:
    """A reading for each figure of a list (分别达到4人、8.5人)."""
    if len(group) == 1:
        return [reading]
    lead = lead_of(left)
    pairs = [subject_and_indicator(item) for item in items_of(lead.rest, len(group))]
    return [
        reading._replace(
            figure=whole(figure, group[-1]),
            indicator=(indicator or pairs[-1][1]) + lead.change,
            subject=subject or reading.subject,
        )
        for figure, (subject, indicator) in zip(group, pairs, strict=True)
    ]


def at_another_time(reading: Reading, figure: Figure) -> Reading:
    """What was read, with the figure for another time (其中2025年5万亩、2026年7万亩)."""
    task = reading.form == "task"
    comparator = figure.bound or ("等于" if task else reading.comparator)
    return reading._replace(figure=figure, comparator=comparator, tail=0)
