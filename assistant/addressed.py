"""Questions that give the address of a clause: 医师法第三条第二款怎么说, 安丘三（二）第5项; pure.

An address that the named document does not have is refused; one that several documents have is
asked back. No other text ever stands in for the clause that was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.address_marks import AddressMark, addresses_in
from assistant.citations import DraftStatement
from assistant.enumeration import heading_of
from assistant.findings import Finding, Material, name_of, quotes_of, whole
from assistant.language import language
from assistant.prompts import (
    ADDRESS_ASKED,
    ADDRESS_HAS,
    ADDRESS_HAS_NO_PARTS,
    ADDRESS_HAS_NOT,
    ADDRESS_UNKNOWN,
    ADDRESS_WHICH,
    ADDRESS_WHICH_CLAUSE,
    NO_SUCH_DOCUMENT,
    WHOLE,
)
from assistant.titles import TITLE_END
from corpus.citation_forms import citations_of
from corpus.clause_steps import Steps
from corpus.named_policies import policies_named
from corpus.schema import Clause, Policy
from index.folding import fold

_MAX_LEFTOVER = 3  # characters beside name and address that may only ask
_MAX_ADDRESSES = 5
_MAX_CHOICES = 8
_MAX_PARTS = 40
_NEAREST = 3
_MAX_ANSWER = 200  # characters of a clause that answers by itself what is asked of it
_LEANS_ON = re.compile(r"(?:违反|依照|按照|根据|依据|适用|除|符合|参照)[^，。？?]{0,20}$")


def addressed(material: Material) -> Finding | None:
    """The clauses whose addresses the question gives, or why they cannot be given."""
    text = fold(material.reading.question.text)
    marks = addresses_in(text)[:_MAX_ADDRESSES]
    if not marks or material.reading.several:
        return None
    before = text[: marks[0].start]
    bare = len(_leftover(text, marks, material)) <= _MAX_LEFTOVER
    if not bare and _LEANS_ON.search(before):
        return None
    policies, stranger = policies_meant(before, material)
    if stranger:
        return Finding(lead=NO_SUCH_DOCUMENT.format(name=stranger), reason="not_in_corpus")
    if not policies:
        return None
    found = {p.policy_id: [_at(p, mark, text) for mark in marks] for p in policies}
    holders = [p for p in policies if all(len(at) == 1 for at in found[p.policy_id])]
    if len(holders) == 1 and (bare or len(policies) == 1):
        clauses = [at[0] for at in found[holders[0].policy_id]]
        return _said(holders[0], clauses, bare=bare)
    if bare and len(policies) == 1 and (one_of := _one_of(policies[0], found)):
        return one_of
    if not bare:
        statute = len(policies) == 1 and any(c.kind == "条" for c in policies[0].clauses)
        return _missing(policies, marks) if statute and not holders else None
    return _which(holders, marks) if holders else _missing(policies, marks)


def policies_meant(before: str, material: Material) -> tuple[list[Policy], str]:
    """The policies that may be meant, and the name of a document that is not here."""
    words = language()
    name = words.strip.sub("", re.sub(r"[《》]", "", before)).strip(" ,，、:：的在")
    name = words.forms["this_document"].sub("", name)
    if material.reading.scope.names:
        return material.in_scope, ""
    if len(name) <= 1:
        return material.in_scope, ""
    if named := policies_named(name, list(material.policies.values())):
        return named, ""
    return [], name if TITLE_END.search(name) or "《" in before else ""


def _leftover(text: str, marks: Sequence[AddressMark], material: Material) -> str:
    """What the question says beside names, addresses and words that ask."""
    for mark in reversed(marks):
        text = f"{text[: mark.start]} {text[mark.end :]}"
    for name in sorted(material.reading.scope.names, key=len, reverse=True):
        text = text.replace(name, " ")
    rest = text if material.reading.scope.names else text[text.find(" ") :]
    words = language()
    rest = words.forms["address_asked"].sub("", words.strip.sub("", rest))
    return re.sub(r"\W", "", words.forms["this_document"].sub("", rest))


def _at(policy: Policy, mark: AddressMark, text: str) -> list[Clause]:
    """The clauses at an address; of several, those whose heading the question says too."""
    clauses = Steps(policy).find(mark.steps)
    headed = [c for c in clauses if c.path and f"“{_heading(c)}”" in text.replace('"', "“")]
    return headed if len(clauses) > 1 and headed else clauses


def _heading(clause: Clause) -> str:
    return fold(re.sub(r"[“”]", "", clause.path[-1]))


def _one_of(policy: Policy, found: Mapping[str, list[list[Clause]]]) -> Finding | None:
    """A question back where a document counts its parts anew below heads without numbers."""
    several = next((at for at in found[policy.policy_id] if len(at) > 1), None)
    if several is None:
        return None
    forms = citations_of(policy)
    choices = [f"{forms[clause.clause_id]}{ADDRESS_ASKED}" for clause in several]
    lead = ADDRESS_WHICH_CLAUSE.format(name=name_of(policy), count=len(several))
    choices = list(dict.fromkeys(choices))[:_MAX_CHOICES]
    return Finding(lead=lead, choices=tuple(choices), nearest=quotes_of(several[:_NEAREST]))


def _said(policy: Policy, clauses: Sequence[Clause], *, bare: bool) -> Finding | None:
    drafts = [draft for clause in clauses for draft in _with_parts(policy, clause)]
    if not bare and sum(len(draft.text) for draft in drafts) > _MAX_ANSWER:
        return None
    return Finding(drafts=tuple(drafts), joint="\n" if len(drafts) > 1 else "")


def _with_parts(policy: Policy, clause: Clause) -> list[DraftStatement]:
    """A clause; below a heading that stands alone, the headings of its parts."""
    parts = [c for c in policy.clauses if c.parent_id == clause.clause_id]
    alone = clause.path and clause.text.rstrip("。") == clause.path[-1].rstrip("。")
    own = [whole(clause)] if clause.text else []
    if own and not (parts and alone):
        return own
    return own + [heading_of(part) for part in parts[:_MAX_PARTS] if part.text]


def _which(holders: Sequence[Policy], marks: Sequence[AddressMark]) -> Finding:
    address = "、".join(mark.text for mark in marks)
    choices = tuple(
        f"{name_of(policy)}{address}{ADDRESS_ASKED}" for policy in holders[:_MAX_CHOICES]
    )
    near = quotes_of(_at(policy, marks[0], "")[0] for policy in holders[:_NEAREST])
    lead = ADDRESS_WHICH.format(count=len(holders), address=address)
    return Finding(lead=lead, choices=choices, nearest=near)


def _missing(policies: Sequence[Policy], marks: Sequence[AddressMark]) -> Finding:
    """Why there is no such clause: what the document has instead."""
    address = "、".join(mark.text for mark in marks)
    if len(policies) != 1:
        return Finding(lead=ADDRESS_UNKNOWN.format(address=address), reason="not_specified")
    (policy,) = policies
    mark = next((mark for mark in marks if len(_at(policy, mark, "")) != 1), marks[0])
    parent, parts = _peers(policy, mark)
    where = parent.label if parent else ""
    has = ADDRESS_HAS_NO_PARTS.format(where=where) if where else ""
    if parts:
        has = ADDRESS_HAS.format(where=where or WHOLE, count=len(parts), kind=parts[0].kind)
    lead = ADDRESS_HAS_NOT.format(name=name_of(policy), address=mark.text, has=has)
    near = quotes_of(clause for clause in (parent, *parts[-1:]) if clause)
    return Finding(lead=lead, reason="not_specified", nearest=near)


def _peers(policy: Policy, mark: AddressMark) -> tuple[Clause | None, list[Clause]]:
    """The deepest clause on the way to an address, and its parts of the kind that is asked for."""
    book = Steps(policy)
    for length in range(len(mark.steps) - 1, 0, -1):
        found = book.find(mark.steps[:length])
        if len(found) == 1:
            below = [c for c in policy.clauses if c.parent_id == found[0].clause_id]
            fitting = [c for c in below if c.kind in mark.steps[length].kinds]
            return found[0], fitting or [c for c in below if c.kind != "段"]
    same = [c for c in policy.clauses if c.kind in mark.steps[0].kinds]
    top = [c for c in policy.clauses if c.parent_id is None and book.own(c)]
    return None, same or [c for c in top if top and c.kind == top[0].kind]
