"""Text cut into what is compared: words, pairs of neighbouring characters, numbers."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator

import jieba

from index.folding import fold
from index.written_numbers import number_words

# 1:2, 35%, 1.5, 2024.6.12 are one word each; the digits of h7n9 or 5g belong to their letters.
_NUMBER = re.compile(r"(?<![a-z0-9])\d+(?:[.,:/]\d+)*[%‰]?(?![a-z0-9])")
_LETTERS = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
# Without the punctuation that lies between the characters: 。、《》〔〕.
_CJK_RUN = re.compile(
    r"[\u2e80-\u2fdf\u3005\u3007\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)


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
        return list(self.cut_folded(fold(text)))

    def cut_folded(self, folded: str) -> Iterator[str]:
        """The words of a text that is folded already."""
        position = 0
        for number in _NUMBER.finditer(folded):
            yield from self._plain(folded[position : number.start()])
            yield number.group()
            position = number.end()
        yield from self._plain(folded[position:])

    def follow(self, folded: str) -> list[str]:
        """Words of a folded text, one behind the other, punctuation too."""
        return list(self._tokenizer.cut(folded, HMM=False))

    def knows(self, word: str) -> bool:
        """Whether the dictionary has the word."""
        return bool(self._tokenizer.FREQ.get(word))

    def _plain(self, text: str) -> Iterator[str]:
        # Without the hidden Markov model, whose guesses at new words (市卫健局) differ with the
        # words around them, so that question and clause would not meet. The words inside long words
        # count for more than either: without them hit@5 of words alone falls from .83 to .76.
        for word in self._tokenizer.cut_for_search(text, HMM=False):
            if any(character.isalnum() for character in word):
                yield word


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters of the folded text; numbers and letters whole."""
    return pairs_of(fold(text))


def pairs_of(folded: str) -> list[str]:
    """Pairs of neighbouring Chinese characters of a folded text; numbers and letters whole."""
    pairs: list[str] = []
    for run in _CJK_RUN.findall(folded):
        pairs += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return pairs + _NUMBER.findall(folded) + _LETTERS.findall(folded)


def tokens_of(text: str, words: Words) -> tuple[list[str], list[str]]:
    """Words and pairs of a text, each with the numbers that are written in words."""
    folded = fold(text)
    numbers = number_words(folded)
    return once([*words.cut_folded(folded), *numbers]), once(pairs_of(folded) + numbers)


def once(tokens: list[str]) -> list[str]:
    """The tokens, each of them kept in memory once, however many rows hold it."""
    return [sys.intern(token) for token in tokens]
