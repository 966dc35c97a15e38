"""The usual parts of a plan by their names: 保障措施有哪些, 重点任务是什么; pure.

What one plan calls 保障措施 another calls 组织实施: the headings below it are what is asked for.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.citations import DraftStatement
from assistant.enumeration import has_heading, heading_of
from assistant.findings import Finding, Material, name_of
from assistant.language import HAN_PAIR, language, without_number
from assistant.names_beside import names_beside
from assistant.prompts import ADDRESS_HAS, BY_POLICY
from corpus.schema import Clause, Policy
from index.folding import fold

_KINDS = frozenset({"list", "fact", "number", "definition"})
_MAX_POLICIES = 3
_MIN_PARTS = 2
_MAX_PARTS = 30


def usual_parts(material: Material) -> Finding | None:
    """The headings below the part that a question names, in each document that it names."""
    reading = material.reading
    policies = material.in_scope
    named = reading.scope.policy_ids and len(policies) <= _MAX_POLICIES
    if not named or reading.several or reading.kind not in _KINDS:
        return None
    part, beside = _part_in(fold(reading.scope.rest))
    names = names_beside(policies)
    drafts: list[DraftStatement] = []
    leads: list[str] = []
    for policy in policies:
        head, below = _section(policy, part)
        is_meant = all(_is_of(run, fold(policy.title.value)) for run in beside)
        if head is not None and is_meant and _MIN_PARTS <= len(below) <= _MAX_PARTS:
            where = f"{name_of(policy)}“{_title(head)}”"
            leads.append(ADDRESS_HAS.format(where=where, count=len(below), kind=below[0].kind))
            several = names[policy.policy_id] if len(policies) > 1 else ""
            drafts += (_of(several, heading_of(clause)) for clause in below)
    if not drafts:
        return None
    return Finding(drafts=tuple(drafts), lead="\n".join((*leads, "")), joint="\n")


def _of(name: str, draft: DraftStatement) -> DraftStatement:
    """A heading, behind the name of its document where there are several."""
    return replace(draft, text=BY_POLICY.format(name=name, text=draft.text)) if name else draft


def _part_in(rest: str) -> tuple[str, list[str]]:
    """Which of the usual parts is asked for (empty for none), and what else is said."""
    forms = language().forms
    match = forms["usual_parts"].search(rest)
    if match is None:
        return "", []
    beside = rest[: match.start()] + " " + rest[match.end() :]
    beside = forms["usual_parts_beside"].sub(" ", language().strip.sub(" ", beside))
    return match.lastgroup or "", re.findall(r"\w+", beside)


def _is_of(run: str, title: str) -> bool:
    """Whether words are those of a title, or most of them: 水库建设 of 水库工程建设方案."""
    pairs = HAN_PAIR.findall(run)
    return run in title or 0 < len(pairs) <= 2 * sum(pair in title for pair in pairs)


def _section(policy: Policy, part: str) -> tuple[Clause | None, list[Clause]]:
    """The clause whose heading is the name of the part, and those with headings below it."""
    for clause in policy.clauses:
        if not clause.path or not has_heading(clause):
            continue
        match = language().forms["usual_parts"].fullmatch(_title(clause))
        if match is not None and match.lastgroup == part:
            below = [c for c in policy.clauses if c.parent_id == clause.clause_id]
            return clause, [c for c in below if has_heading(c)]
    return None, []


def _title(clause: Clause) -> str:
    """The heading of a clause without its number."""
    return without_number(fold(clause.path[-1])).strip("。 ")
