"""Which policies a question is about: places, plans, years and 文号 that it names; pure.

A place binds. A place that no policy covers is reported as unknown, so that the answer says
未收录 instead of quoting another city.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.policy_names import (
    MIN_TITLE_RUN,
    PLACE_SUFFIX,
    PolicyNames,
    distinct_run,
    names_of,
    number_key,
    same_number,
)
from corpus.metadata import NUMBER
from corpus.notice import GENRES
from corpus.regions import Mention, find_regions
from corpus.schema import Policy
from index.folding import fold

_DOCUMENT_WORD = rf"(?:{GENRES}|文件|政策|文|那份|那个|这份|版)"
_YEAR_OF_DOCUMENT = re.compile(
    rf"(?P<year>(?:19|20)\d\d)年?(?:度)?(?:的|那个?|这个?|那份|这份|版|出台的?|印发的?|发布的?|制定的?)?"
    rf"(?=[^，。？?,]{{0,16}}?{_DOCUMENT_WORD})"
)
_MIN_NAMED_RUN = 2  # where a word for a document follows: 攻坚方案
_MIN_LONE_TITLE_RUN = 6  # with no place named, a title needs more words to be meant


@dataclass(frozen=True, slots=True)
class NamedScope:
    """What a question names, and what is left of it once the names are taken out."""

    policy_ids: frozenset[str]
    names: tuple[str, ...]  # as written in the question
    unknown: tuple[str, ...]  # places and documents that the corpus does not hold
    rest: str

    @property
    def is_empty(self) -> bool:
        """Whether the question names no place, plan or document at all."""
        return not self.names and not self.unknown


class Shelf:
    """The policies at hand, by the names that a question may use for them."""

    def __init__(
        self, policies: Iterable[Policy], texts: Iterable[str], *, words: Callable[[str], list[str]]
    ) -> None:
        """Prepare the names.

        Args:
            policies: every policy of the index.
            texts: the clause texts, to tell a place that is only mentioned from one unknown.
            words: cuts a text into words, to tell a place (来安) from a chance run (来安排).
        """
        self._entries = [names_of(policy) for policy in policies]
        self._text = fold("\n".join(texts))
        self._words = words

    def find(self, question: str, *, several: bool = False) -> NamedScope:
        """Read the scope out of a question.

        Args:
            question: the words of the question, in any width and script.
            several: whether the question asks over several documents, so that a province stands
                for every city in it.
        """
        text = fold(question)
        reader = _Reader(self._entries, self._text, text, set(self._words(text)), several=several)
        reader.read_numbers()
        reader.read_regions()
        reader.read_titles()
        return reader.result()


class _Reader:
    def __init__(
        self, entries: list[PolicyNames], corpus: str, text: str, words: set[str], *, several: bool
    ) -> None:
        self._entries = entries
        self._words = words
        self._corpus = corpus
        self._text = text
        self._several = several
        self._chosen: set[str] = set()
        self._names: list[str] = []
        self._unknown: list[str] = []
        self._spans: list[tuple[int, int]] = []

    def read_numbers(self) -> None:
        """文号 in full (安政办〔2024〕21号)."""
        for match in NUMBER.finditer(self._text):
            key = number_key(match[0])
            found = [e for e in self._entries if e.number and key and same_number(e.number, key)]
            if found:
                name = match[0]
                begin = match.end() - len(name)
                self._take({e.policy_id for e in found}, name, begin, match.end())
            elif key and f"{key[1]}〕{key[2]}号" not in self._corpus:
                self._unknown.append(match[0])

    def read_regions(self) -> None:
        """Places: first the names of the policies' own, then all others."""
        own: dict[str, set[str]] = {}
        for entry in self._entries:
            for name in entry.place_names:
                own.setdefault(name, set()).add(entry.policy_id)
        longer = [(m.start, m.end) for m in find_regions(self._text)]
        for name in sorted(own, key=len, reverse=True):
            for match in re.finditer(re.escape(name), self._text):
                start, end = match.span()
                part = any(s <= start < end <= e and e - s > end - start for s, e in longer)
                if self._is_free(start, end) and not part:  # the 吉林 of 吉林省 is not 吉林市
                    self._take(own[name], name, start, end)
        settled = bool(self._chosen)
        for mention in find_regions(self._masked()):
            self._read_loose(mention, settled=settled)

    def _read_loose(self, mention: Mention, *, settled: bool) -> None:
        """A place that is nobody's own: within a policy's place, around it, or unknown."""
        name = self._text[mention.start : mention.end]
        if name != mention.region.name and name not in self._words:
            return
        around = {e.policy_id for e in self._entries if e.region and mention.region.holds(e.region)}
        within = {
            e.policy_id
            for e in self._entries
            if e.region and any(e.region.holds(candidate) for candidate in mention.candidates)
        }
        stem = PLACE_SUFFIX.sub("", name) if len(name) > 2 else name
        if settled:
            return  # beside a place that is covered, any other place is part of the topic
        about_it = stem in self._corpus and not _names_document(self._text, mention.end)
        if around and (self._several or about_it):
            self._take(around, name, mention.start, mention.end)
        elif within and stem in self._corpus:
            self._chosen |= within
            self._names.append(name)
        elif stem not in self._corpus or around or within:
            self._unknown.append(name)
            self._spans.append((mention.start, mention.end))

    def read_titles(self) -> None:
        """The plan among several of the same place: by year, or by words of its title."""
        if not self._chosen:
            found, run = self._meant_by_words(self._entries)
            if found:
                self._narrow(self._entries, found, run)
        for group in self._groups():
            self._narrow_group(group)
        for entry in self._entries:
            if entry.policy_id in self._chosen:
                self._strip_title(entry)
            elif self._chosen:
                self._read_foreign_title(entry)

    def _read_foreign_title(self, entry: PolicyNames) -> None:
        """A plan by a title that only another place's policy bears (甲市的三年攻坚方案)."""
        start, end = distinct_run(self._text, entry, self._entries)
        if end - start >= MIN_TITLE_RUN and _names_document(self._text, end):
            self._unknown.append("".join((*self._names, self._text[start:end])))

    def _strip_title(self, entry: PolicyNames) -> None:
        """Take the title's words out where they only name the document (…的实施方案里)."""
        match = SequenceMatcher(None, self._text, entry.core, autojunk=False).find_longest_match()
        end = match.a + match.size
        if match.size >= MIN_TITLE_RUN and _names_document(self._text, end):
            self._spans = [s for s in self._spans if not (match.a <= s[0] and s[1] <= end)]
            self._spans.append((match.a, end))

    def _groups(self) -> list[list[PolicyNames]]:
        """The chosen policies, those of one place together."""
        groups: dict[str, list[PolicyNames]] = {}
        for entry in self._entries:
            if entry.policy_id in self._chosen:
                groups.setdefault(entry.region.code if entry.region else "", []).append(entry)
        return list(groups.values())

    def _narrow_group(self, group: list[PolicyNames]) -> None:
        """Keep of one place's plans those that a year or words of their titles mean."""
        matches = list(_YEAR_OF_DOCUMENT.finditer(self._text))
        by_year = {e.policy_id for e in group for match in matches if match["year"] in e.years}
        if matches and not by_year and any(entry.years for entry in group):
            wrong = [m for m in matches if _names_document(self._text, m.end())]
            self._unknown.extend(m[0] for m in wrong if m[0] not in self._corpus)
        by_words, run = self._meant_by_words(group)
        found = by_year | by_words
        if found and len(group) > 1:
            spans = [
                (m.start(), m.end()) for m in matches if any(m["year"] in e.years for e in group)
            ]
            self._narrow(group, found, spans + run)

    def _meant_by_words(self, group: list[PolicyNames]) -> tuple[set[str], list[tuple[int, int]]]:
        """Plans whose title holds a run of the question that the other titles lack, and the run."""
        if len({entry.core for entry in group}) < 2:
            return set(), []
        runs = {entry.policy_id: distinct_run(self._text, entry, group) for entry in group}
        longest = max(end - start for start, end in runs.values())
        found = {pid for pid, (start, end) in runs.items() if end - start == longest}
        needed = MIN_TITLE_RUN if self._chosen else _MIN_LONE_TITLE_RUN
        named = any(_names_document(self._text, runs[pid][1]) for pid in found)
        if longest < needed and not (self._chosen and longest >= _MIN_NAMED_RUN and named):
            return set(), []
        return (found, [runs[pid] for pid in found]) if len(found) < len(group) else (set(), [])

    def result(self) -> NamedScope:
        """What was read."""
        rest = re.sub(r" {2,}", " ", self._masked())
        return NamedScope(
            frozenset(self._chosen),
            tuple(dict.fromkeys(self._names)),
            tuple(self._unknown),
            rest.strip(),
        )

    def _take(self, policy_ids: set[str], name: str, start: int, end: int) -> None:
        self._chosen |= policy_ids
        self._names.append(name)
        self._spans.append((start, end))

    def _narrow(
        self, group: list[PolicyNames], policy_ids: set[str], spans: list[tuple[int, int]]
    ) -> None:
        self._chosen = (self._chosen - {entry.policy_id for entry in group}) | policy_ids
        for start, end in spans:
            self._names.append(self._text[start:end])
            if self._is_free(start, end):
                self._spans.append((start, end))

    def _is_free(self, start: int, end: int) -> bool:
        return not any(s < end and start < e for s, e in self._spans)

    def _masked(self) -> str:
        """The text with what has been read blanked out."""
        text = self._text
        for start, end in self._spans:
            text = text[:start] + " " * (end - start) + text[end:]
        return text


def _names_document(text: str, position: int) -> bool:
    """Whether right behind a year stands a word for a document (2022年的方案)."""
    return re.match(rf"(?:[^，。？?,]{{0,4}}){_DOCUMENT_WORD}", text[position:]) is not None
