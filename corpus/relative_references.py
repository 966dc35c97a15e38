"""What 前款, 前条, 本条 and their like lead to from where they stand; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.clause_steps import Steps
from corpus.numerals import parse_number
from corpus.schema import Clause, Policy

_FORM = re.compile(r"(?P<which>前|上|本)一?(?P<count>[二两三四五六]|\d)?(?P<kind>[条款项目章节编])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reference stands: in a clause, at ``offset`` of the source, in its policy."""

    clause: Clause
    offset: int
    policy: Policy
    steps: Steps


def relative_targets(place: Place, form: str) -> list[Clause]:
    """The clauses that a form such as 前款, 前两项, 本条 means at a place, in reading order."""
    match = _FORM.match(form)
    if match is None:
        return []
    here = _around(place, match["kind"])
    if here is None:
        return []
    if match["which"] == "本":
        return [here]
    count = parse_number(match["count"]) if match["count"] else 1
    return place.steps.before(here, count or 1, everywhere=match["kind"] == "条")


def _around(place: Place, kind: str) -> Clause | None:
    """The clause of a kind that the place is in: an ancestor, the clause itself, or a part of it.

    An article's text holds its 款 and 项, so a reference in it may stand in one of those.
    """
    for above in place.steps.above(place.clause):
        if above.kind == kind:
            return above
    return place.steps.at(place.clause, kind, place.offset)
