"""What changed between two versions of a policy, clause by clause, with the words; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.schema import Clause

Kind = Literal["added", "removed", "changed"]

# A figure or a foreign word changes as a whole: half of a number marked would mislead.
_TOKEN = re.compile(r"[0-9０-９.．:：%％]+|[A-Za-z]+|.", re.DOTALL)
_ALIKE = 0.5  # share of characters in the same order from which two clauses are versions of one
_MAX_PAIRS = 2_500  # clauses compared with each other within one passage that was rewritten
_MAX_TOKENS = 6_000  # beyond which words are not marked: the time grows with the square


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a clause's text; ``is_other`` where the other version does not have it."""

    text: str
    is_other: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A clause that was added, removed or changed; the side that is not there is empty."""

    kind: Kind
    label: str
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()


def clause_changes(old: Sequence[Clause], new: Sequence[Clause]) -> list[Change]:
    """The changes from one version to the other, in reading order."""
    before, after = _smallest(old), _smallest(new)
    matcher = SequenceMatcher(
        None, [_plain(c.text) for c in before], [_plain(c.text) for c in after], autojunk=False
    )
    changes: list[Change] = []
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            changes += _rewritten(before[start:end], after[new_start:new_end])
    return changes


def word_pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two versions of a text cut into what both have and what only one has.

    The pieces of each side put together are its text.
    """
    left, right = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(left) + len(right) > _MAX_TOKENS:
        return (Piece(before, is_other=True),), (Piece(after, is_other=True),)
    opcodes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    old = (("".join(left[a:b]), kind != "equal") for kind, a, b, _, _ in opcodes)
    new = (("".join(right[a:b]), kind != "equal") for kind, _, _, a, b in opcodes)
    return tuple(_pieces(old)), tuple(_pieces(new))


def _pieces(runs: Iterable[tuple[str, bool]]) -> Iterator[Piece]:
    return (Piece(text, is_other) for text, is_other in runs if text)


def _smallest(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses without those whose words their parent holds already."""
    texts = {clause.clause_id: clause.text for clause in clauses}
    return [c for c in clauses if c.text and c.text not in texts.get(c.parent_id or "", "")]


def _rewritten(old: Sequence[Clause], new: Sequence[Clause]) -> Iterator[Change]:
    """A passage of one version for a passage of the other."""
    pairs = _pairs(old, new)
    waiting = list(range(len(old)))
    for at, clause in enumerate(new):
        partner = pairs.get(at)
        while waiting and (partner is None or waiting[0] < partner):
            if partner is None and waiting[0] in pairs.values():
                break  # shown beside its new version
            first = waiting.pop(0)
            if first not in pairs.values():
                yield _removed(old[first])
        if partner is None:
            yield Change("added", clause.label, after=(Piece(clause.text, is_other=True),))
            continue
        waiting = [number for number in waiting if number != partner]
        before, after = word_pieces(old[partner].text, clause.text)
        yield Change("changed", clause.label, before, after)
    yield from (_removed(old[number]) for number in waiting if number not in pairs.values())


def _removed(clause: Clause) -> Change:
    return Change("removed", clause.label, before=(Piece(clause.text, is_other=True),))


def _pairs(old: Sequence[Clause], new: Sequence[Clause]) -> dict[int, int]:
    """Which new clause is a version of which old one: by its number, else by its words."""
    numbers = {_number(clause): at for at, clause in enumerate(old)}
    pairs: dict[int, int] = {}
    for at, clause in enumerate(new):
        partner = numbers.get(_number(clause))
        if partner is not None and _alike(old[partner].text, clause.text):
            pairs[at] = partner
    left = [at for at in range(len(old)) if at not in pairs.values()]
    right = [at for at in range(len(new)) if at not in pairs]
    if len(left) * len(right) > _MAX_PAIRS:
        return pairs
    for at in right:
        partner = next((other for other in left if _alike(old[other].text, new[at].text)), None)
        if partner is not None:
            left.remove(partner)
            pairs[at] = partner
    return pairs


def _number(clause: Clause) -> str:
    """The place of a clause in its policy, whatever the policy is called."""
    return clause.clause_id.partition("/")[2]


def _alike(before: str, after: str) -> bool:
    if not before or not after:
        return False
    # Cheap bounds first: most pairs have little in common.
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    limits = (matcher.real_quick_ratio, matcher.quick_ratio)
    if any(limit() < _ALIKE for limit in limits):
        return False
    return len(before) + len(after) > _MAX_TOKENS or matcher.ratio() >= _ALIKE


def _plain(text: str) -> str:
    return "".join(text.split())
