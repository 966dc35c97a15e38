"""Whether a policy is in force today, as far as the library tells. Pure.

What a policy says of itself (施行, 有效期, the years that it plans for), and what others say of it
(废止): nothing is guessed where neither says anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.named_documents import DOCUMENT, NUMBER
from corpus.schema import Policy
from index.folding import fold

State = Literal["in_force", "coming", "ended", "repealed", "unknown"]
STATES: tuple[State, ...] = ("in_force", "coming", "ended", "repealed", "unknown")

_YEAR = re.compile(r"(?:19|20)\d\d")
_INTERVAL = re.compile(r"(\d{4}-\d{2}-\d{2})?/(\d{4}-\d{2}-\d{2})")
_REPEALED = "废止"
_IN_FORCE_FROM = "施行"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether it is in force, and the day (or year) that this turns on, as ISO; empty: none.

    ``by`` is the policy that repeals it.
    """

    state: State = "unknown"
    day: str = ""
    by: Policy | None = None


UNKNOWN = Standing()


def standings(policies: Iterable[Policy], *, today: date) -> dict[str, Standing]:
    """How each policy stands, by its id."""
    policies = tuple(policies)
    repealers = _repealers(policies)
    return {policy.policy_id: _standing(policy, repealers, today) for policy in policies}


def _standing(policy: Policy, repealers: Mapping[str, list[Policy]], today: date) -> Standing:
    for name in _names(policy):
        for other in repealers.get(name, ()):
            if other is not policy and not _is_later(policy, other):
                return Standing("repealed", _start(other), other)
    start = _start(policy)
    if start > today.isoformat():
        return Standing("coming", start)
    interval = _INTERVAL.fullmatch(policy.validity.value) if policy.validity else None
    if interval:
        end = interval[2]
        return Standing("ended" if end < today.isoformat() else "in_force", end)
    years = _YEAR.findall(policy.period.value) if policy.period else []
    if years:
        last = max(years)
        return Standing("ended" if int(last) < today.year else "in_force", last)
    return UNKNOWN


def _repealers(policies: Iterable[Policy]) -> dict[str, list[Policy]]:
    """The policies that repeal others, by the number of what they repeal, else by its title."""
    found: dict[str, list[Policy]] = {}
    for policy in policies:
        for kind, fact in policy.relations:
            if kind == _REPEALED:
                found.setdefault(_named(fact.value), []).append(policy)
    return found


def _named(text: str) -> str:
    """What a text calls a document by: its number where one is given, for titles come again."""
    match = DOCUMENT.search(text)
    if match is None:
        number = NUMBER.search(text)
        return _plain(number[0] if number else text)
    return _plain(match["number"] or match["title"])


def _names(policy: Policy) -> Iterator[str]:
    yield from (_plain(number.value) for number in policy.numbers)
    if policy.document_number:
        yield _plain(policy.document_number.value)
    yield _plain(policy.title.value)


def _start(policy: Policy) -> str:
    """The day that it says it comes into force; empty where it says none."""
    return next((fact.value for kind, fact in policy.dates if kind == _IN_FORCE_FROM), "")


def _is_later(policy: Policy, other: Policy) -> bool:
    """Whether a policy is younger than another, so that the other cannot mean this one."""
    days = [max((fact.value for _, fact in item.dates), default="") for item in (policy, other)]
    return bool(days[0] and days[1]) and days[0] > days[1]


def _plain(text: str) -> str:
    return re.sub(r"[《》\s]", "", fold(text))
