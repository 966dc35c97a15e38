"""A question about one of a class that excludes its fellows: 公办 where the text rules 民办; pure.

The classes (data/contrasts.toml) are those of law and administration, the same for all documents.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.asked_values import pieces_with_value
from assistant.asking import asking_part
from assistant.citations import DraftStatement
from assistant.question import Reading
from corpus.schema import Policy
from index.folding import fold

_LEFT_OUT = re.compile(r"(?:不是|不算|不含|不包括|除了?)[^,，。;；?？)）]{1,10}")


@dataclass(frozen=True, slots=True)
class _Class:
    """Words that exclude one another: form → member, and what speaks of several members."""

    forms: re.Pattern[str]
    member_of: dict[str, int]
    wide: tuple[str, ...]

    def members(self, text: str) -> set[int]:
        """The members that a text names, each by its longest form."""
        return {self.member_of[form] for form in self.forms.findall(text)}

    def is_wide(self, text: str) -> bool:
        """Whether a text speaks of several members in one word."""
        rest = self.forms.sub(" ", text)
        return any(word in rest for word in self.wide)


def speaks_of_another(
    reading: Reading, policy: Policy, statements: Sequence[DraftStatement]
) -> bool:
    """Whether one member of a class is asked about, and what would be said is about others."""
    asked = _LEFT_OUT.sub(" ", fold(asking_part(reading.standalone)))
    for name in reading.scope.names:
        asked = asked.replace(name, " ")
    text = fold("\n".join(statement.text for statement in statements))
    quotes = [quote for statement in statements for quote in statement.quotes]
    headings = {fold(heading) for quote in quotes for heading in quote.clause.path}
    title = fold(policy.title.value)
    pieces = pieces_with_value(reading, (statement.text for statement in statements))
    for one in _classes():
        members = one.members(asked)
        spoken = one.members(f"{text}\n{title}")
        # A heading over several (驾驶人和照管员管理) does not say which of them is meant below.
        for named in map(one.members, headings):
            spoken |= named if len(named) == 1 else set()
        if not members:
            continue
        if _are_of_others(one, members, pieces):
            return True
        if members & spoken:
            continue
        if not one.is_wide(text) and spoken:
            return True
        # A document on 小学 that never says 初中 does not mean them by 学校.
        if one.members(title) and not members & one.members(_whole(policy)):
            return True
    return False


def _are_of_others(one: _Class, members: set[int], pieces: Sequence[str]) -> bool:
    """Whether every piece with the value names its members, and never those asked about."""
    named = [one.members(piece) for piece in pieces]
    return (
        bool(named)
        and all(found and not found & members for found in named)
        and not any(map(one.is_wide, pieces))
    )


def _whole(policy: Policy) -> str:
    return fold("\n".join(clause.text for clause in policy.clauses))


@cache
def _classes() -> tuple[_Class, ...]:
    """The compiled classes; read once."""
    text = resources.files("assistant").joinpath("data/contrasts.toml").read_text("utf-8")
    return tuple(_class(row["members"], tuple(row["wide"])) for row in tomllib.loads(text)["class"])


def _class(members: list[list[str]], wide: tuple[str, ...]) -> _Class:
    member_of = {form: number for number, forms in enumerate(members) for form in forms}
    longest_first = sorted(member_of, key=len, reverse=True)
    return _Class(re.compile("|".join(map(re.escape, longest_first))), member_of, wide)
