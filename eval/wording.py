"""The words of reports, read from assets/wording.toml: the program itself holds none of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from eval.errors import EvaluationMisused

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language, by key; groups of words (types, measures …) by group and key."""

    language: str
    words: Mapping[str, str]
    groups: Mapping[str, Mapping[str, Any]]

    def say(self, key: str, **values: object) -> str:
        """A word or sentence, with values put in their places."""
        return self.words[key].format(**values)

    def of(self, group: str, key: str) -> str:
        """A word of a group; the key itself where there is none for it."""
        return str(self.groups[group].get(key, key))

    def measure(self, name: str) -> tuple[str, str]:
        """Name and meaning of a measure; hit@5 is ``hit`` with k = 5."""
        base, _, k = name.partition("@")
        known = self.groups["measures"]
        title, meaning = known.get(name) or known.get(base) or (name, "")
        return title.format(k=k), meaning.format(k=k)


def load_wording(language: str) -> Wording:
    """The words of a language.

    Raises:
        EvaluationMisused: reports are not written in that language.
    """
    if language not in LANGUAGES:
        raise EvaluationMisused(f"no reports in '{language}'; use {' or '.join(LANGUAGES)}")
    table = tomllib.loads(asset("wording.toml"))[language]
    words = {key: value for key, value in table.items() if isinstance(value, str)}
    groups = {key: value for key, value in table.items() if isinstance(value, dict)}
    return Wording(language, words, groups)


def asset(name: str) -> str:
    """A file that comes with the reports, as text."""
    return (resources.files("eval") / "assets" / name).read_text(encoding="utf-8")
