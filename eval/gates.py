"""Gates: values that a run must reach, and changes for the worse that it must not show."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.errors import EvaluationMisused
from eval.schema import Estimate
from eval.summary import MEASURES


@dataclass(frozen=True, slots=True)
class Floor:
    """A value that a measure must reach; where lower is better, one that it must not exceed."""

    measure: str
    value: float


def parse_floors(texts: Iterable[str]) -> tuple[Floor, ...]:
    """Floors from ``measure=value``.

    Raises:
        EvaluationMisused: not of that form, or there is no such measure.
    """
    floors: list[Floor] = []
    for text in texts:
        name, equals, number = text.partition("=")
        if name not in MEASURES:
            raise EvaluationMisused(f"no measure '{name}'; there are {', '.join(MEASURES)}")
        try:
            value = float(number)
        except ValueError:
            value = math.nan
        if not equals or not math.isfinite(value):
            raise EvaluationMisused(f"'{text}' is not {name}=NUMBER; write a number behind '='")
        floors.append(Floor(name, value))
    return tuple(floors)


def failures(floors: Sequence[Floor], measured: Mapping[str, Estimate]) -> list[str]:
    """One line for each floor that is not held; a measure without a value holds none."""
    lines: list[str] = []
    for floor in floors:
        found = measured.get(floor.measure)
        if found is None:
            lines.append(f"{floor.measure} has no value; {floor.value:g} was asked for")
            continue
        lower = MEASURES[floor.measure].better == "lower"
        if found.value > floor.value if lower else found.value < floor.value:
            sign = ">" if lower else "<"
            lines.append(f"{floor.measure} {found.value:.4f} {sign} {floor.value:g}")
    return lines
