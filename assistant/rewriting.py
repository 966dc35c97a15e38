"""A follow-up as a language model reads it, held against what was really said; pure.

The model may join the question with what was asked before. It may not bring in anything: a place,
a year, a figure or a unit that nobody named would be answered as if somebody had.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.figures import document_numbers_of, figures_of
from assistant.question import MAX_CHARACTERS, topic_words
from assistant.support import foreign_places, share_of_pairs, unheard_of

_MAX_LENGTH = 200  # characters: longer than question and topic together ever need be
_MIN_OWN_WORDS = 0.7  # of the question's topic, that the rewritten one must keep
_MIN_HEARD_WORDS = 0.6  # of the rewritten one, that must have been said


def accepted(reply: str, question: str, history: Sequence[str]) -> str | None:
    """The rewritten question, or None where it says more or less than was asked.

    Args:
        reply: what the model wrote.
        question: the question as typed.
        history: earlier questions, oldest first.
    """
    lines = [line.strip() for line in reply.splitlines() if line.strip()]
    if len(lines) != 1:
        return None
    text = lines[0].strip('“”"「」[] ')
    if not text or len(text) > min(MAX_CHARACTERS, _MAX_LENGTH + len(question)):
        return None
    said = [*history, question]
    if unheard_of(text, said) or share_of_pairs(text, "\n".join(said)) < _MIN_HEARD_WORDS:
        return None
    # A comma keeps words apart that the taking out of others would join.
    topic = topic_words(question).replace(" ", "，")
    if foreign_places(question, text) or share_of_pairs(topic, text) < _MIN_OWN_WORDS:
        return None
    if (figures_of(question) | document_numbers_of(question)) - (
        figures_of(text) | document_numbers_of(text)
    ):
        return None
    return text
