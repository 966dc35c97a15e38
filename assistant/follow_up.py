"""A follow-up to a question that stands alone, by carrying over place or topic; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language import language
from assistant.scope import NamedScope, Shelf

_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_BARE = 3  # a rest of at most so many characters carries no topic of its own
_SHORT = 10  # a question of at most so many characters may lean on the topic before it


def standalone_question(question: str, history: Sequence[str], shelf: Shelf) -> str:
    """The question with what it leaves unsaid filled in from the earlier questions.

    Args:
        question: the question as typed.
        history: earlier questions, oldest first.
        shelf: tells the names of places and plans from the words of a topic.
    """
    settled = ""
    for earlier in [*history, question]:
        settled = _resolve(earlier, settled, shelf) if settled else earlier.strip()
    return settled


def _resolve(question: str, before: str, shelf: Shelf) -> str:
    now, then = shelf.find(question), shelf.find(before)
    weight = content_length(now.rest)
    words = language()
    leans = bool(words.follow_up.match(question) or words.anaphora.search(question))
    if now.names:
        if weight <= _BARE:
            return f"{_names(now)}{_topic(then)}"
        return (
            f"{_names(now)}{_topic(then)}，{now.rest}" if leans and weight <= _SHORT else question
        )
    if now.unknown:
        return f"{question.rstrip('？?呢')}，{_topic(then)}" if weight <= _BARE else question
    topic = f"{_topic(then).rstrip('？?。')}，" if weight <= _SHORT else ""
    return f"{_names(then)}{topic}{question}"


def content_length(text: str) -> int:
    """How many characters of a question say what it is about."""
    return len(_HAN.findall(language().strip.sub(" ", text)))


def _names(scope: NamedScope) -> str:
    return "".join(scope.names)


def _topic(scope: NamedScope) -> str:
    return scope.rest.replace(" ", "").lstrip("，,的")
