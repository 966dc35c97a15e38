"""Questions that the corpus can answer, offered before the first one is asked; pure."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.prompts import EXAMPLE_CONTENT, EXAMPLE_UNITS
from corpus.markers import marker_of
from corpus.regions import region_named
from corpus.schema import Clause, Policy

_LENGTHS = range(6, 16)  # of a heading that makes a readable question


def example_questions(policies: Iterable[Policy], *, count: int) -> tuple[str, ...]:
    """At most ``count`` questions, each about another policy, in turn who is to act and what."""
    found: list[str] = []
    for policy in policies:
        region = region_named(policy.region.value) if policy.region else None
        topics = [(clause, topic) for clause in policy.clauses if (topic := _topic(clause))]
        if region is None or not topics or len(found) == count:
            continue
        asks_units = len(found) % 2 == 0
        chosen = next(((c, t) for c, t in topics if bool(c.units) == asks_units), topics[0])
        template = EXAMPLE_UNITS if chosen[0].units and asks_units else EXAMPLE_CONTENT
        found.append(template.format(place=region.name, topic=chosen[1]))
    return tuple(found)


def _topic(clause: Clause) -> str:
    """The heading of a clause without its number; empty where it makes no good question."""
    heading = clause.path[-1] if clause.path else ""
    marker = marker_of(heading)
    topic = heading[marker.length :].strip() if marker else ""
    is_plain = len(topic) in _LENGTHS and not set("，：“”（）") & set(topic)
    return topic if is_plain and len(clause.text) > 2 * len(heading) else ""
