"""The lines in which a document says of itself what is asked for: its dates, its basis, its end.

Each fact is given in the words that it was read from; pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.citations import DraftStatement, Quote
from assistant.extractive import behind_number
from assistant.frame_facts import signatures
from assistant.prompts import DATE_LABELS, FACT_LABELS
from corpus.adoption import adoptions_of
from corpus.document_dates import page_dates
from corpus.schema import Clause, Fact, Policy
from corpus.sentences import split_sentences

# Kinds of dates by the name of the fact, the likeliest first: what was issued was signed before.
_DATES = {
    "written": ("成文",),
    "issued": ("印发", "成文", "发布", "公布"),
    "published": ("发布", "公布"),
    "passed": ("通过",),
    "approved": ("批准",),
    "revised": ("修正", "修订"),
}
_ALL = frozenset({"published", "revised"})  # dates that are given for each of their kinds
_IN_SENTENCES = frozenset({"basis", "repealed", "effective", "validity"})
_MAX_SENTENCE = 400  # characters; of a longer one only the names of the documents are said


def stated(name: str, policy: Policy) -> tuple[DraftStatement, ...]:
    """What a policy says of one fact, by the name of the fact; nothing where it says nothing."""
    if name in _DATES:
        return tuple(_date_said(name, policy))
    if name == "signed":
        return tuple(signatures(policy)) or tuple(_date_said("written", policy))
    if name == "meeting":
        return tuple(_meetings(policy))
    facts = _facts(name, policy)
    if name in _IN_SENTENCES:
        return tuple(_sentences(policy, facts))
    return tuple(_listed(FACT_LABELS[name], policy, facts))


def _facts(name: str, policy: Policy) -> Sequence[Fact]:
    if name == "number":
        return policy.numbers
    if name == "issuers":
        return policy.issuers
    if name == "basis":
        return policy.basis
    if name == "effective":
        return [fact for kind, fact in policy.dates if kind == "施行"]
    if name == "repealed":
        return [fact for kind, fact in policy.relations if kind == "废止"]
    fact = policy.period if name == "period" else policy.validity
    return [fact] if fact else []


def _date_said(name: str, policy: Policy) -> Iterator[DraftStatement]:
    kinds = _DATES[name]
    if name not in _ALL:
        kinds = tuple([kind for kind in kinds if any(k == kind for k, _ in policy.dates)][:1])
    dates = [(kind, fact) for kind, fact in policy.dates if kind in kinds]
    if not dates:
        return
    label = FACT_LABELS[name] if kinds[0] == _DATES[name][0] else DATE_LABELS[kinds[0]]
    fields = [
        fact
        for kind, fact in page_dates(policy.clauses)
        if any(kind == known and fact.value == date.value for known, date in dates)
    ]
    yield from _listed(label, policy, [fact for _, fact in dates], beside=fields)


def _listed(
    label: str, policy: Policy, facts: Sequence[Fact], *, beside: Sequence[Fact] = ()
) -> Iterator[DraftStatement]:
    """The words of several facts behind their label; ``beside`` is cited as well."""
    quotes = _quotes_of(policy, facts)
    if not quotes:
        return
    said = "、".join(dict.fromkeys(" ".join(quote.text.split()) for quote in quotes))
    text = said if said.startswith(label) else f"{label}：{said}"
    yield DraftStatement(text, tuple(dict.fromkeys((*quotes, *_quotes_of(policy, beside)))))


def _meetings(policy: Policy) -> Iterator[DraftStatement]:
    """By which meetings it was adopted, with the day where it is told."""
    for adoption in adoptions_of(policy.clauses):
        quote = Quote(adoption.clause, *adoption.said)
        yield DraftStatement(quote.text, (quote,))


def _sentences(policy: Policy, facts: Sequence[Fact]) -> Iterator[DraftStatement]:
    """The sentences in which documents are named, each once."""
    quotes = _quotes_of(policy, facts)
    whole = dict.fromkeys(_sentence_of(quote) for quote in quotes)
    for sentence in whole:
        if len(sentence.text) <= _MAX_SENTENCE:
            yield DraftStatement(sentence.text, (sentence,))
            continue
        inside = [
            quote
            for quote in quotes
            if quote.clause is sentence.clause and sentence.start <= quote.start < sentence.end
        ]
        yield DraftStatement("、".join(quote.text for quote in inside), tuple(inside))


def _sentence_of(quote: Quote) -> Quote:
    """The sentence that holds a quote, or the quote where it runs over several."""
    for sentence in split_sentences(quote.clause.text):
        if sentence.start <= quote.start and quote.end <= sentence.end:
            start = behind_number(quote.clause, sentence.start)
            return Quote(quote.clause, min(start, quote.start), sentence.end)
    return quote


def _quotes_of(policy: Policy, facts: Iterable[Fact]) -> list[Quote]:
    found = (_quote_of(policy, fact) for fact in facts)
    return [quote for quote in found if quote is not None]


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
