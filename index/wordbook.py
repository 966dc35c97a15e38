"""What is known of the words of a question: other terms, Chinese for English, what is misspelt.

What is known belongs to one generation of the index, whose words decide what a misspelling means.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.folding import fold
from index.glossary import english, synonyms
from index.lexical import LexicalIndex
from index.mending import Mend, Mender, mended
from index.term_families import TermFamily
from index.term_finding import TermTable, english_terms
from index.words import Words
from index.written_numbers import written_numbers

SYNONYM_WEIGHT = 0.3  # of another term beside the one that was asked with
HOMOPHONE_WEIGHT = 0.7  # of a word that may be meant by one that no text holds
NUMBER_WEIGHT = 1.0  # of a number in digits beside the same number in words
ENGLISH_WEIGHT = 1.0  # beside an English word, which a Chinese text does not have


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is made use of; all of it, unless it is to be seen what a part is worth."""

    synonyms: bool = True
    english: bool = True
    homophones: bool = True
    numbers: bool = True
    titles: bool = True


def is_english(folded: str) -> bool:
    """Whether a question is in English; icu and drg stand in Chinese ones, too."""
    return len(re.findall("[a-z]", folded)) > 2 * len(re.findall("[\u4e00-\u9fff]", folded))


@dataclass(frozen=True, slots=True)
class Wording:
    """A query with what is known of its words."""

    query: str
    families: tuple[TermFamily, ...] = ()


class Wordbook:
    """What is known of words, over the words of one generation of the index."""

    def __init__(self, lexical: LexicalIndex, words: Words) -> None:
        """Nothing is read before the first question."""
        self._lexical = lexical
        self._words = words

    def mend(self, text: str, knowledge: Knowledge) -> str:
        """The text with misspelt words as they are meant; folded, if there are any."""
        folded = fold(text)
        found = self._slips(folded) if knowledge.homophones else []
        return mended(folded, found) if any(mend.is_sure for mend in found) else text

    def wording(self, query: str, knowledge: Knowledge) -> Wording:
        """The folded and mended query with other terms for its own."""
        text = fold(query)
        families: list[TermFamily] = []
        if knowledge.homophones:
            mends = self._slips(text)
            text = mended(text, mends)
            families += (
                TermFamily(mend.written, (mend.meant,), HOMOPHONE_WEIGHT)
                for mend in mends
                if not mend.is_sure
            )
        if knowledge.synonyms:
            families += self._families(text)
        if knowledge.english and is_english(text):
            table = english()
            families += (
                TermFamily("", table[term], ENGLISH_WEIGHT) for term in english_terms(text, table)
            )
        if knowledge.numbers:
            families += (
                TermFamily(written, (digits,), NUMBER_WEIGHT)
                for written, digits in written_numbers(text)
            )
        return Wording(text, tuple(families))

    def in_chinese(self, text: str, knowledge: Knowledge) -> str:
        """The words of an English question that are known, in Chinese; empty for any other.

        To a model that learnt from Chinese questions they say more than the question itself.
        """
        folded = fold(text)
        if not (knowledge.english and is_english(folded)):
            return ""
        table = english()
        return " ".join(table[term][0] for term in english_terms(folded, table))

    def _families(self, text: str) -> list[TermFamily]:
        table = synonyms()
        terms = self._terms.find(text, self._lexical.words)
        return [TermFamily(term, table[term], SYNONYM_WEIGHT) for term in terms]

    @cached_property
    def _terms(self) -> TermTable:
        return TermTable(synonyms())

    @cached_property
    def _slips(self) -> Callable[[str], list[Mend]]:
        """What is misspelt; kept for a moment, since a search asks twice."""
        return lru_cache(maxsize=64)(self._mender.find)

    @cached_property
    def _mender(self) -> Mender:
        lexical = self._lexical
        words = {word: len(lexical.rows_with(word)) for word in lexical.known_words}
        for term in synonyms():
            pairs = (term[i : i + 2] for i in range(len(term) - 1))
            if term not in words and all(pair in lexical.known_pairs for pair in pairs):
                words[term] = 1
        return Mender(words, lexical.known_pairs, cut=self._words.follow, is_word=self._words.knows)
