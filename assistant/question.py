"""A question as understood: its scope, its kind, and the words that say what it is about; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.asking import asides_of, asking_part, without_framing
from assistant.follow_up import standalone_question
from assistant.language import language, letters_of
from assistant.schema import Question
from assistant.scope import NamedScope, Shelf
from index.folding import fold

MAX_CHARACTERS = 2000

# Where official documents say what is asked for (GB/T 9704-2012 §7).
_KINDS_OF_CUE = {
    "issue": frozenset({"印发", "落款", "题注"}),
    "addressee": frozenset({"主送"}),
    "issuer": frozenset({"版头", "落款", "印发"}),
    "number_of_document": frozenset({"文号"}),
    "title": frozenset({"标题"}),
    "contact": frozenset({"落款"}),
}
_BY_YEAR = re.compile(r"(?:截?至|截止|到|在)?(?:19|20)\d\d年?(?:底|末|初)?(?:之?前|以前|内)?(?!\d)")
_MIN_TOPIC = 4  # characters without which a year is what is looked up
_MIN_NAMED = 2  # likewise, without which nothing is named that somebody could answer for
_OVER_SEVERAL = frozenset({"aggregate", "compare"})
_BASIS_KINDS = frozenset({"前言", "通知"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was read.

    ``topic`` holds the words that are looked up: the standalone question without names of places
    and plans and without the words that only ask.
    """

    question: Question
    standalone: str
    scope: NamedScope
    kind: str  # date | unit | basis | definition | number | list | yesno | fact
    cues: frozenset[str]  # aggregate, compare, issue, …
    topic: str
    asked: str = ""  # the standalone question without what only says why it is asked
    typed: str = ""  # the whole question, where ``question`` is only the first of its parts
    also: frozenset[str] = frozenset()  # the kinds of the other parts, on the same thing

    @property
    def several(self) -> bool:
        """Whether the question asks over several documents, by its words or by naming them."""
        named = len(self.scope.policy_ids)
        if named > 1 and len(self.scope.names) > 1:
            return True
        # 某市拿哪个地方试, 某市对应哪个文件: within one document there is nothing to gather.
        gathers = "aggregate" in self.cues and named != 1
        return gathers or bool(self.scope.absent or "compare" in self.cues)

    @property
    def preferred_kinds(self) -> frozenset[str]:
        """The kinds of clauses that the question asks for by what they are."""
        if self.kind == "basis":
            return _BASIS_KINDS
        return frozenset().union(*(_KINDS_OF_CUE.get(cue, frozenset()) for cue in self.cues))


def read_question(question: Question, shelf: Shelf) -> Reading:
    """Read a question against the policies at hand; of several parts on one thing, the first."""
    asides = asides_of(question.text)
    if not asides:
        return _read(question, shelf)
    first = question.text
    for aside in asides:
        first = first.replace(aside, "", 1)
    reading = _read(replace(question, text=first), shelf)
    standalone = f"{reading.standalone}{''.join(asides)}"
    also = frozenset(map(_kind, asides)) - {reading.kind}
    return replace(reading, standalone=standalone, typed=question.text, also=also)


def _read(question: Question, shelf: Shelf) -> Reading:
    # What was too long to be answered left no topic behind; to compare titles with it takes long.
    history = [earlier for earlier in question.history if len(earlier) <= MAX_CHARACTERS]
    refused = question.refused if len(question.refused) <= MAX_CHARACTERS else ""
    standalone = standalone_question(question.text.strip(), history, shelf, refused=refused)
    folded = fold(standalone)
    words = language()
    cues = frozenset(name for name, pattern in words.cues.items() if pattern.search(folded))
    scope = shelf.find(standalone, several=bool(cues & _OVER_SEVERAL))
    asked = without_framing(standalone, scope.names)
    if asked != standalone:
        scope = replace(scope, rest=shelf.find(asked).rest)
    kind = _kind(question.text)
    if kind == "fact" and history and standalone != question.text.strip():
        kind = _kind(standalone)  # 那住院的呢 asks what was asked of 门诊
    rest = _ungathered(scope.rest, cues)
    if len(scope.names) > 1 or cues & _OVER_SEVERAL:
        rest = _without_sides(rest)
    rest = without_years(rest)
    topic = topic_words(_without_roles(rest) if kind == "unit" else rest)
    if "effective" in cues:  # 哪天开始、管几年: in words that statutes do not use
        topic = f"{topic} {words.effective}"
    return Reading(question, standalone, scope, kind, cues, topic, asked)


def topic_words(text: str) -> str:
    """The text without the words that only ask; the whole text where nothing would be left."""
    words = language()
    asked = words.strip.sub(" ", text)
    for topic in (words.document_words.sub(" ", asked), asked):
        if re.search(r"\w", topic):
            return re.sub(r"\s+", " ", topic).strip()
    return text


def _ungathered(text: str, cues: frozenset[str]) -> str:
    """The text without the words that only say over what is gathered or compared."""
    if not cues & _OVER_SEVERAL:
        return text
    return language().forms["gathering"].sub(" ", text)


def _without_sides(text: str) -> str:
    """The text without what sets the sides of a comparison against one another."""
    frame = language().forms["compared"]
    rest = text.rstrip("？?。 ")
    while (shorter := frame.sub(" ", rest)) != rest:
        rest = shorter
    return rest if letters_of(language().strip.sub(" ", rest)) >= _MIN_NAMED else text


def _without_roles(text: str) -> str:
    """The text without the words that ask who leads and who helps, where enough is left."""
    rest = language().forms["asks_role"].sub(" ", text)
    return rest if letters_of(language().strip.sub(" ", rest)) >= _MIN_NAMED else text


def without_years(text: str) -> str:
    """The text without years to reach something by, where enough is left to look up.

    What many clauses share does not tell which of them is meant.
    """
    rest = _BY_YEAR.sub(" ", text)
    return rest if letters_of(language().strip.sub(" ", rest)) >= _MIN_TOPIC else text


def _kind(text: str) -> str:
    """What is asked for: by the pieces that ask, else by anything that the question says."""
    for part in (asking_part(text), text):
        folded = fold(part)
        for name, pattern in language().kinds:
            if pattern.search(folded):
                return name
    return "fact"
