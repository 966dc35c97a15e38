"""Questions that the corpus can answer: offered before the first one, and after each; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.prompts import EXAMPLE_CONTENT, EXAMPLE_TARGET, EXAMPLE_UNITS
from assistant.schema import Answer
from corpus.markers import marker_of
from corpus.regions import region_printed
from corpus.schema import Clause, Policy

_LENGTHS = range(6, 16)  # of a heading that makes a readable question
_SHORT_LENGTHS = range(4, 19)  # where the answer before it says what it is about
_INDICATORS = range(3, 13)  # of the name of a target


def example_questions(policies: Iterable[Policy], *, count: int) -> tuple[str, ...]:
    """At most ``count`` questions, each about another policy, in turn who is to act and what."""
    found: list[str] = []
    for policy in policies:
        place = _place(policy)
        topics = [(clause, topic) for clause in policy.clauses if (topic := _topic(clause))]
        if not place or not topics or len(found) == count:
            continue
        asks_units = len(found) % 2 == 0
        chosen = next(((c, t) for c, t in topics if bool(c.units) == asks_units), topics[0])
        template = EXAMPLE_UNITS if chosen[0].units and asks_units else EXAMPLE_CONTENT
        found.append(template.format(place=place, topic=chosen[1]))
    return tuple(found)


def follow_ups(answer: Answer, policies: Sequence[Policy], *, count: int) -> tuple[str, ...]:
    """At most ``count`` questions that lead on from an answer, to clauses that are there.

    Who is to act on the clause that was cited, what the clauses around it say, which figures its
    policy sets, what another place says of the same.
    """
    shown = answer.citations or answer.nearest
    by_id = {policy.policy_id: policy for policy in policies}
    policy = by_id.get(shown[0].policy_id) if shown else None
    if policy is None:
        return ()
    seen = [citation.clause_id for citation in shown]
    groups = [
        _about(policy, seen[0], answer),
        _elsewhere(policy, seen[0], policies),
        _figures(policy, seen, answer),
        _around(policy, seen),
    ]
    found: list[str] = []
    while groups and len(found) < count:  # one of each kind in turn
        group = groups.pop(0)
        question = next((text for text in group if text not in (*found, answer.question)), None)
        if question is not None:
            found.append(question)
            groups.append(group)
    return tuple(found)


def _about(policy: Policy, clause_id: str, answer: Answer) -> Iterator[str]:
    """Who is to act on the clause, unless the answer has said so."""
    clause = next((item for item in policy.clauses if item.clause_id == clause_id), None)
    topic = _topic(clause, _SHORT_LENGTHS) if clause else ""
    place = _place(policy)
    said = clause and any(unit.printed in answer.text for unit in clause.units)
    if clause and topic and place and clause.units and not said:
        yield EXAMPLE_UNITS.format(place=place, topic=topic)


def _elsewhere(policy: Policy, clause_id: str, policies: Sequence[Policy]) -> Iterator[str]:
    """The same topic in another place."""
    clause = next((item for item in policy.clauses if item.clause_id == clause_id), None)
    topic = _topic(clause, _SHORT_LENGTHS) if clause else ""
    for other in policies if topic else ():
        place = _place(other)
        if (
            place
            and place != _place(policy)
            and topic in (_topic(c, _SHORT_LENGTHS) for c in other.clauses)
        ):
            yield EXAMPLE_CONTENT.format(place=place, topic=topic)


def _figures(policy: Policy, seen: Sequence[str], answer: Answer) -> Iterator[str]:
    """Figures that the policy sets elsewhere."""
    place = _place(policy)
    for clause in policy.clauses:
        for target in clause.targets if place and clause.clause_id not in seen else ():
            name = target.indicator
            if len(name) in _INDICATORS and not _is_marked(name) and name not in answer.question:
                yield EXAMPLE_TARGET.format(place=place, topic=name)


def _around(policy: Policy, seen: Sequence[str]) -> Iterator[str]:
    """What the clauses behind, then before, the first one say."""
    place = _place(policy)
    at = next((i for i, clause in enumerate(policy.clauses) if clause.clause_id == seen[0]), 0)
    said = {_topic(clause, _SHORT_LENGTHS) for clause in policy.clauses if clause.clause_id in seen}
    for clause in (*policy.clauses[at + 1 :], *reversed(policy.clauses[:at])):
        if place and (topic := _topic(clause, _SHORT_LENGTHS)) and topic not in said:
            yield EXAMPLE_CONTENT.format(place=place, topic=topic)


def _place(policy: Policy) -> str:
    region = region_printed(policy.region.value) if policy.region else None
    return region.name if region else ""


def _topic(clause: Clause, lengths: range = _LENGTHS) -> str:
    """The heading of a clause without its number; empty where it makes no good question."""
    heading = clause.path[-1] if clause.path else ""
    marker = marker_of(heading)
    topic = heading[marker.length :].strip() if marker else ""
    is_plain = len(topic) in lengths and not _is_marked(topic)
    return topic if is_plain and len(clause.text) > 2 * len(heading) else ""


def _is_marked(text: str) -> bool:
    return bool(set("，：“”（）《》、。\n") & set(text))
