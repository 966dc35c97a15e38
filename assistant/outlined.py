"""What a document is about, as its own headings say it: 主要讲了什么, 分几章, 有哪几块; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.enumeration import has_heading, heading_of
from assistant.findings import Finding, Material, name_of
from assistant.language import language
from assistant.prompts import ADDRESS_HAS, OUTLINE_ASKED, OUTLINE_WHICH
from corpus.clause_steps import Steps
from corpus.schema import Clause, Policy
from index.folding import fold

_MAX_LEFTOVER = 2  # characters beside the document and words that ask for its outline
_MAX_HEADINGS = 30
_MAX_TWO_LEVELS = 20
_MAX_CHOICES = 6
_UNITS = frozenset({"条"})  # below chapters, articles have no headings


def outlined(material: Material) -> Finding | None:
    """The headings of the document, or of the part of it, that a question asks to sum up."""
    reading = material.reading
    text = fold(reading.standalone)
    if reading.several or not language().forms["outline"].search(text):
        return None
    policies = material.in_scope
    rest = _leftover(material)
    if len(policies) != 1:
        bare = len(rest) <= _MAX_LEFTOVER and reading.scope.names
        return _which(policies) if bare and len(policies) <= _MAX_CHOICES else None
    (policy,) = policies
    parts = _parts(policy, rest)
    headings = _with_inner(policy, parts)
    if len(parts) < 2 or len(headings) > _MAX_HEADINGS:
        return None
    where = "" if len(rest) <= _MAX_LEFTOVER else f"“{rest}”"
    lead = ADDRESS_HAS.format(
        where=f"{name_of(policy)}{where}", count=len(parts), kind=parts[0].kind
    )
    return Finding(drafts=tuple(map(heading_of, headings)), lead=f"{lead}\n", joint="\n")


def _leftover(material: Material) -> str:
    """What the question says beside the document and the words that ask for an outline."""
    words = language()
    rest = words.forms["outline_words"].sub("", words.strip.sub("", material.reading.scope.rest))
    return re.sub(r"\W", "", rest)


def _parts(policy: Policy, rest: str) -> list[Clause]:
    """The first level of the policy, or what stands below the heading that the question says."""
    book = Steps(policy)
    if len(rest) <= _MAX_LEFTOVER:
        top = [c for c in policy.clauses if c.parent_id is None and book.own(c)]
        return [c for c in top if c.kind == top[0].kind and c.text]
    heads = [c for c in policy.clauses if c.path and has_heading(c) and _is_head(c, rest)]
    below = [c for c in policy.clauses if heads and c.parent_id == heads[0].clause_id]
    return [c for c in below if has_heading(c)]


def _is_head(clause: Clause, rest: str) -> bool:
    heading = re.sub(r"\W", "", fold(clause.path[-1]))
    return heading.endswith(rest) and len(heading) <= len(rest) + 3


def _with_inner(policy: Policy, parts: Sequence[Clause]) -> list[Clause]:
    """Parts, each with the headings below it where these are few enough."""
    found: list[Clause] = []
    for part in parts:
        below = [c for c in policy.clauses if c.parent_id == part.clause_id and has_heading(c)]
        found += [part, *(c for c in below if c.kind not in _UNITS)]
    return found if len(found) <= _MAX_TWO_LEVELS else list(parts)


def _which(policies: Sequence[Policy]) -> Finding | None:
    choices = tuple(f"{name_of(policy)}{OUTLINE_ASKED}" for policy in policies)
    return Finding(lead=OUTLINE_WHICH.format(count=len(choices)), choices=choices)
