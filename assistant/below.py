"""Lists whose items are clauses of their own, with what announces them; pure.

对下列学生免费： without the items says nothing, and 5.残疾学生 without that sentence misleads.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citations import DraftStatement, Quote
from assistant.enumeration import heading_of
from assistant.extractive import Candidate
from assistant.question import Reading
from corpus.schema import Clause, Policy
from corpus.sentences import split_sentences

_COLON = ("：", ":")
_MAX_ITEMS = 15
_MAX_ITEM = 150  # characters; of a longer item its heading or first sentence
_MAX_LIST = 600
_MAX_ANNOUNCER = 120
_TABLES = frozenset({"表", "表行"})


def with_parts(
    reading: Reading, drafts: Sequence[DraftStatement], candidates: Sequence[Candidate]
) -> list[DraftStatement]:
    """The statements, announcing sentences with the items below and items with what announces.

    Of a question for a list, what other clauses say beside a whole list is left out.
    """
    policies = {c.hit.clause.clause_id: c.hit.policy for c in candidates}
    told: list[DraftStatement] = []
    listed: set[str] = set()
    for draft in drafts:
        clause = draft.quotes[0].clause
        policy = policies.get(clause.clause_id)
        opens = draft.quotes[0].start == 0  # what is behind an item in its clause is none itself
        lead = _announcer(clause, policy) if policy and opens else None
        if lead is not None and not any(_holds(each, lead) for each in told):
            draft = DraftStatement(f"{lead.text}\n{draft.text}", (*draft.quotes, lead))
        items = _items(draft, policy) if policy else []
        fresh = [item for item in items if not _is_told(item, told)]
        if not _is_told(draft, told):
            told.append(_opened(draft, fresh[0]) if fresh else draft)
            fresh = fresh[1:]
        told += fresh
        if items:
            listed |= {clause.clause_id} | {item.quotes[0].clause.clause_id for item in items}
    if listed and reading.kind == "list":
        told = [draft for draft in told if draft.quotes[0].clause.clause_id in listed]
    return told


def _opened(lead: DraftStatement, item: DraftStatement) -> DraftStatement:
    """A sentence with the first item that it announces, which is what is asked for."""
    return DraftStatement(f"{lead.text}\n{item.text}", (*item.quotes, *lead.quotes))


def _is_told(draft: DraftStatement, told: Sequence[DraftStatement]) -> bool:
    return any(all(_holds(each, quote) for quote in draft.quotes) for each in told)


def _holds(draft: DraftStatement, quote: Quote) -> bool:
    """Whether a statement quotes these words, alone or among others."""
    return any(
        own.clause is quote.clause and own.start <= quote.start and quote.end <= own.end
        for own in draft.quotes
    )


def _items(draft: DraftStatement, policy: Policy) -> list[DraftStatement]:
    """What stands below a clause that ends with an announcing statement."""
    quote = draft.quotes[-1]
    clause = quote.clause
    if not draft.text.rstrip().endswith(_COLON) or clause.text[quote.end :].strip():
        return []
    below = [other for other in policy.clauses if other.parent_id == clause.clause_id]
    if not 1 < len(below) <= _MAX_ITEMS or any(other.kind in _TABLES for other in below):
        return []
    items = [_whole(o) if len(o.text) <= _MAX_ITEM else heading_of(o) for o in below]
    return items if sum(len(item.text) for item in items) <= _MAX_LIST else []


def _announcer(clause: Clause, policy: Policy) -> Quote | None:
    """The last sentence of the clause above, where it announces what stands below."""
    above = next((o for o in policy.clauses if o.clause_id == clause.parent_id), None)
    if above is None or clause.kind in _TABLES or not above.text.rstrip().endswith(_COLON):
        return None
    last = split_sentences(above.text)[-1]
    if last.end - last.start > _MAX_ANNOUNCER:
        return None
    return Quote(above, last.start, last.end)


def _whole(clause: Clause) -> DraftStatement:
    return DraftStatement(clause.text, (Quote(clause, 0, len(clause.text)),))
