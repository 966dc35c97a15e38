"""Which policies a question is about: places, plans, years and 文号 that it names; pure.

A place binds. A place that no policy covers is reported as unknown, so that the answer says
未收录 instead of quoting another city.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from assistant.cited import cited_names, read_cited
from assistant.document_names import read_document_names, read_unknown_titles
from assistant.institutions import read_absent_institutions, read_institutions
from assistant.latin_places import read_latin_unlisted
from assistant.levels import read_levels
from assistant.marks import Marks
from assistant.misspelt_places import PlaceNames
from assistant.orders import read_orders
from assistant.places import read_cited_numbers, read_numbers, read_places
from assistant.plans import read_plans
from assistant.policy_names import PolicyNames, names_of
from assistant.row_places import place_rows, read_rows
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
    kept: tuple[str, ...] = ()  # names that are looked up, too, and stand in the rest


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
        self._titles = sorted(held)
        self._cited = cited_names(policies) - held
        self._text = fold("\n".join(texts))
        self._texts_of = {p.policy_id: [fold(c.text) for c in p.clauses] for p in policies}
        self._rows = place_rows(policies)
        self._words = words
        self._mend = mend
        self._homes = _homes(self._entries)
        self._place_names = frozenset(self._homes)
        self._places = PlaceNames(sorted(self._place_names), self._text, words=words)

    def _said(self, policy_ids: Iterable[str], word: str) -> bool:
        """Whether a text of these policies says a word."""
        return any(word in text for text in self._texts(policy_ids))

    def _texts(self, policy_ids: Iterable[str]) -> Iterator[str]:
        """The folded texts of some policies."""
        return (text for pid in policy_ids for text in self._texts_of.get(pid, ()))

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
        marks = Marks(self._places.mended(fold(question)) if self._mend else fold(question))
        read_numbers(marks, self._entries, self._text)
        read_orders(marks, self._entries)
        titled = [(entry.policy_id, entry.titles) for entry in self._entries]
        read_titles(marks, titled, self._homes)
        read_institutions(marks, self._entries, self._said)
        read_cited(marks, self._cited)
        read_places(marks, self._entries, self._text, self._words, several=several)
        read_levels(marks, self._entries)
        read_plans(marks, self._entries, self._text)
        read_document_names(marks, self._entries, self._said)
        read_absent_institutions(marks, self._entries, self._texts)
        read_unknown_titles(marks, self._titles, self._text)
        if not several:
            read_rows(marks, self._entries, self._rows, self._said)
        read_cited_numbers(marks)
        read_latin_unlisted(marks, self._entries)
        if self._place_names:
            issuing = frozenset(e.institution[0] for e in self._entries if e.institution)
            placed = frozenset(e.policy_id for e in self._entries if e.place_names)
            read_unlisted(marks, self._text, self._words, issuing=issuing, placed=placed)
        rest = re.sub(r" {2,}", " ", marks.masked()).strip()
        return NamedScope(
            frozenset(marks.chosen),
            tuple(dict.fromkeys(marks.names)),
            tuple(marks.unknown),
            self._mend(rest) if self._mend else rest,
            tuple(dict.fromkeys(marks.absent)),
            tuple(marks.kept),
        )


def _homes(entries: Iterable[PolicyNames]) -> dict[str, frozenset[str]]:
    """Names of places with the policies for them."""
    homes: dict[str, set[str]] = {}
    for entry in entries:
        for name in entry.place_names:
            homes.setdefault(name, set()).add(entry.policy_id)
    return {name: frozenset(policy_ids) for name, policy_ids in homes.items()}
