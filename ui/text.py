"""Every string that the interface shows, in Chinese (the default) and in English.

The strings stand in ``assets/text/*.toml``, a file a topic, both languages side by side; nothing
here decides anything. What the assistant itself says (answers, questions back, refusals) is
written in ``assistant/prompts.py``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

Language = Literal["zh", "en"]
Strings = Mapping[str, str | Mapping[str, str]]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
_HTML_LANGUAGES: Mapping[Language, str] = MappingProxyType({"zh": "zh-CN", "en": "en"})


class TextMissing(AttributeError):
    """A string is asked for that no file has, or that a file has in one language only."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The interface in one language: ``wording.send`` is the string ``[send]`` of some file.

    The files are read when the first string is asked for.
    """

    language: Language

    @property
    def html_language(self) -> str:
        """The language as HTML names it."""
        return _HTML_LANGUAGES[self.language]

    @property
    def reasons(self) -> Mapping[str, str]:
        """Titles of refusals by their reason."""
        return self.group("reasons")

    @property
    def engines(self) -> Mapping[str, str]:
        """Who wrote the answer, by engine."""
        return self.group("engines")

    def group(self, name: str) -> Mapping[str, str]:
        """Strings by key: the sections ``[name.key]``.

        Raises:
            TextMissing: there is no such group.
        """
        found = load_text(self.language).get(name)
        if not isinstance(found, Mapping):
            raise TextMissing(f"no group of strings '{name}'; add [{name}.…] to ui/assets/text")
        return found

    def __getattr__(self, name: str) -> str:
        """The string of that name."""
        if name.startswith("__"):  # asked for by copy and pickle, never a string of ours
            raise AttributeError(name)
        found = load_text(self.language).get(name)
        if not isinstance(found, str):
            raise TextMissing(f"no string '{name}'; add [{name}] to ui/assets/text")
        return found


@cache
def load_text(language: Language) -> Strings:
    """All strings of a language by name.

    Raises:
        TextMissing: a string lacks a language, or stands twice.
    """
    strings: dict[str, str | Mapping[str, str]] = {}
    folder = resources.files("ui") / "assets" / "text"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        for name, entry in tomllib.loads(file.read_text("utf-8")).items():
            place = f"ui/assets/text/{file.name} [{name}]"
            if name in strings:
                raise TextMissing(f"{place}: stands in another file, too; rename one")
            strings[name] = _in_language(entry, language, place)
    return MappingProxyType(strings)


def _in_language(entry: Any, language: Language, place: str) -> str | Mapping[str, str]:  # noqa: ANN401 - TOML
    """A string, or a group of strings, in one of its languages."""
    if not isinstance(entry, dict) or not entry:
        raise TextMissing(f"{place}: not a section; write zh = … and en = … below it")
    if any(isinstance(part, dict) for part in entry.values()):
        group = {key: _in_language(part, language, f"{place} {key}") for key, part in entry.items()}
        return MappingProxyType({key: text for key, text in group.items() if isinstance(text, str)})
    if set(entry) != set(LANGUAGES) or not all(isinstance(text, str) for text in entry.values()):
        raise TextMissing(f"{place}: needs zh and en, both text, and nothing else")
    text: str = entry[language]
    return text


ZH = Wording("zh")
EN = Wording("en")
WORDINGS: Mapping[Language, Wording] = MappingProxyType({"zh": ZH, "en": EN})
