"""What the frame of a document says of it: who signed it, its amendments, whom to ask; pure.

These stand in signatures, in the note below a title and in lines of contacts, which a search for
what a document is about does not find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.citations import DraftStatement, Quote
from assistant.extractive import behind_number
from corpus.document_dates import amendments_in
from corpus.frame_lines import DATE
from corpus.notice import is_signer
from corpus.schema import Clause, Policy
from corpus.sentences import split_sentences

_REACHED = re.compile(
    r"(?:联\s?系\s?人|联系电话|联系方式|咨询电话|服务电话|咨询热线|服务热线|监督电话|举报电话|投诉电话"
    r"|电话|热线|邮箱|传真|拨打)[^，。；]{0,16}?[:：为是]?\s?[（(]?(?:\d{2,4}[-—－)）\s]?)?\d{5,8}"
    r"|联\s?系\s?人\s?[:：]|拨打\s?\d{5}"
)
_LABEL = re.compile(r"咨询|联系|监督|举报|投诉|服务|报修|传真|邮箱|受理|值班|求助")
_ANY = frozenset(
    {"咨询", "联系", "服务", "受理"}
)  # any line tells whom to ask, none whom to accuse
_MAX_CONTACTS = 4
_MAX_PIECE = 300  # characters


def signatures(policy: Policy) -> Iterator[DraftStatement]:
    """Who signed the document, with the day that stands below the name."""
    for clause in policy.clauses:
        if clause.kind != "落款":
            continue
        lines = [*_lines(clause)]
        named = [(a, b) for a, b in lines if is_signer("".join(clause.text[a:b].split()))]
        if not named:
            continue
        day = DATE.search(clause.text, named[-1][0])
        quote = Quote(clause, named[0][0], day.end() if day else named[-1][1])
        yield DraftStatement(" ".join(quote.text.split()), (quote,))
        return


def amendments(policy: Policy, *, last: bool) -> Iterator[DraftStatement]:
    """How the document was amended, as the note below its title says; the last time, or each."""
    for clause in policy.clauses:
        if clause.kind != "题注":
            continue
        pieces = [piece for piece in amendments_in(clause) if piece[1] - piece[0] <= _MAX_PIECE]
        for start, end in pieces[-1:] if last else pieces:
            quote = Quote(clause, start, end)
            yield DraftStatement(quote.text, (quote,))


def contacts(policy: Policy, question: str) -> tuple[DraftStatement, ...]:
    """The lines that say whom to ask; those for what the question names, where there are some."""
    quotes: list[Quote] = []
    for clause in policy.clauses:
        if _REACHED.search(clause.text) and not _is_held_below(clause, policy):
            quotes += _contact_lines(clause)
    asked = set(_LABEL.findall(question))
    fitting = [q for q in quotes if asked & set(_LABEL.findall(q.text))]
    if not fitting and asked <= _ANY:
        fitting = quotes
    unique = {"".join(quote.text.split()): quote for quote in fitting}
    if len(unique) > _MAX_CONTACTS:
        return ()  # a list of contacts: a row of it is asked for
    return tuple(DraftStatement(quote.text, (quote,)) for quote in unique.values())


def _is_held_below(clause: Clause, policy: Policy) -> bool:
    """Whether the words of a clause stand in clauses below it, which are cited instead."""
    return any(
        other.parent_id == clause.clause_id and _REACHED.search(other.text)
        for other in policy.clauses
    )


def _contact_lines(clause: Clause) -> Iterator[Quote]:
    for start, end in _lines(clause):
        if not _REACHED.search(clause.text, start, end):
            continue
        for sentence in split_sentences(clause.text[start:end]):
            if _REACHED.search(sentence.text):
                first = behind_number(clause, start + sentence.start)
                yield Quote(clause, first, start + sentence.end)


def _lines(clause: Clause) -> Iterator[tuple[int, int]]:
    position = 0
    for line in clause.text.split("\n"):
        if line.strip():
            yield position, position + len(line)
        position += len(line) + 1
