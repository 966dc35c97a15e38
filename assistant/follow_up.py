"""A follow-up to a question that stands alone, by carrying over place or topic; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking import asks
from assistant.fellows import exchanged, named_alone
from assistant.language import language, letters_of
from assistant.scope import NamedScope, Shelf
from index.folding import fold

_BARE = 3  # a rest of at most so many characters carries no topic of its own
_UNIT = re.compile(r"[\u4e00-\u9fff]{1,12}?(?:局|委|办|厅|部|院|中心|部门|单位)")
_YEAR = re.compile(r"((?:19|20)\d\d)年?")
# 2026年那份呢，…: another plan of the same place, with a question of its own.
_YEAR_OF_PLAN = re.compile(
    r"(?:那么?)?(?P<year>(?:19|20)\d\d)年?(?:的)?(?:那|这)?(?:个|份|版)?(?:方案|文件|政策|版)?(?:里|中)?(?:呢|的话)?[，,](?=.)"
)
_SHORT = 10  # a question of at most so many characters may lean on the topic before it
_LIGHT = 6  # likewise where no place or document was named
_MIN_TOPIC = 2  # characters that must be left to say what a question was about


def standalone_question(
    question: str, history: Sequence[str], shelf: Shelf, *, refused: str = ""
) -> str:
    """The question with what it leaves unsaid filled in from the earlier questions.

    Args:
        question: the question as typed.
        history: earlier questions, oldest first.
        shelf: tells the names of places and plans from the words of a topic.
        refused: the question right before it, where that one was refused.
    """
    settled = ""
    for earlier in history:
        settled = _settled(earlier, settled, shelf)
    if refused and _only_names(question, shelf):
        scope = shelf.find(refused)
        says_where = bool(scope.names or scope.unknown)
        settled = _settled(refused, "" if says_where else settled, shelf)
    return _settled(question, settled, shelf)


def _settled(question: str, before: str, shelf: Shelf) -> str:
    return _resolve(question, before, shelf) if before else question.strip()


def _only_names(question: str, shelf: Shelf) -> bool:
    """Whether a question is no more than another name (那安丘呢？) for the topic before it."""
    scope = shelf.find(question)
    return bool(scope.names) and content_length(scope.rest) <= _BARE


def _resolve(question: str, before: str, shelf: Shelf) -> str:
    now, then = shelf.find(question), shelf.find(before)
    weight = content_length(now.rest)
    words = language()
    leans = bool(words.follow_up.match(question) or words.anaphora.search(question))
    if now.names:
        if weight <= _BARE:
            return f"{_names(now)}{_topic(then)}"
        short = leans and weight <= _SHORT
        return f"{_names(now)}{_left_of(then, question)}，{now.rest}" if short else question
    if now.unknown:
        return f"{question.rstrip('？?呢')}，{_topic(then)}" if weight <= _BARE else question
    if year := _names_a_year_alone(question):
        return f"{_places(then, shelf)}{year}的方案，{_without_document(_topic(then))}"
    if plan_year := _YEAR_OF_PLAN.match(question):
        plan = f"{_places(then, shelf)}{plan_year['year']}年的方案，"
        return plan + question[plan_year.end() :].lstrip("，,呢 ")
    word, more = named_alone(question)
    if word and (topic := exchanged(word, _topic(then))):
        behind = f"{_left(topic)}，{more}" if asks(more) else f"{topic}{more}"
        return f"{_names(then)}{behind}"
    if not leans and _asks_everywhere(fold(question)):
        return question
    # What names no place stays with the document that answered before (kept_document).
    room = _SHORT if then.names else _LIGHT
    carries = weight <= room and (leans or not _has_its_topic(question))
    topic = f"{_left_of(then, question)}，" if carries else ""
    return f"{_names(then)}{topic}{question}"


def _left_of(scope: NamedScope, question: str) -> str:
    """The topic of an earlier question; without what it asked, where another thing is asked now."""
    topic = _topic(scope).rstrip("？?。")
    return _left(topic) if asks(question) else topic


def _left(topic: str) -> str:
    """A topic without the words at its end that asked something of it (目标是多少, 怎么建)."""
    asked = language().forms["asked_before"]
    rest = topic.rstrip("？?。")
    while (match := asked.search(rest)) and match.end() > match.start():
        if content_length(rest[: match.start()]) < _MIN_TOPIC:
            break
        rest = rest[: match.start()].rstrip("，,")
    return rest


def _without_document(topic: str) -> str:
    """A topic without the word for the document that it was asked of (方案里床位目标)."""
    match = language().document_words.match(topic)
    rest = topic[match.end() :].lstrip("里中对的，, ") if match else topic
    return rest if content_length(rest) >= _MIN_TOPIC else topic


def _names_a_year_alone(question: str) -> str:
    """The year of another plan (2026年的方案呢？), where nothing else is asked; else ""."""
    match = _YEAR.search(question)
    rest = language().document_words.sub("", _YEAR.sub("", question))
    return f"{match[1]}年" if match and content_length(rest) <= _BARE - 1 else ""


def _places(scope: NamedScope, shelf: Shelf) -> str:
    """The places among the names of a question: its plans are left behind."""
    names = [name for name in scope.names if not _YEAR.search(name)]
    return "".join(name for name in names if shelf.is_place(name))


def _asks_everywhere(folded: str) -> bool:
    forms = language().forms
    return any(forms[name].search(folded) for name in ("every_place", "which_places"))


def _has_its_topic(question: str) -> bool:
    """Whether a short question says all of its topic: what a unit has to do."""
    opening = _UNIT.match(question)
    return opening is not None and bool(language().forms["tasks"].search(question))


def content_length(text: str) -> int:
    """How many characters of a question say what it is about."""
    return letters_of(language().strip.sub(" ", text))


def _names(scope: NamedScope) -> str:
    return "".join(scope.names)


def _topic(scope: NamedScope) -> str:
    rest = scope.rest
    for name in scope.kept:
        rest = rest.replace(name, "")
    return rest.replace(" ", "").lstrip("，,的")
