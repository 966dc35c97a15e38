"""Rows of a table that a question names: by the cell that says what a row is about; pure.

青桥镇 names its row in full; 东岭泵站 means 东岭泵站改造 where no other row says as much of it, and
工资补贴 means 工资补助. 高级技师 does not name the row of 技师.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.folding import fold
from index.glossary import synonyms

_PAIR = re.compile(r"(?=([a-z\u4e00-\u9fff]{2}))")  # they overlap
_ASIDE = re.compile(r"\([^()]*\)")
_MOST = 0.5  # of a name, that means it where no other is half as near
_MIN_PAIRS = 3  # of the part that is said of a name
_HALF = 0.5


def named_rows(question: str, rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Which rows a question names in full; else the one that it surely means, if any."""
    full = rows_named_in_full(question, rows)
    return full or _meant(question, rows)


def rows_named_in_full(question: str, rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Which rows a question names in full, where it does not name all of them."""
    text = fold(question)
    others = _other_terms(text)
    names = [*map(name_of, keys_of(rows))]
    said = {name for name in names if _PAIR.search(name) and (name in text or name in others)}
    rest = text
    for name in sorted(said, key=len, reverse=True):  # 技师 is not said by 高级技师
        if name in text and name not in rest:
            said.discard(name)
        rest = rest.replace(name, "\n")
    chosen = tuple(place for place, name in enumerate(names) if name in said)
    return chosen if len(chosen) < len(rows) else ()


def rows_of_sort(question: str, rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The rows of the sort, person or unit that a question names: in a cell beside the key."""
    text = fold(question)
    for column in zip(*rows, strict=True):
        names = [*map(name_of, column)]
        said = [_PAIR.search(name) is not None and name in text for name in names]
        if column != keys_of(rows) and 0 < sum(said) < len(rows):
            return tuple(place for place, is_said in enumerate(said) if is_said)
    return ()


def _meant(question: str, rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The row most of whose name is said, and of no other half as much."""
    text = fold(question)
    asked = set(_PAIR.findall(text))
    others = {pair for term in _other_terms(text) for pair in _PAIR.findall(term)} - asked
    names = [set(_PAIR.findall(name_of(key))) for key in keys_of(rows)]
    shared = [len(name & asked) + _HALF * len(name & others) for name in names]
    most = max(shared, default=0)
    if most < _MIN_PAIRS or sum(count > _HALF * most for count in shared) > 1:
        return ()
    place = shared.index(most)
    return (place,) if most >= _MOST * len(names[place]) else ()


def keys_of(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The cells of the first column that has words and not only numbers."""
    for column in zip(*rows, strict=True):
        if sum(bool(_PAIR.search(fold(cell))) for cell in column) > _HALF * len(rows):
            return column
    return ("",) * len(rows)


def name_of(cell: str) -> str:
    """What a cell calls something, folded, without what stands in brackets."""
    return _ASIDE.sub("", fold(cell)).strip()


def _other_terms(text: str) -> frozenset[str]:
    """Other terms for those that a text has."""
    return frozenset(_terms_beside(text))


def _terms_beside(text: str) -> Iterator[str]:
    for term, others in synonyms().items():
        if len(term) > 1 and term in text:
            yield from others
