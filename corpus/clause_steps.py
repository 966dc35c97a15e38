"""The steps that lead to the clauses of a policy, and the clauses that steps lead to; pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from corpus.address_steps import Step, folded_address, steps_of
from corpus.schema import Clause, Policy

_DECIMAL_LABEL = re.compile(r"(?<![\d.．])\d{1,2}(?:[.．]\d{1,2}){1,3}$")
_WHOLE_WAY = frozenset({"节次"})
_ARTICLE = frozenset({"条"})
_GROUPS = frozenset({"编", "章", "节"})
_MAX_READINGS = 64  # kinds of clause that the steps of an address may mean together

_Key = tuple[tuple[str, int, int, str], ...]


class Steps:
    """The steps that lead to each clause of a policy."""

    def __init__(self, policy: Policy) -> None:
        self._clauses = {clause.clause_id: clause for clause in policy.clauses}
        self._chains: dict[str, tuple[Step, ...]] = {}
        self._own: dict[str, Step | None] = {}
        self._by_number: dict[tuple[int, int], list[Clause]] = {}
        self._bearers: dict[tuple[Step, ...], int] = {}
        self._by_article: dict[tuple[int, int], list[Clause]] = {}
        self._by_way: dict[_Key, list[Clause]] = {}
        self._below: dict[str, list[Clause]] = {}
        self._peers: dict[tuple[str, str], list[Clause]] = {}
        self._parts: dict[tuple[str, str], list[Clause]] = {}  # looked up, by clause and kind
        self._places: dict[str, tuple[int, int]] = {}
        for clause in policy.clauses:
            self._add(clause)

    def _add(self, clause: Clause) -> None:
        parent = self._clauses.get(clause.parent_id or "")
        above = self._chains.get(parent.clause_id, ()) if parent else ()
        own = _own_step(clause, parent)
        if own and own.kinds == _WHOLE_WAY:  # 1.2.1 is counted through what it stands in
            above = tuple(step for step in above if "附件" in step.kinds)
        chain = (*above, own) if own else above
        self._own[clause.clause_id] = own
        self._chains[clause.clause_id] = chain
        self._below.setdefault(clause.parent_id or "", []).append(clause)
        among = self._peers.setdefault((clause.kind, clause.parent_id or ""), [])
        everywhere = self._peers.setdefault((clause.kind, "*"), [])
        self._places[clause.clause_id] = len(among), len(everywhere)
        among.append(clause)
        everywhere.append(clause)
        if own:
            self._bearers[chain] = self._bearers.get(chain, 0) + 1
            self._by_number.setdefault((own.number, own.sub), []).append(clause)
            for step in chain[:-1]:
                if step.kinds == _ARTICLE:
                    self._by_article.setdefault((step.number, step.sub), []).append(clause)
            self._by_way.setdefault(_way(chain), []).append(clause)

    def of(self, clause: Clause) -> tuple[Step, ...]:
        """The steps from the policy down to the clause; unnamed clauses add none."""
        return self._chains[clause.clause_id]

    def own(self, clause: Clause) -> Step | None:
        """The last of the steps to a clause; None where it adds none."""
        return self._own[clause.clause_id]

    def is_shared(self, clause: Clause) -> bool:
        """Whether another clause has the same steps, as the heads above were lost."""
        return self._bearers.get(self._chains[clause.clause_id], 0) > 1

    def above(self, clause: Clause) -> Iterator[Clause]:
        """The clause and those that it stands in, from inside out."""
        found: Clause | None = clause
        while found is not None:
            yield found
            found = self._clauses.get(found.parent_id or "")

    def at(self, clause: Clause, kind: str, offset: int) -> Clause | None:
        """The part of a clause of some kind that holds a place of the source."""
        key = clause.clause_id, kind
        if key not in self._parts:
            parts = [part for part in self._inside(clause) if part.kind == kind]
            self._parts[key] = sorted(parts, key=lambda part: part.start)
        parts = self._parts[key]
        last = bisect_right(parts, offset, key=lambda part: part.start) - 1
        for part in self.above(parts[last]) if last >= 0 else ():
            if part is clause:
                break
            if part.kind == kind and part.start <= offset < part.end:
                return part
        return None

    def _inside(self, clause: Clause) -> Iterator[Clause]:
        for child in self._below.get(clause.clause_id, ()):
            yield child
            yield from self._inside(child)

    def before(self, clause: Clause, count: int, *, everywhere: bool) -> list[Clause]:
        """So many clauses of its kind right before one: under the same head, or in all."""
        key = "*" if everywhere else clause.parent_id or ""
        place = self._places[clause.clause_id][int(everywhere)]
        return self._peers[clause.kind, key][max(0, place - count) : place]

    def find(self, steps: Sequence[Step]) -> list[Clause]:
        """Clauses that the steps lead to; those that need the fewest steps left out.

        Chapters may always be left out, as articles are numbered through, and so may a 款.
        """
        if not steps:
            return []
        # Whole ways are looked up; what leaves out more is looked for among all of its number.
        whole = [clause for way in _ways(steps) for clause in self._by_way.get(way, ())]
        return self._least(steps, whole) or self._least(steps, self._candidates(steps))

    def _candidates(self, steps: Sequence[Step]) -> list[Clause]:
        """Clauses that steps may lead to: of the article, or of the last number, if fewer."""
        fewest = self._by_number.get((steps[-1].number, steps[-1].sub), [])
        for step in steps[:-1]:
            if step.kinds == _ARTICLE:
                inside = self._by_article.get((step.number, step.sub), [])
                fewest = min(fewest, inside, key=len)
        return fewest

    def _least(self, steps: Sequence[Step], clauses: Iterable[Clause]) -> list[Clause]:
        best: list[Clause] = []
        fewest: tuple[int, int] | None = None
        for clause in clauses:
            left_out = _left_out(steps, self._chains[clause.clause_id])
            if left_out is None or (fewest is not None and left_out > fewest):
                continue
            if fewest is None or left_out < fewest:
                best, fewest = [], left_out
            best.append(clause)
        return best


def _way(chain: Sequence[Step]) -> _Key:
    """Steps that say which clause, chapters left out."""
    return tuple(
        (min(step.kinds), step.number, step.sub, step.name)
        for step in chain
        if not step.kinds <= _GROUPS
    )


def _ways(steps: Sequence[Step]) -> list[_Key]:
    """The ways that steps may mean, as each may count several kinds of clause."""
    choices = [
        [(kind, step.number, step.sub, step.name) for kind in sorted(step.kinds)]
        for step in steps
        if not step.kinds <= _GROUPS
    ]
    readings = 1
    for choice in choices:
        readings *= len(choice)
    return list(product(*choices)) if readings <= _MAX_READINGS else []


def _own_step(clause: Clause, parent: Clause | None) -> Step | None:
    """The step from its parent to a clause, read off its label."""
    own = clause.label
    if decimal := _DECIMAL_LABEL.search(own):
        number = folded_address(decimal[0])
        return Step(_WHOLE_WAY, int(number.rpartition(".")[2]), 0, number)
    if parent is not None and own.startswith(parent.label) and own != parent.label:
        own = own[len(parent.label) :]
    steps = steps_of(own)
    if steps is None or (parent is not None and clause.label == parent.label):
        return None
    last = steps[-1]
    named = last.kinds if last.name else frozenset({clause.kind})
    return Step(named, last.number, last.sub, last.name)


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
