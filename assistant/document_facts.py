"""What a document says of itself, where a question asks for that alone; pure.

One such fact is found as any other sentence is. Several at once, who issued it together, when it
was passed or revised are not: they stand in lines of few words, apart from each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.citations import DraftStatement, Quote
from assistant.findings import Finding, Material
from assistant.language import HAN_PAIR, language
from assistant.prompts import FACT_LABELS, FACTS_MISSING
from assistant.question import Reading
from corpus.schema import Clause, Fact, Policy
from index.folding import fold

# Kinds of dates by the name that the parser gives them.
_DATES = {
    "written": ("成文",),
    "issued": ("印发",),
    "published": ("发布", "公布"),
    "passed": ("通过",),
    "approved": ("批准",),
    "revised": ("修正", "修订"),
    "effective": ("施行",),
}
_ALONE = frozenset({"passed", "revised", "approved", "issuers"})
_MAX_LEFTOVER = 2  # characters that are neither of the title nor of what is asked for


def document_facts(material: Material) -> Finding | None:
    """The facts of the one document that a question names, each with its line; None for others."""
    reading, policies = material.reading, material.in_scope
    if reading.several or len(policies) != 1:
        return None
    (policy,) = policies
    asked = _asked(reading, policy)
    if not asked or (len(asked) == 1 and not _ALONE & set(asked)):
        return None
    found = {name: _stated(name, policy) for name in asked}
    drafts = tuple(draft for draft in found.values() if draft is not None)
    if not drafts:
        return None
    missing = [FACT_LABELS[name] for name, draft in found.items() if draft is None]
    lead = FACTS_MISSING.format(names="、".join(missing)) + "\n" if missing else ""
    return Finding(drafts=drafts, lead=lead, joint="\n")


def _asked(reading: Reading, policy: Policy) -> list[str]:
    """The facts that a question asks for, none where it asks for anything else."""
    words = language()
    rest = fold(reading.scope.rest)
    names = [name for name, pattern in words.document_facts.items() if pattern.search(rest)]
    for name in names:
        rest = words.document_facts[name].sub(" ", rest)
    rest = words.document_words.sub(" ", words.forms["fact_words"].sub(" ", rest))
    titled = set(HAN_PAIR.findall(fold(policy.title.value)))
    left = [part for part in re.findall(r"[\u4e00-\u9fff]+|[a-z0-9]+", rest) if len(part) > 1]
    foreign = [part for part in left if not set(HAN_PAIR.findall(part)) & titled]
    return [] if sum(map(len, foreign)) > _MAX_LEFTOVER else names


def _stated(name: str, policy: Policy) -> DraftStatement | None:
    facts = _facts(name, policy)
    quotes = [quote for quote in (_quote_of(policy, fact) for fact in facts) if quote is not None]
    if not quotes:
        return None
    said = "、".join(dict.fromkeys(" ".join(quote.text.split()) for quote in quotes))
    label = FACT_LABELS[name]
    text = said if said.startswith(label) else f"{label}：{said}"
    return DraftStatement(text, tuple(dict.fromkeys(quotes)))


def _facts(name: str, policy: Policy) -> Sequence[Fact]:
    if name == "number":
        return policy.numbers
    if name == "issuers":
        return policy.issuers
    if name == "validity":
        return [policy.validity] if policy.validity else []
    return [fact for kind, fact in policy.dates if kind in _DATES[name]]


def _quote_of(policy: Policy, fact: Fact) -> Quote | None:
    """The words that a fact was read from, in the smallest clause that holds them."""
    if fact.start == fact.end:
        return None
    holding = [c for c in policy.clauses if c.start <= fact.start and fact.end <= c.end]
    for clause in sorted(holding, key=lambda c: c.end - c.start):
        start, end = _place(clause, fact.start), _place(clause, fact.end - 1)
        if start is not None and end is not None:
            return Quote(clause, start, end + 1)
    return None


def _place(clause: Clause, source: int) -> int | None:
    """Where a character of the source stands in the text of a clause."""
    position = 0
    for start, end in clause.segments:
        if start <= source < end:
            return position + source - start
        position += end - start
    return None
