"""What is known of the language of questions, compiled from data/language.toml; pure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

HAN = re.compile(r"[\u4e00-\u9fff]")
HAN_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")  # they overlap
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_PART_NUMBER = re.compile(r"^\s*[（(]?[\d一二三四五六七八九十]+[)）.．、]\s*")


@dataclass(frozen=True, slots=True)
class Detail:
    """A kind of detail: how a question asks for it, and how a text gives it."""

    name: str
    asked: re.Pattern[str]
    found: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Language:
    """Patterns that show what a question asks for, and the words that only ask."""

    strip: re.Pattern[str]
    document_words: re.Pattern[str]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    cues: dict[str, re.Pattern[str]]
    follow_up: re.Pattern[str]
    anaphora: re.Pattern[str]
    details: tuple[Detail, ...]
    forms: dict[str, re.Pattern[str]]
    document_facts: dict[str, re.Pattern[str]]  # number, written, passed, issuers …
    words: dict[str, str]  # that are said in front of a sentence
    effective: str  # words in which documents say when they are in force


@cache
def language() -> Language:
    """The compiled tables; read once."""
    text = resources.files("assistant").joinpath("data/language.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return Language(
        strip=any_of(table["strip"]),
        document_words=any_of(table["document_words"]),
        kinds=tuple((name, any_of(patterns)) for name, patterns in table["kinds"].items()),
        cues={name: any_of(patterns) for name, patterns in table["cues"].items()},
        follow_up=re.compile(rf"(?:{'|'.join(table['follow_up']['opens'])})", re.IGNORECASE),
        anaphora=any_of(table["follow_up"]["refers"]),
        details=tuple(
            Detail(row["name"], any_of(row["asked"]), any_of(row["found"]))
            for row in table["details"]
        ),
        forms={name: any_of(patterns) for name, patterns in table["forms"].items()},
        document_facts={name: any_of(words) for name, words in table["document_facts"].items()},
        words=table["words"],
        effective=table["effective"],
    )


def letters_of(text: str) -> int:
    """How many characters of a text are ideographs, Latin letters or digits."""
    return len(_LETTER.findall(text))


def without_number(heading: str) -> str:
    """A heading without the number of its part: 建设基层分馆 of （二）建设基层分馆."""
    return _PART_NUMBER.sub("", heading)


def any_of(patterns: list[str]) -> re.Pattern[str]:
    """One pattern for several, whatever the case of Latin letters."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
