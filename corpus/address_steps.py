"""Addresses of clauses as steps: 第三条第二款, 二（三）1, 第二部分第（四）项第1点; pure.

A step says a number and which kinds of clause it may count; kinds differ between statutes and
plans, and between careful and quick ways of writing (三（二）第5项 is a 点).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.numerals import CHINESE_NUMERAL, parse_number
from corpus.schema import Clause, Policy

_BRACKETS = str.maketrans({"(": "（", ")": "）", "．": ".", "　": " "})
_CHINESE = rf"{CHINESE_NUMERAL}{{1,6}}"
_ANY = rf"(?:{_CHINESE}|\d{{1,4}})"
_IN_BRACKETS = rf"（(?P<n>{_ANY})）"
_SPACE = re.compile(r"[\s,，]*")
_FORMS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(pattern), frozenset(kinds.split()))
    for pattern, kinds in (
        (rf"第(?P<n>{_ANY})(?:分编|编)", "编"),
        (rf"第(?P<n>{_ANY})章", "章"),
        (rf"第(?P<n>{_ANY})节", "节"),
        (rf"第(?P<n>{_ANY})部分", "部分"),
        (rf"第?(?P<n>{_ANY})条(?:之(?P<sub>{_CHINESE}))?", "条"),
        (rf"第?(?P<n>{_ANY})款", "款"),
        (rf"第(?P<n>{_ANY})段", "段"),
        (rf"第?{_IN_BRACKETS}项", "项"),
        (rf"第?(?P<n>{_ANY})项", "项 点 子点"),
        (rf"第?(?:{_IN_BRACKETS}|(?P<n2>{_ANY}))目", "目"),
        (rf"第?{_IN_BRACKETS}小?点", "子点 点 目"),
        (rf"第?(?P<n>{_ANY})小?点", "点 子点 细点 目"),
        (r"附\s*件\s*(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})?", "附件"),
        (rf"（(?P<n>{_CHINESE})）", "项 目"),
        (r"（(?P<n>\d{1,3})）", "子点 目"),
        (r"(?P<n>\d{1,2})）", "子点 目"),
        (r"(?P<n>[①-⑳])", "细点 目"),
        (rf"(?P<n>{_CHINESE})是", "细点"),
        (rf"(?P<n>{_CHINESE})、?(?!是)", "部分"),
        (r"(?P<n>\d{1,3})(?:[.、](?!\d))?(?!\d)", "点 目"),
    )
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an address: the number and the kinds of clause that it may be of."""

    kinds: frozenset[str]
    number: int
    sub: int = 0  # 第十条之二 → 2

    def fits(self, other: Step) -> bool:
        """Whether both may be the same step."""
        same = (self.number, self.sub) == (other.number, other.sub)
        return same and bool(self.kinds & other.kinds)


def folded_address(text: str) -> str:
    """The text with brackets and points of one width; offsets stay."""
    return text.translate(_BRACKETS)


def steps_of(text: str) -> tuple[Step, ...] | None:
    """The steps that all of ``text`` writes, or None where it is no address."""
    text = folded_address(text).strip()
    steps: list[Step] = []
    position = 0
    while position < len(text):
        found = _step_at(text, position)
        if found is None:
            return None
        step, position = found
        steps.append(step)
        if space := _SPACE.match(text, position):
            position = space.end()
    return tuple(steps) or None


def _step_at(text: str, position: int) -> tuple[Step, int] | None:
    for pattern, kinds in _FORMS:
        match = pattern.match(text, position)
        if match is None:
            continue
        groups = match.groupdict()
        number = parse_number(groups.get("n") or groups.get("n2") or "1")
        if number is None:
            return None
        return Step(kinds, number, parse_number(groups.get("sub") or "") or 0), match.end()
    return None


class Steps:
    """The steps that lead to each clause of a policy."""

    def __init__(self, policy: Policy) -> None:
        by_id = {clause.clause_id: clause for clause in policy.clauses}
        self._chains: dict[str, tuple[Step, ...]] = {}
        self._by_number: dict[tuple[int, int], list[Clause]] = {}
        self._own: dict[str, Step | None] = {}
        for clause in policy.clauses:
            parent = by_id.get(clause.parent_id or "")
            above = self._chains.get(parent.clause_id, ()) if parent else ()
            own = _own_step(clause, parent)
            self._own[clause.clause_id] = own
            self._chains[clause.clause_id] = (*above, own) if own else above
            if own:
                self._by_number.setdefault((own.number, own.sub), []).append(clause)

    def of(self, clause: Clause) -> tuple[Step, ...]:
        """The steps from the policy down to the clause; unnamed clauses add none."""
        return self._chains[clause.clause_id]

    def find(self, steps: Sequence[Step]) -> list[Clause]:
        """Clauses that the steps lead to; those that need the fewest steps left out.

        Chapters may always be left out, as articles are numbered through, and so may a 款.
        """
        if not steps:
            return []
        best: list[Clause] = []
        fewest: tuple[int, int] | None = None
        for clause in self._by_number.get((steps[-1].number, steps[-1].sub), ()):
            left_out = _left_out(steps, self._chains[clause.clause_id])
            if left_out is None or (fewest is not None and left_out > fewest):
                continue
            if fewest is None or left_out < fewest:
                best, fewest = [], left_out
            best.append(clause)
        return best


def _own_step(clause: Clause, parent: Clause | None) -> Step | None:
    """The step from its parent to a clause, read off its label."""
    own = clause.label
    if parent is not None and own.startswith(parent.label) and own != parent.label:
        own = own[len(parent.label) :]
    steps = steps_of(own)
    if steps is None or (parent is not None and clause.label == parent.label):
        return None
    return Step(frozenset({clause.kind}), steps[-1].number, steps[-1].sub)


def _left_out(steps: Sequence[Step], chain: Sequence[Step]) -> tuple[int, int] | None:
    """How many steps of ``chain`` the address leaves out, None where it leads elsewhere.

    Steps that say something first, groups above articles second.
    """
    if not chain or not steps[-1].fits(chain[-1]):
        return None
    weighty = groups = 0
    wanted = len(steps) - 2
    for step in reversed(chain[:-1]):
        if wanted >= 0 and steps[wanted].fits(step):
            wanted -= 1
        elif step.kinds <= {"编", "章", "节"}:
            groups += 1
        else:
            weighty += 1
    return (weighty, groups) if wanted < 0 else None
