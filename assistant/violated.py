"""Questions for the penalty of an article that they name: 违反医师法第十条罚多少; pure."""

from __future__ import annotations

import re

from assistant.address_marks import addresses_in
from assistant.addressed import policies_meant
from assistant.citations import DraftStatement, Quote
from assistant.findings import Finding, Material, quotes_of
from assistant.penalties import penalties_of
from assistant.prompts import PENALTY_NONE
from corpus.clause_steps import Steps
from corpus.schema import Policy
from index.folding import fold

_VIOLATES = re.compile(r"违反了?|触犯了?|违背了?")
_MAX_PENALTIES = 4


def violated(material: Material) -> Finding | None:
    """The penalties that name the article of a question; None where it asks for none.

    An article that no penalty names is given back as such, with its own words beside it.
    """
    reading = material.reading
    text = fold(reading.question.text)
    marks = addresses_in(text)
    if "penalty" not in reading.cues or reading.several or not marks:
        return None
    before = text[: marks[0].start]
    if not _VIOLATES.search(before):
        return None
    policies, _ = policies_meant(_VIOLATES.sub("", before), material)
    statutes = [p for p in policies if any(clause.kind == "条" for clause in p.clauses)]
    if len(statutes) != 1:
        return None
    (policy,) = statutes
    clauses = [c for mark in marks[:1] for c in Steps(policy).find(mark.steps)]
    if len(clauses) != 1:
        return None
    quotes = _quotes(policy, clauses[0].clause_id)
    if not quotes:
        lead = PENALTY_NONE.format(address=marks[0].text)
        return Finding(lead=lead, reason="not_specified", nearest=quotes_of(clauses))
    return Finding(tuple(DraftStatement(quote.text, (quote,)) for quote in quotes))


def _quotes(policy: Policy, clause_id: str) -> list[Quote]:
    """Sentences with a penalty for a clause or for one of its parts, each once."""
    ids = {clause_id}
    for clause in policy.clauses:
        if clause.parent_id in ids:
            ids.add(clause.clause_id)
    return list(dict.fromkeys(penalties_of(policy, ids)))[:_MAX_PENALTIES]
