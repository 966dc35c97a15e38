"""Clauses to the pieces that are embedded: one sentence each, under the heading of its clause.

A sentence is what an answer quotes, and on unseen questions vectors of sentences find the clause
as often as vectors of whole clauses (docs/decisions/0006), so one kind of piece serves both. What
is cited is always the clause.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from corpus.schema import Clause, Policy
from corpus.sentences import split_sentences
from index.schema import Chunk

# Models cut off at 512 tokens, about 700 characters of Chinese; a longer sentence is embedded in
# pieces, each of which stands for a part of it.
MAX_CHARS = 400


def searched_clauses(policy: Policy) -> list[Clause]:
    """The clauses of a policy that are searched: every text once, in its largest clause.

    An article holds its paragraphs and items, so only the article is searched; clauses without
    words of their own are left out.
    """
    by_id = {clause.clause_id: clause for clause in policy.clauses}
    found: list[Clause] = []
    for clause in policy.clauses:
        parent = by_id.get(clause.parent_id or "")
        held = parent is not None and parent.start <= clause.start and clause.end <= parent.end
        if clause.text and not (held and parent is not None and parent.text):
            found.append(clause)
    return found


def chunk_policies(policies: Iterable[Policy]) -> list[Chunk]:
    """All chunks of all policies in reading order."""
    return [
        chunk
        for policy in policies
        for clause in searched_clauses(policy)
        for chunk in chunk_clause(clause)
    ]


def chunk_clause(clause: Clause) -> list[Chunk]:
    """The sentences of one clause in order; together they hold all of its words."""
    return [
        _chunk(clause, start, end, chunk_text(clause, start, end))
        for start, end in _pieces(clause.text)
    ]


def chunk_text(clause: Clause, start: int, end: int) -> str:
    """A part of a clause under its heading."""
    heading = clause.path[-1] if clause.path else ""
    return f"{heading} {clause.text[start:end]}".strip()


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    for sentence in split_sentences(text):
        for start in range(sentence.start, sentence.end, MAX_CHARS):
            yield start, min(start + MAX_CHARS, sentence.end)


def _chunk(clause: Clause, start: int, end: int, text: str) -> Chunk:
    # The place is part of the identity: a sentence that a clause repeats is two chunks.
    identity = f"{clause.clause_id}\n{start}\n{text}"
    chunk_id = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:32]
    return Chunk(chunk_id, clause.clause_id, clause.policy_id, start, end, text)
