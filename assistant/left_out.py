"""What a document leaves out: a code that none of its rows has, a matter it is not for; pure.

A table with X01, X02 and X03 has nothing on X04. A regulation that 不适用 to 工业用热 gives rules
that a question about it must not be answered with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.question import Reading
from corpus.schema import Policy
from index.folding import fold

_CODE = re.compile(r"(?<![a-z\d])(?P<letters>[a-z]{1,3})-?(?P<digits>\d{1,5})(?![\d.%a-z])")
_MIN_CODES = 2  # of one form, that make a series
_EXCLUDES = re.compile(r"不适用")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SENTENCE = re.compile(r"[。；;\n]")


def asks_for_missing_code(reading: Reading, policy: Policy) -> bool:
    """Whether a code is asked for of a series that the document has without it."""
    asked = set(_codes(fold(reading.question.text)))
    if not asked:
        return False
    held = {code for clause in policy.clauses for code in _codes(fold(clause.text))}
    for letters, digits in asked - held:
        series = [code for code in held if code[0] == letters and len(code[1]) == len(digits)]
        if len(series) >= _MIN_CODES:
            return True
    return False


def asks_of_excluded(reading: Reading, said: Iterable[str], policy: Policy) -> bool:
    """Whether a word of the question stands only where the document says what it is not for."""
    text = fold("\n".join(said))
    sentences = [
        sentence
        for clause in policy.clauses
        for sentence in _SENTENCE.split(fold(clause.text))
        if sentence
    ]
    excluding = "\n".join(s for s in sentences if _EXCLUDES.search(s))
    if not excluding or _EXCLUDES.search(text):
        return False
    rest = "\n".join(s for s in sentences if not _EXCLUDES.search(s)) + fold(policy.title.value)
    pairs = {
        run[at : at + 2] for run in _HAN.findall(fold(reading.topic)) for at in range(len(run) - 1)
    }
    return any(pair in excluding and pair not in rest for pair in pairs)


def _codes(text: str) -> Iterator[tuple[str, str]]:
    for match in _CODE.finditer(text):
        yield match["letters"], match["digits"]
