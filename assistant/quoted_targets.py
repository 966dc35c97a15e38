"""A target as an answer quotes it; pure."""

from __future__ import annotations

from assistant.citations import Quote
from corpus.schema import Clause, Target
from corpus.sentences import split_sentences


def words_of(clause: Clause, target: Target) -> Quote:
    """The words that a target was read from."""
    return Quote(clause, target.start, target.end)


def sentence_of(clause: Clause, target: Target, *, max_characters: int) -> Quote:
    """The sentence with a target; of a longer one the words of the target."""
    for sentence in split_sentences(clause.text):
        holds = sentence.start <= target.start and target.end <= sentence.end
        if holds and sentence.end - sentence.start <= max_characters:
            return Quote(clause, sentence.start, sentence.end)
    return words_of(clause, target)


def cells_of(clause: Clause, target: Target) -> tuple[str, str, str, str]:
    """Indicator, value as printed, deadline and clause of a target."""
    value = clause.text[target.value_start : target.value_end] or f"{target.value}{target.unit}"
    return (target.indicator, value, target.deadline, clause.label)
