"""Clauses to the pieces that are embedded: whole sentences under their title and headings.

Only what is embedded is cut here. What is quoted and cited is always the clause.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.schema import Clause, Policy
from index.schema import Chunk

# A clause up to this long is one chunk: cutting it would only part a figure from its subject.
MAX_WHOLE_CHARS = 300
# About this long is a window of a longer one: with title and headings it stays under the 512 tokens
# beyond which models cut off or average.
WINDOW_CHARS = 250
MAX_SHARED_CHARS = 125

_SENTENCE = re.compile(r"[^。；！？\n]*(?:[。；！？]+[”’」』）)》】]*|\n+|$)")
_PHRASE = re.compile(r"[^，、：,]*(?:[，、：,]|$)")


def chunk_policies(policies: Iterable[Policy]) -> list[Chunk]:
    """All chunks of all policies in reading order."""
    return [
        chunk
        for policy in policies
        for clause in policy.clauses
        for chunk in chunk_clause(clause, title=policy.title.value)
    ]


def chunk_clause(clause: Clause, *, title: str) -> list[Chunk]:
    """The chunks of one clause, at least one; a window that repeats another is left out."""
    context = " ".join((title, *_headings(clause)))
    chunks = (_chunk(clause, f"{context}\n{words}") for words in windows(clause.text))
    return list({chunk.chunk_id: chunk for chunk in chunks}.values())


def windows(text: str) -> list[str]:
    """The text whole if it is short, else runs of whole sentences that share one with the last.

    Every sentence stands in a window, in order, so that no words are left out of the index.
    """
    if len(text) <= MAX_WHOLE_CHARS:
        return [text]
    pieces = list(_pieces(text))
    found: list[str] = []
    shared = start = 0
    while start < len(pieces):
        end = start + 1
        while end < len(pieces) and len("".join(pieces[shared : end + 1])) <= WINDOW_CHARS:
            end += 1
        found.append("".join(pieces[shared:end]))
        # A long sentence is not said twice, nor one that is a window by itself.
        is_shared = end - start > 1 and len(pieces[end - 1]) <= MAX_SHARED_CHARS
        shared = end - 1 if is_shared else end
        start = end
    return found


def _pieces(text: str) -> Iterator[str]:
    """Sentences; one that is longer than a window is cut at commas, and at last anywhere."""
    for sentence in _cut(_SENTENCE, text):
        if len(sentence) <= WINDOW_CHARS:
            yield sentence
            continue
        for phrase in _joined(_cut(_PHRASE, sentence)):
            for start in range(0, len(phrase), WINDOW_CHARS):
                yield phrase[start : start + WINDOW_CHARS]


def _joined(phrases: Sequence[str]) -> Iterator[str]:
    """Phrases put together again up to the length of a window."""
    run = ""
    for phrase in phrases:
        if run and len(run) + len(phrase) > WINDOW_CHARS:
            yield run
            run = ""
        run += phrase
    if run:
        yield run


def _cut(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match for match in pattern.findall(text) if match]


def _headings(clause: Clause) -> Sequence[str]:
    """The heading path without the clause's own heading where the text already opens with it."""
    if clause.path and clause.text.startswith(clause.path[-1]):
        return clause.path[:-1]
    return clause.path


def _chunk(clause: Clause, text: str) -> Chunk:
    # A zero byte parts the two, so that no other id and text run together to the same.
    content = f"{clause.clause_id}\0{text}".encode("utf-8", errors="surrogatepass")
    chunk_id = hashlib.sha256(content).hexdigest()[:32]
    return Chunk(chunk_id, clause.clause_id, clause.policy_id, text)
