"""What is known of words apart from any document: terms for one thing, and English for Chinese.

The tables are data/synonyms.csv and data/english.csv; each row names its source.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Each term, folded, with the other terms that may stand for it."""
    found: dict[str, dict[str, None]] = {}
    for row in _rows("synonyms.csv"):
        terms = row["terms"].lower().split("|")
        for term in terms:
            found.setdefault(term, {}).update(dict.fromkeys(t for t in terms if t != term))
    return {term: tuple(others) for term, others in found.items()}


@cache
def english() -> Mapping[str, tuple[str, ...]]:
    """Each English term, in lower case, with Chinese terms for it."""
    return {
        row["english"]: tuple(row["chinese"].lower().split("|")) for row in _rows("english.csv")
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with resources.files("index").joinpath("data", name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
