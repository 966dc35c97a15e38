"""Which clauses a model gets to read, and which words of a clause bear a statement; pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citations import Quote
from assistant.extractive import Candidate
from assistant.figures import figures_of
from assistant.model_prompts import Material
from assistant.support import share_of_pairs
from corpus.schema import Clause
from corpus.sentences import split_sentences

MAX_CLAUSES = 6
MAX_CHARACTERS = 2_400  # of all clauses: what a model of four thousand tokens can read
_MAX_CLAUSE = 800  # of one; a long clause is shown by its best sentences
_GAP = "……"


def materials_of(candidates: Sequence[Candidate]) -> list[Material]:
    """The clauses of the best sentences, best first, within what a small model can read.

    Args:
        candidates: sentences found, best first.
    """
    by_clause: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_clause.setdefault(candidate.hit.clause.clause_id, []).append(candidate)
    found: list[Material] = []
    left = MAX_CHARACTERS
    for sentences in list(by_clause.values())[:MAX_CLAUSES]:
        hit = sentences[0].hit
        text = _shown(hit.clause, sentences)
        if len(text) <= left or not found:
            found.append(Material(hit.clause, hit.policy, text))
            left -= len(text)
    return found


def supporting_quote(clause: Clause, statement: str) -> Quote:
    """The sentences of a clause, from the first to the last, that bear a statement."""
    sentences = split_sentences(clause.text)
    if not sentences:
        return Quote(clause, 0, len(clause.text))
    texts = [clause.text[sentence.start : sentence.end] for sentence in sentences]
    shares = [share_of_pairs(statement, text) for text in texts]
    best = max(range(len(texts)), key=lambda place: (shares[place], -place))
    chosen = {best}
    missing = figures_of(statement) - figures_of(texts[best])
    for place in sorted(range(len(texts)), key=lambda place: -shares[place]):
        held = figures_of(texts[place]) & missing
        if held:
            chosen.add(place)
            missing -= held
    return Quote(clause, sentences[min(chosen)].start, sentences[max(chosen)].end)


def _shown(clause: Clause, sentences: Sequence[Candidate]) -> str:
    """The clause, or its best sentences in reading order."""
    if len(clause.text) <= _MAX_CLAUSE:
        return clause.text
    chosen: list[Candidate] = []
    left = _MAX_CLAUSE
    for sentence in sentences:
        if len(sentence.text) <= left or not chosen:
            chosen.append(sentence)
            left -= len(sentence.text)
    chosen.sort(key=lambda sentence: sentence.start)
    return _GAP.join(sentence.text for sentence in chosen)[: 2 * _MAX_CLAUSE]
