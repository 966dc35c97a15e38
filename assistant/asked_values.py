"""The kind of value that a question asks for, looked for in the sentences that would be said; pure.

A question for a fare is not answered by a sentence about buses, and not by one about another sum
that stands near it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.asking import asking_part
from assistant.citations import DraftStatement
from assistant.language import any_of
from assistant.question import Reading
from corpus.metadata import NUMBER
from corpus.schema import Policy
from index.folding import fold


@dataclass(frozen=True, slots=True)
class _Value:
    asked: re.Pattern[str]
    found: re.Pattern[str]
    kind: str  # of the question; empty for any
    is_scoped: bool = False  # only where the question names a document or its place
    is_name: bool = False  # a name: one that the question has itself is none


_HOSPITAL = re.compile(r"[\u4e00-\u9fff]{2,12}医院")
_LEVELS = "省市县区州"  # 县人民医院 for the whole name
_PIECES = re.compile(r"[,，;；。\n]+")
_ANY_VALUE = _Value(
    re.compile(""), re.compile(r"\d(?!年|\d|月\d)|全覆盖|全部|均|都(?!市)"), "number"
)


@dataclass(frozen=True, slots=True)
class _Tables:
    values: tuple[_Value, ...]
    attribute: re.Pattern[str]
    attribute_behind: re.Pattern[str]


def lacks_value(reading: Reading, said: Iterable[str]) -> bool:
    """Whether a kind of value is asked for of which the sentences that would be said have none."""
    asked = fold(asking_part(reading.question.text))
    text = NUMBER.sub(" ", fold("\n".join(said)))
    return any(
        value.asked.search(asked) is not None
        and value.found.search(_without_names(asked, text) if value.is_name else text) is None
        for value in _tables().values
        if value.kind in ("", reading.kind) and (reading.scope.policy_ids or not value.is_scoped)
    )


def _without_names(question: str, text: str) -> str:
    """A text without the names of hospitals that a question has, as far as it has them."""
    for match in _HOSPITAL.finditer(question):
        name = match[0]
        ends = [name[at:] for at in range(len(name)) if at == 0 or name[at] in _LEVELS]
        text = text.replace(next((end for end in ends if end in text), name), " ")
    return text


def gives_value(reading: Reading, text: str) -> bool:
    """Whether a text has a value of the kind that is asked for; True where no kind is told."""
    asked = fold(asking_part(reading.question.text))
    values = [value for value in _tables().values if value.asked.search(asked)]
    said = NUMBER.sub(" ", fold(text))
    return not values or any(value.found.search(said) for value in values)


def with_value(reading: Reading, said: Sequence[DraftStatement]) -> list[DraftStatement]:
    """The statements with a value of the kind that is asked for; all, where no kind is told."""
    asked = fold(asking_part(reading.question.text))
    values = [value for value in _tables().values if value.asked.search(asked)]
    held = [one for one in said if any(value.found.search(fold(one.text)) for value in values)]
    return held or list(said)


def pieces_with_value(reading: Reading, said: Iterable[str]) -> list[str]:
    """The pieces of sentences that have a value of the kind that is asked for, folded.

    Where a number is asked for and no kind of it is told, any figure is one, and so is 全部.
    """
    asked = fold(asking_part(reading.question.text))
    values = [value for value in _tables().values if value.asked.search(asked)]
    if not values and reading.kind == "number":
        values = [_ANY_VALUE]
    pieces = [piece for text in said for piece in _PIECES.split(fold(text))]
    return [piece for piece in pieces if any(value.found.search(piece) for value in values)]


def lacks_attribute(reading: Reading, said: Iterable[str], policy: Policy) -> bool:
    """Whether a sum, rate or limit is asked for by a name that the document does not use at all.

    What is said may name it otherwise (房租, 租金): then it has the character that tells it apart.
    """
    asked = fold(reading.scope.rest) if not reading.question.history else ""
    tables = _tables()
    found = [*tables.attribute.finditer(asked), *tables.attribute_behind.finditer(asked)]
    if reading.kind == "list" or not found:
        return False
    text = fold("\n".join(said))
    document = fold("\n".join((policy.title.value, *(clause.text for clause in policy.clauses))))
    return any(
        match["name"] not in document
        and not all(character in text for character in match["name"])
        and match["before"] + match["name"][0] not in text
        for match in found
    )


@cache
def _tables() -> _Tables:
    """The compiled tables; read once."""
    text = resources.files("assistant").joinpath("data/asked_values.toml").read_text("utf-8")
    table = tomllib.loads(text)
    attribute = table["attribute"]
    name = rf"(?P<before>[\u4e00-\u9fff]?)(?P<name>[\u4e00-\u9fff](?:{attribute['heads']}))"
    return _Tables(
        values=tuple(
            _Value(
                any_of(row["asked"]),
                any_of(row["found"]),
                row.get("kind", ""),
                is_scoped=row.get("scoped", False),
                is_name=row.get("name_of_it", False),
            )
            for row in table["value"]
        ),
        attribute=re.compile(rf"{name}{attribute['behind']}"),
        attribute_behind=re.compile(
            rf"(?P<before>{attribute['asked_before']})"
            rf"(?P<name>[\u4e00-\u9fff](?:{attribute['behind_it']}))(?![\u4e00-\u9fff])"
        ),
    )
