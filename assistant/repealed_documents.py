"""Which documents end older ones, and what those are called: a row for each; pure.

The names of what is repealed have few words of the question, and each document has others.
"""

from __future__ import annotations

from assistant.citations import DraftStatement
from assistant.findings import DraftRow, Finding, Material, name_of
from assistant.language import language, letters_of
from assistant.names_beside import names_beside
from assistant.prompts import BY_POLICY, TABLE_CLAUSE, TABLE_CONTENT, TABLE_POLICY
from assistant.question import Reading
from assistant.stated_facts import stated
from corpus.schema import Policy
from index.folding import fold

_MAX_LEFTOVER = 6  # characters beside the words that ask for what is repealed


def repealed_documents(material: Material) -> Finding | None:
    """What each document in scope repeals; None where nothing of that form is asked."""
    reading, policies = material.reading, material.in_scope
    if len(policies) < 2 or not _asks(reading):
        return None
    said = {policy.policy_id: stated("repealed", policy) for policy in policies}
    telling = [policy for policy in policies if said[policy.policy_id]]
    if not telling:
        return None
    named = bool(reading.scope.policy_ids)
    silent = [policy for policy in policies if named and not said[policy.policy_id]]
    names = names_beside(telling)
    drafts = [
        DraftStatement(BY_POLICY.format(name=names[p.policy_id], text=draft.text), draft.quotes)
        for p in telling
        for draft in said[p.policy_id]
    ]
    rows = [_row(policy, draft) for policy in telling for draft in said[policy.policy_id]]
    return Finding(
        drafts=tuple(drafts),
        columns=(TABLE_POLICY, TABLE_CONTENT, TABLE_CLAUSE),
        rows=tuple(rows),
        joint="\n",
        silent=tuple(names_beside(silent).values()),
    )


def _row(policy: Policy, draft: DraftStatement) -> DraftRow:
    label = "、".join(dict.fromkeys(quote.clause.label for quote in draft.quotes))
    return DraftRow((name_of(policy), draft.text, label), draft.quotes)


def _asks(reading: Reading) -> bool:
    """Whether nothing is asked but which documents end older ones, over several."""
    words, rest = language(), fold(reading.scope.rest)
    forms = words.forms
    asked = words.document_facts["repealed"].search(rest) and forms["ends"].search(rest)
    if not asked or not (reading.several or forms["asks_which"].search(rest)):
        return False
    for pattern in (
        words.document_facts["repealed"],
        *(forms[name] for name in ("gathering", "repeal_words", "asks_which", "fact_words")),
        words.strip,
        words.document_words,
    ):
        rest = pattern.sub(" ", rest)
    return letters_of(rest) <= _MAX_LEFTOVER
