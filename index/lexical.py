"""BM25 over the words and character pairs of every clause and sentence, and over the headings.

The fields fail in different places: words miss what the dictionary cuts otherwise in the question,
pairs do not; a long clause dilutes a word that one of its sentences is about; headings say what a
clause is about when its words do not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.schema import Clause
from index.bm25_field import Field
from index.errors import IndexDamaged
from index.folding import fold
from index.schema import FloatVector, IntVector
from index.term_families import CutFamily, TermFamily, add_families
from index.words import Words, once, pairs_of, tokens_of

CLAUSE_FIELDS = ("words", "bigrams", "headings")
SENTENCE_FIELDS = ("sentence_words", "sentence_bigrams")
FIELDS = CLAUSE_FIELDS + SENTENCE_FIELDS

_COUNT = "count.json"
_FAMILIES_KEPT = 8192
_QUESTIONS_KEPT = 64
_TEXTS_KEPT = 4096  # about 3 kB each
_HEADINGS_KEPT = 64  # clauses below one heading stand together


class LexicalIndex:
    """BM25 scores of all clauses for a question, field by field; rows stand in reading order."""

    def __init__(self, fields: Mapping[str, Field], *, words: Words) -> None:
        self._fields = fields
        self._words = words
        # Terms come from tables, so that the same ones are cut for question after question.
        self._cut_term = lru_cache(maxsize=_FAMILIES_KEPT)(self._tokens_of)
        self._cut_family = lru_cache(maxsize=_FAMILIES_KEPT)(self._family_in)
        # The sentences that come near are cut for question after question, to see what they hold.
        self._cut = lru_cache(maxsize=_TEXTS_KEPT)(lambda text: tuple(words.cut(text)))
        # A question is cut to be scored, and to find the terms in it.
        self._tokens = lru_cache(maxsize=_QUESTIONS_KEPT)(self._tokens_of)

    @classmethod
    def build(
        cls, clauses: Iterable[Clause], sentences: Iterable[str], titles: Mapping[str, str],
        *, words: Words,
    ) -> LexicalIndex:  # fmt: skip
        """Index the searched clauses and their sentences.

        Args:
            clauses: the clauses that are searched, in reading order.
            sentences: the words of their sentences, in reading order.
            titles: the title of each policy by its id.
            words: cuts the text.
        """
        tokens: dict[str, list[list[str]]] = {name: [] for name in FIELDS}
        cut_headings = lru_cache(_HEADINGS_KEPT)(lambda text: once(words.cut(text)))
        whole: dict[str, int] = {}
        for row, clause in enumerate(clauses):
            whole[clause.text] = row
            cut, pairs = tokens_of(clause.text, words)
            tokens["words"].append(cut)
            tokens["bigrams"].append(pairs)
            headings = " ".join((titles[clause.policy_id], *clause.path))
            tokens["headings"].append(cut_headings(headings))
        for sentence in sentences:
            if sentence in whole:  # the only one of its clause
                row = whole[sentence]
                cut, pairs = tokens["words"][row], tokens["bigrams"][row]
            else:
                cut, pairs = tokens_of(sentence, words)
            tokens["sentence_words"].append(cut)
            tokens["sentence_bigrams"].append(pairs)
        return cls({name: Field.build(tokens[name]) for name in FIELDS}, words=words)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each field has."""
        return {name: field.count for name, field in self._fields.items()}

    def save(self, folder: Path) -> None:
        """Write the index to a folder of its own."""
        for name, field in self._fields.items():
            field.save(folder / name)
        (folder / _COUNT).write_text(json.dumps(self.counts), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, *, words: Words) -> LexicalIndex:
        """Read what `save` wrote.

        Raises:
            IndexDamaged: a file is missing or cannot be read.
        """
        try:
            counts = json.loads((folder / _COUNT).read_text(encoding="utf-8"))
            fields = {name: Field.load(folder / name, count=counts[name]) for name in FIELDS}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(f"{folder}: {error}; run `wenzheng build`") from error
        return cls(fields, words=words)

    def scores(self, query: str, families: Sequence[TermFamily] = ()) -> dict[str, FloatVector]:
        """Field to BM25 of every clause or sentence: float32, (count,), 0 where nothing matches.

        Args:
            query: the words to look up.
            families: other words for terms of the query.
        """
        asked = self._tokens(query)
        found: dict[str, FloatVector] = {}
        for name, field in self._fields.items():
            cut_families = [self._cut_family(family, name) for family in families]
            found[name] = add_families(field.scores(asked[_kind(name)]), field, cut_families)
        return found

    def told_scores(self, query: str, titles: Sequence[str]) -> dict[str, FloatVector]:
        """What of the scores comes from words that every one of some titles has."""
        asked = self._tokens(query)
        told = {kind: self._told(titles, kind) for kind in asked}
        return {
            name: field.scores([t for t in asked[_kind(name)] if t in told[_kind(name)]])
            for name, field in self._fields.items()
        }

    def told_words(self, titles: Sequence[str]) -> frozenset[str]:
        """The words that stand in every one of some titles."""
        return self._told(titles, "words")

    def _told(self, titles: Sequence[str], kind: str) -> frozenset[str]:
        sets = [frozenset(self._cut_term(title)[kind]) for title in titles]
        return frozenset.intersection(*sets) if sets else frozenset()

    def _family_in(self, family: TermFamily, name: str) -> CutFamily:
        """A family in the tokens of a field, without the terms that it does not hold."""
        known = self._fields[name].tokens
        kind = _kind(name)
        others = [self._cut_term(term)[kind] for term in family.others]
        held = [ts for ts in others if ts and all(token in known for token in ts)]
        own = [t for t in self._cut_term(family.term)[kind] if t in known] if held else []
        return CutFamily(own, held, family.weight)

    def _tokens_of(self, text: str) -> Mapping[str, Sequence[str]]:
        """The tokens of a text, by the kind of fields that hold such."""
        folded = fold(text)
        return {"words": tuple(self._words.cut_folded(folded)), "bigrams": tuple(pairs_of(folded))}

    @property
    def known_words(self) -> Mapping[str, int]:
        """Every word of the clauses."""
        return self._fields["words"].tokens

    @property
    def known_pairs(self) -> Mapping[str, int]:
        """Every pair of neighbouring characters of the clauses."""
        return self._fields["bigrams"].tokens

    def words(self, text: str) -> list[str]:
        """The words of a text, cut as those of the clauses are."""
        return list(self._cut(text))

    def rows_with(self, word: str) -> IntVector:
        """Rows of the clauses that hold a word."""
        return self._fields["words"].rows_with(word)

    def idf(self, word: str) -> float:
        """How much a word tells clauses apart: 0 for none at all, highest for one that is in none.

        The formula is Lucene's, as in the scores: ln(1 + (N − n + ½) / (n + ½)).
        """
        field = self._fields["words"]
        found = len(field.rows_with(word))
        return float(np.log1p((field.count - found + 0.5) / (found + 0.5)))


def _kind(field: str) -> str:
    """What the tokens of a field are."""
    return "bigrams" if "bigrams" in field else "words"
