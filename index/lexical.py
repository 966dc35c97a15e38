"""BM25 over the words and character pairs of every clause and sentence, and over the headings.

The fields fail in different places: words miss what the dictionary cuts otherwise in the question,
pairs do not; a long clause dilutes a word that one of its sentences is about; headings say what a
clause is about when its words do not.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import bm25s
import jieba
import numpy as np

from corpus.schema import Clause
from index.errors import IndexDamaged
from index.folding import fold
from index.schema import FloatVector, IntVector

CLAUSE_FIELDS = ("words", "bigrams", "headings")
SENTENCE_FIELDS = ("sentence_words", "sentence_bigrams")
FIELDS = CLAUSE_FIELDS + SENTENCE_FIELDS

# Lucene's k1; b below its .75, with which the few words of a letterhead overtake the clause that
# answers.
BM25 = {"method": "lucene", "k1": 1.2, "b": 0.5}

# 1:2, 35%, 1.5, 2024.6.12 are one word each; the digits of h7n9 or 5g belong to their letters.
_NUMBER = re.compile(r"(?<![a-z0-9])\d+(?:[.,:/]\d+)*[%‰]?(?![a-z0-9])")
_LETTERS = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
# Without the punctuation that lies between the characters: 。、《》〔〕.
_CJK_RUN = re.compile(
    r"[\u2e80-\u2fdf\u3005\u3007\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_COUNT = "count.json"


class Words:
    """Cuts text into the words that are compared; makes its dictionary once, writes no cache."""

    def __init__(self) -> None:
        # jieba turns its logger to DEBUG and onto stderr on import.
        logging.getLogger("jieba").setLevel(logging.WARNING)
        self._tokenizer = jieba.Tokenizer()
        frequencies, total = self._tokenizer.gen_pfdict(self._tokenizer.get_dict_file())
        # Folded text is in lower case: without this B超 or T恤 would never be found.
        for word, frequency in list(frequencies.items()):
            if word != word.lower():
                frequencies[word.lower()] = max(frequency, frequencies.get(word.lower(), 0))
        # What `initialize` does, less the cache file that it writes to the temporary folder.
        self._tokenizer.FREQ, self._tokenizer.total = frequencies, total
        self._tokenizer.initialized = True

    def cut(self, text: str) -> list[str]:
        """Words of the folded text and the words inside long ones; punctuation is dropped."""
        return list(self._cut(fold(text)))

    def _cut(self, folded: str) -> Iterator[str]:
        position = 0
        for number in _NUMBER.finditer(folded):
            yield from self._plain(folded[position : number.start()])
            yield number.group()
            position = number.end()
        yield from self._plain(folded[position:])

    def _plain(self, text: str) -> Iterator[str]:
        # Without the hidden Markov model, whose guesses at new words (市卫健局) differ with the
        # words around them, so that question and clause would not meet. The words inside long words
        # count for more than either: without them hit@5 of words alone falls from .83 to .76.
        for word in self._tokenizer.cut_for_search(text, HMM=False):
            if any(character.isalnum() for character in word):
                yield word


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters of the folded text; numbers and letters whole."""
    folded = fold(text)
    pairs: list[str] = []
    for run in _CJK_RUN.findall(folded):
        pairs += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return pairs + _NUMBER.findall(folded) + _LETTERS.findall(folded)


class LexicalIndex:
    """BM25 scores of all clauses for a question, field by field; rows stand in reading order."""

    def __init__(self, fields: Mapping[str, _Field], *, words: Words) -> None:
        self._fields = fields
        self._words = words

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
        for clause in clauses:
            tokens["words"].append(words.cut(clause.text))
            tokens["bigrams"].append(bigrams(clause.text))
            headings = " ".join((titles[clause.policy_id], *clause.path))
            tokens["headings"].append(words.cut(headings))
        for sentence in sentences:
            tokens["sentence_words"].append(words.cut(sentence))
            tokens["sentence_bigrams"].append(bigrams(sentence))
        return cls({name: _Field.build(tokens[name]) for name in FIELDS}, words=words)

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
            fields = {name: _Field.load(folder / name, count=counts[name]) for name in FIELDS}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(f"{folder}: {error}; run `wenzheng build`") from error
        return cls(fields, words=words)

    def scores(self, query: str) -> dict[str, FloatVector]:
        """Field to BM25 of every clause or sentence: float32, (count,), 0 where nothing matches."""
        words, pairs = self._words.cut(query), bigrams(query)
        return {
            name: field.scores(pairs if "bigrams" in name else words)
            for name, field in self._fields.items()
        }

    def words(self, text: str) -> list[str]:
        """The words of a text, cut as those of the clauses are."""
        return self._words.cut(text)

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


class _Field:
    """One BM25 index; without any token there is nothing that bm25s could average."""

    def __init__(self, index: Any, *, count: int) -> None:  # noqa: ANN401 — bm25s has no types
        self._index = index
        self.count = count

    @classmethod
    def build(cls, tokens: Sequence[list[str]]) -> _Field:
        if not any(tokens):
            return cls(None, count=len(tokens))
        logging.getLogger("bm25s").setLevel(logging.WARNING)  # DEBUG on import
        index = bm25s.BM25(**BM25, backend="numpy")
        index.index(list(tokens), create_empty_token=False, show_progress=False)
        return cls(index, count=len(tokens))

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        if self._index is not None:
            self._index.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, *, count: int) -> _Field:
        if not any(folder.iterdir()):
            return cls(None, count=count)
        index = bm25s.BM25.load(folder, load_corpus=False, show_progress=False)
        if index.scores["num_docs"] != count:
            raise ValueError(f"{index.scores['num_docs']} rows instead of {count}")
        return cls(index, count=count)

    def scores(self, tokens: Sequence[str]) -> FloatVector:
        known = [] if self._index is None else self._index.get_tokens_ids(list(tokens))
        if not known:
            return np.zeros(self.count, dtype=np.float32)
        found: FloatVector = self._index.get_scores_from_ids(known)
        return found

    def rows_with(self, token: str) -> IntVector:
        """Rows that hold a token, in no order."""
        row = None if self._index is None else self._index.vocab_dict.get(token)
        if row is None:
            return np.zeros(0, dtype=np.intp)
        start, end = self._index.scores["indptr"][row : row + 2]
        found: IntVector = np.asarray(self._index.scores["indices"][start:end], dtype=np.intp)
        return found
