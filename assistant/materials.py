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

# What a model reads on processors alone takes it a minute for 1,500 characters, on a card a second.
DEFAULT_CHARACTERS = 1_500
_SHARE_OF_ONE = 3  # a clause takes at most a third; a longer one is shown by its best sentences
_MAX_CLAUSES = 12
_GAP = "……"
_WHOLE = 0.9  # share of its pairs of ideographs that makes a sentence repeated, not used


def materials_of(candidates: Sequence[Candidate], *, max_characters: int) -> list[Material]:
    """The clauses of the best sentences, best first.

    Args:
        candidates: sentences found, best first.
        max_characters: of all clauses together; at least one clause is given.
    """
    by_clause: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_clause.setdefault(candidate.hit.clause.clause_id, []).append(candidate)
    found: list[Material] = []
    left = max_characters
    for sentences in list(by_clause.values())[:_MAX_CLAUSES]:
        hit = sentences[0].hit
        text = _shown(hit.clause, sentences, max_characters // _SHARE_OF_ONE)
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
    # Beside the best, sentences that the statement repeats whole, and those with its figures.
    chosen = {best} | {
        n for n, text in enumerate(texts) if share_of_pairs(text, statement) > _WHOLE
    }
    missing = figures_of(statement) - figures_of(texts[best])
    for place in sorted(range(len(texts)), key=lambda place: -shares[place]):
        held = figures_of(texts[place]) & missing
        if held:
            chosen.add(place)
            missing -= held
    return Quote(clause, sentences[min(chosen)].start, sentences[max(chosen)].end)


def _shown(clause: Clause, sentences: Sequence[Candidate], max_characters: int) -> str:
    """The clause, or as many of its best sentences as fit, in reading order; at least one."""
    if len(clause.text) <= max_characters:
        return clause.text
    chosen: list[Candidate] = []
    left = max_characters
    for sentence in sentences:
        if len(sentence.text) <= left or not chosen:
            chosen.append(sentence)
            left -= len(sentence.text)
    chosen.sort(key=lambda sentence: sentence.start)
    return _GAP.join(sentence.text for sentence in chosen)
