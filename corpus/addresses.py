"""Addresses of clauses to the clauses themselves; pure (``citation_forms`` leads back).

``resolve`` takes a clause id (anqiu-2024-21/2.4.1), or the name of a policy with the steps down to
the clause: 医师法 第三条 第二款, 安丘 二（三）1, 聊城2026 第二部分第（一）项第3点,
安政办〔2024〕21号 二（一）3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address_steps import Step, folded_address, steps_of
from corpus.clause_steps import Steps
from corpus.errors import AddressUnknown
from corpus.named_policies import policies_named
from corpus.notice import KIND_ADDRESS
from corpus.numerals import parse_number
from corpus.schema import Clause, Policy

_NEAREST = 5
_MAX_ADDRESS = 200  # characters
_MAX_LOCATOR = 60  # characters; the way down to a clause is never longer
_HEADING = re.compile(r"“(?P<heading>[^“”]+)”$")
_TITLE = re.compile(r"《[^》]+》(?:（[^（）]+）)?(?=.)")
_NAMED = re.compile(
    rf"(?P<kind>{'|'.join(KIND_ADDRESS)})(?:第(?P<number>[一二三四五六七八九十\d]{{1,3}})段)?$"
)


def resolve(address: str, policies: Sequence[Policy]) -> Clause:
    """The clause at an address.

    Raises:
        AddressUnknown: no clause, or more than one, stands there; the message names the nearest.
    """
    text = " ".join(address.split())[:_MAX_ADDRESS]
    for policy in policies:
        for clause in policy.clauses:
            if text in (clause.clause_id, clause.clause_id.replace("/", " ", 1)):
                return clause
    name, locator, heading, named = _parted(text, policies)
    if not named:
        raise AddressUnknown(
            f"{text}: no policy is named '{name}'; `wenzheng policies` lists what is in"
        )
    found = [clause for policy in named for clause in _found(policy, locator, heading)]
    if len(found) == 1:
        return found[0]
    reason = "no clause stands there" if not found else "more than one clause stands there"
    near = [clause.clause_id for clause in found[:_NEAREST]] or _nearest(locator, named)
    raise AddressUnknown(f"{text}: {reason}; the nearest are {', '.join(near) or 'none'}")


def _parted(text: str, policies: Sequence[Policy]) -> tuple[str, str, str, list[Policy]]:
    """The policy's name, the way down to the clause, the heading, and the policies so named."""
    match = _HEADING.search(text)
    heading = match["heading"] if match else ""
    text = text[: match.start()].rstrip() if match else text
    if kind := _NAMED.search(text):
        name = text[: kind.start()].strip()
        return name, kind[0], heading, policies_named(name, policies)
    first = ""
    for start in _possible_starts(text):
        if steps_of(text[start:]) is None:
            continue
        name = text[:start].strip()
        first = first or name
        if named := policies_named(name, policies):
            return name, text[start:], heading, named
    name, _, last = text.rpartition(" ")
    if name and (named := policies_named(name, policies)) and _labelled(last, named):
        return name, last, heading, named
    if first:
        return first, "", heading, []
    if title := _TITLE.match(text):  # 《…》附则: a part that has a name and no number
        name, last = title[0], text[title.end() :].strip()
        return name, last, heading, policies_named(name, policies)
    name, last = (name, last) if name else (last, "")
    return name, last, heading, policies_named(name, policies)


def _possible_starts(text: str) -> list[int]:
    """Places where the steps may begin: not inside a number, a title or a 文号."""
    starts: list[int] = []
    inside = 0
    for place, char in enumerate(text):
        inside += (char in "《〔[") - (char in "》〕]")
        number = place > 0 and text[place - 1].isdigit() and char.isdigit()
        near = len(text) - place <= _MAX_LOCATOR
        if near and not inside and not number and not char.isspace() and char not in "）)》":
            starts.append(place)
    return starts


def _found(policy: Policy, locator: str, heading: str) -> list[Clause]:
    if named := _NAMED.fullmatch(locator):
        same = [clause for clause in policy.clauses if clause.kind == named["kind"]]
        number = parse_number(named["number"] or "1") or 1
        return same[number - 1 : number]
    label = _without_space(locator)
    found = (
        []
        if not label
        else [clause for clause in policy.clauses if _without_space(clause.label) == label]
    )
    if len(found) != 1:
        steps = steps_of(locator)
        found = Steps(policy).find(steps) if steps else found
    if heading:
        found = [clause for clause in found if heading == _heading_of(clause)] or [
            clause for above in found for clause in _unnumbered(policy, above, heading)
        ]
    return found


def _unnumbered(policy: Policy, above: Clause, heading: str) -> list[Clause]:
    """Parts of a clause that have a heading and no number."""
    return [
        clause
        for clause in policy.clauses
        if clause.parent_id == above.clause_id and _heading_of(clause) == heading
    ]


def _labelled(label: str, policies: Sequence[Policy]) -> bool:
    """Whether a clause of the policies has the label, which may be a heading (补贴对象1)."""
    wanted = _without_space(label)
    return any(_without_space(c.label) == wanted for p in policies for c in p.clauses)


def _heading_of(clause: Clause) -> str:
    return re.sub(r"[“”]", "", clause.path[-1]) if clause.path else ""


def _without_space(text: str) -> str:
    return "".join(folded_address(text).split())


def _nearest(locator: str, policies: Sequence[Policy]) -> list[str]:
    """Ids of clauses whose steps agree longest with an address, then are nearest by number."""
    steps = steps_of(locator)
    if steps is None:  # no address: where a policy was named, its parts
        parts = [
            c for p in policies for c in p.clauses if c.parent_id is None and steps_of(c.label)
        ]
        return [clause.clause_id for clause in parts[:_NEAREST]] if len(policies) == 1 else []
    ranked: list[tuple[int, int, int, str]] = []
    for policy in policies:
        book = Steps(policy)
        for order, clause in enumerate(policy.clauses):
            chain = [step for step in book.of(clause) if not step.kinds <= {"编", "章", "节"}]
            agreed = _agreed(steps, chain)
            if chain and (agreed or len(chain) == 1):
                apart = _apart(steps[agreed:], chain[agreed:])
                ranked.append((-agreed, apart, order, clause.clause_id))
    return [clause_id for *_, clause_id in sorted(ranked)[:_NEAREST]]


def _agreed(steps: Sequence[Step], chain: Sequence[Step]) -> int:
    agreed = 0
    while agreed < min(len(steps), len(chain)) and steps[agreed].fits(chain[agreed]):
        agreed += 1
    return agreed


def _apart(steps: Sequence[Step], chain: Sequence[Step]) -> int:
    """How far the first step that differs is off, and how many more there are."""
    first = abs(steps[0].number - chain[0].number) if steps and chain else 0
    return first + 10 * abs(len(steps) - len(chain))
