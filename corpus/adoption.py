"""By which meeting a document was adopted, as its notice or its adoption note says; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.frame_lines import DATE
from corpus.schema import Clause, Segment

# Where a document says of itself that it was adopted; elsewhere others are adopted.
_KINDS = frozenset({"题注", "通知", "主送", "前言"})
_ACTS = r"(?:审议|讨论|研究|表决|审查|审定|审核)*(?:原则)?(?:通过|同意|批准|审定)"
_MEETING = (
    r"[^，。；、《》\s]{2,40}?(?:会议|办公会|常务会|常委会|全会|大会|例会|党委会|党组会|理事会)"
)
_ADOPTED = re.compile(
    rf"(?:(?P<date>{DATE.pattern})[,，\s]?|(?:已?经|由))(?:(?P<later>{DATE.pattern})[,，\s]?)?"
    rf"(?P<meeting>{_MEETING})(?:[,，]?{_ACTS}(?:[，、并及和]*(?:通过|同意|批准))?)"
)


@dataclass(frozen=True, slots=True)
class Adoption:
    """A meeting that adopted a document; places count characters of the clause's text."""

    clause: Clause
    meeting: Segment
    said: Segment  # from the date, or 已经, to the act
    date: Segment | None


def adoptions_of(clauses: tuple[Clause, ...]) -> Iterator[Adoption]:
    """The meetings that adopted a document, in printed order."""
    for clause in clauses:
        if clause.kind not in _KINDS:
            continue
        for match in _ADOPTED.finditer(clause.text):
            date = next((match.span(name) for name in ("date", "later") if match[name]), None)
            yield Adoption(clause, match.span("meeting"), match.span(), date)
