"""Clauses to the pieces that are embedded: one sentence each, under the heading of its clause.

A sentence is what an answer quotes, and on unseen questions vectors of sentences find the clause
as often as vectors of whole clauses (docs/decisions/0006), so one kind of piece serves both. What
is cited is always the clause.

A sentence that needs others to be understood is embedded with them (docs/decisions/0017):
违反本办法第十八条规定的，处… says nothing of barking dogs, 第十八条 does.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from corpus.schema import Clause, Policy
from corpus.sentences import split_sentences
from corpus.violations import violations_of
from index.schema import Chunk

# Models cut off at 512 tokens, about 700 characters of Chinese; a longer sentence is embedded in
# pieces, each of which stands for a part of it.
MAX_CHARS = 400
MAX_ACT = 60  # characters of an article that a penalty names; more of them find nothing more
_MAX_ACTS = 3
_NUMBER = re.compile(r"\A第\S{1,9}条\S{0,3}\s+")
_NOTHING: Mapping[int, str] = {}


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
    return [chunk for policy in policies for chunk in _chunks_of(policy)]


def _chunks_of(policy: Policy) -> Iterator[Chunk]:
    acts = acts_violated(policy)
    for clause in searched_clauses(policy):
        yield from chunk_clause(clause, acts.get(clause.clause_id, _NOTHING))


def chunk_clause(clause: Clause, acts: Mapping[int, str] = _NOTHING) -> list[Chunk]:
    """The sentences of one clause in order; together they hold all of its words.

    Args:
        clause: the clause.
        acts: what its sentences are penalties for, by their start.
    """
    chunks: list[Chunk] = []
    for start, end in _pieces(clause.text):
        text = f"{chunk_text(clause, start, end)} {acts.get(start, '')}".strip()
        chunks.append(_chunk(clause, start, end, text))
    return chunks


def chunk_text(clause: Clause, start: int, end: int) -> str:
    """A part of a clause under its heading; of an article that is its chapter, too."""
    headings = clause.path[-2:] if clause.kind == "条" else clause.path[-1:]
    return " ".join((*headings, clause.text[start:end])).strip()


def acts_violated(policy: Policy) -> dict[str, dict[int, str]]:
    """By article and start of a sentence the first words of what it is the penalty for."""
    by_id = {clause.clause_id: clause for clause in policy.clauses}
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for violation in violations_of(policy):
        acts = [_act(by_id[name]) for name in dict.fromkeys(violation.violated)][:_MAX_ACTS]
        for sentence in violation.sentences:
            found[violation.clause.clause_id].setdefault(sentence.start, " ".join(acts))
    return found


def _act(clause: Clause) -> str:
    """What a clause rules, without the number of its article."""
    return " ".join(_NUMBER.sub("", clause.text).split())[:MAX_ACT]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    for sentence in split_sentences(text):
        for start in range(sentence.start, sentence.end, MAX_CHARS):
            yield start, min(start + MAX_CHARS, sentence.end)


def _chunk(clause: Clause, start: int, end: int, text: str) -> Chunk:
    # The place is part of the identity: a sentence that a clause repeats is two chunks.
    identity = f"{clause.clause_id}\n{start}\n{text}"
    chunk_id = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:32]
    return Chunk(chunk_id, clause.clause_id, clause.policy_id, start, end, text)
