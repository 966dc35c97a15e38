"""A word that takes the place of its fellow in an earlier question: 住院 for 门诊; pure.

Fellows are members of one class (data/fellows.toml, data/contrasts.toml), bodies of government, and
things told apart by a number (二级医院 and 三级医院).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.language import language
from corpus.unit_names import is_known
from index.folding import fold

_MAX_UNIT = 12
_MAX_TOPIC = 120  # characters in which a fellow is looked for
_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)"
_NUMBERED = re.compile(rf"(?P<number>第?{_NUMBER})(?P<noun>[\u4e00-\u9fff]{{1,4}})")


@dataclass(frozen=True, slots=True)
class _Class:
    """Words that stand beside one another: form → member."""

    forms: re.Pattern[str]
    member_of: dict[str, int]


def named_alone(question: str) -> tuple[str, str]:
    """What a question names and asks no more of (那住院的呢), and what it says behind; else ""."""
    match = language().forms["named_alone"].match(question)
    if match is None:
        return "", ""
    word = match["word"] or match["word_of"]
    return word, question[match.end() :].lstrip("，,？? ")


def exchanged(word: str, topic: str) -> str:
    """The topic with a word in the place of its fellow; "" where it has none."""
    said, text = fold(word), fold(topic)
    if not said or said in text or len(text) != len(topic) or len(text) > _MAX_TOPIC:
        return ""
    span = _of_class(said, text) or _of_unit(said, text) or _of_number(said, text)
    return _put(word, topic, *span) if span else ""


def _of_class(word: str, topic: str) -> tuple[int, int] | None:
    for one in _classes():
        said = one.forms.search(word)
        if said is None or len(said[0]) < len(word) / 2:
            continue
        for there in one.forms.finditer(topic):
            if one.member_of[there[0]] != one.member_of[said[0]]:
                return there.span()
    return None


def _put(word: str, topic: str, start: int, end: int) -> str:
    """A word for a span; what stands behind the span and ends the word is not said twice."""
    behind = topic[end:]
    for length in range(min(len(word) - 1, len(behind)), 0, -1):
        if word.endswith(behind[:length]):
            behind = behind[length:]
            break
    return f"{topic[:start]}{word}{behind}"


def _of_unit(word: str, topic: str) -> tuple[int, int] | None:
    if not is_known(word):
        return None
    for length in range(min(_MAX_UNIT, len(topic)), 1, -1):
        for start in range(len(topic) - length + 1):
            if is_known(topic[start : start + length]):
                return start, start + length
    return None


def _of_number(word: str, topic: str) -> tuple[int, int] | None:
    """二级医院 for 三级医院, 三线 for 二线: the same thing with another number."""
    said = _NUMBERED.fullmatch(word)
    if said is None:
        return None
    for length in range(len(said["noun"]), 0, -1):
        noun = said["noun"][:length]
        there = re.search(rf"第?{_NUMBER}{re.escape(noun)}", topic)
        if there and (length > 1 or len(said["noun"]) == 1):
            return there.span()
    return None


@cache
def _classes() -> tuple[_Class, ...]:
    """The compiled classes; read once."""
    folder = resources.files("assistant").joinpath("data")
    tables = [
        tomllib.loads(folder.joinpath(name).read_text("utf-8"))["class"]
        for name in ("fellows.toml", "contrasts.toml")
    ]
    return tuple(_class(row["members"]) for table in tables for row in table)


def _class(members: list[list[str]]) -> _Class:
    member_of = {form: number for number, forms in enumerate(members) for form in forms}
    longest_first = sorted(member_of, key=len, reverse=True)
    return _Class(re.compile("|".join(map(re.escape, longest_first))), member_of)
