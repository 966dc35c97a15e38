"""Which policies a question is about: places, plans, years and 文号 that it names; pure.

A place binds. A place that no policy covers is reported as unknown, so that the answer says
未收录 instead of quoting another city.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.cited import cited_names, read_cited
from assistant.marks import Marks
from assistant.misspelt_places import PlaceNames
from assistant.places import read_numbers, read_places
from assistant.plans import read_plans
from assistant.policy_names import names_of
from assistant.titles import read_titles
from assistant.unlisted_places import read_unlisted
from corpus.regions import find_regions
from corpus.schema import Policy
from index.folding import fold


@dataclass(frozen=True, slots=True)
class NamedScope:
    """What a question names, and what is left of it once the names are taken out."""

    policy_ids: frozenset[str]
    names: tuple[str, ...]  # as written in the question
    unknown: tuple[str, ...]  # places and documents that the corpus does not hold
    rest: str
    absent: tuple[str, ...] = ()  # places put beside one that is covered, and not covered


class Shelf:
    """The policies at hand, by the names that a question may use for them."""

    def __init__(
        self,
        policies: Iterable[Policy],
        texts: Iterable[str],
        *,
        words: Callable[[str], list[str]],
        mend: Callable[[str], str] | None = None,
    ) -> None:
        """Prepare the names.

        Args:
            policies: every policy of the index.
            texts: the clause texts, to tell a place that is only mentioned from one unknown.
            words: cuts a text into words, to tell a place (来安) from a chance run (来安排).
            mend: writes misspelt words as they are meant; without it, places are taken as written.
        """
        policies = list(policies)
        self._entries = [names_of(policy) for policy in policies]
        held = {title for entry in self._entries for title in entry.titles}
        self._cited = cited_names(policies) - held
        self._text = fold("\n".join(texts))
        self._words = words
        self._mend = mend
        self._place_names = frozenset(n for entry in self._entries for n in entry.place_names)
        self._places = PlaceNames(sorted(self._place_names), self._text, words=words)

    def is_place(self, name: str) -> bool:
        """Whether a name is that of a place, and not of a plan or document."""
        return name in self._place_names or bool(find_regions(name))

    def find(self, question: str, *, several: bool = False) -> NamedScope:
        """Read the scope out of a question.

        Args:
            question: the words of the question, in any width and script.
            several: whether the question asks over several documents, so that a province stands
                for every city in it.
        """
        text = fold(question)
        if self._mend:
            text = self._places.mended(text)
        marks = Marks(text)
        read_numbers(marks, self._entries, self._text)
        read_titles(marks, ((e.policy_id, e.titles) for e in self._entries))
        read_cited(marks, self._cited)
        words = frozenset(self._words(text))
        read_places(marks, self._entries, self._text, words, several=several)
        read_plans(marks, self._entries, self._text)
        if self._place_names:
            read_unlisted(marks, self._text, self._words)
        rest = re.sub(r" {2,}", " ", marks.masked()).strip()
        return NamedScope(
            frozenset(marks.chosen),
            tuple(dict.fromkeys(marks.names)),
            tuple(marks.unknown),
            self._mend(rest) if self._mend else rest,
            tuple(dict.fromkeys(marks.absent)),
        )
