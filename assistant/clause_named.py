"""The address of a clause before its words, where a question asks which article says it; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.citations import DraftStatement
from assistant.language import language
from assistant.prompts import ADDRESSED
from assistant.question import Reading
from index.folding import fold


def with_addresses(reading: Reading, drafts: Sequence[DraftStatement]) -> list[DraftStatement]:
    """The statements; the first of each article with its number, where that is asked for."""
    text = fold(reading.typed or reading.question.text)
    if not language().forms["asks_clause"].search(text):
        return list(drafts)
    named: set[str] = set()
    found: list[DraftStatement] = []
    for draft in drafts:
        clause = draft.quotes[0].clause if draft.quotes else None
        if clause is not None and clause.kind == "条" and clause.clause_id not in named:
            named.add(clause.clause_id)
            if clause.label not in draft.text:
                said = ADDRESSED.format(address=clause.label, text=draft.text)
                draft = replace(draft, text=said)
        found.append(draft)
    return found
