"""What a language model is told: instructions, worked examples, and data between unguessable marks.

The words are in data/model.toml. The examples come first and never change, so that servers which
keep the beginning of a conversation ready need not read them again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from assistant.citation_keys import make_keys
from assistant.model import Message
from corpus.schema import Clause, Policy


@dataclass(frozen=True, slots=True)
class Material:
    """A clause to answer from; ``text`` is the clause, or the part of it that is shown."""

    clause: Clause
    policy: Policy
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, and which clause each of its keys stands for."""

    messages: tuple[Message, ...]
    keys: Mapping[str, Material]


def no_answer() -> str:
    """What the model writes when the clauses do not answer."""
    return str(_words()["no_answer"])


def answer_request(question: str, materials: Sequence[Material]) -> Request:
    """A request for an answer from these clauses."""
    words = _words()["answer"]
    shown = [(_place(material), material.text) for material in materials]
    avoid = "\n".join((question, *(text for pair in shown for text in pair)))
    own, *keys = make_keys(len(materials) + 1, avoid=avoid)
    clauses = "\n".join(
        _filled(words["clause"], key=key, place=place, text=text)
        for key, (place, text) in zip(keys, shown, strict=True)
    )
    asked = _filled(words["question"], clauses=clauses, key=own, question=question)
    return Request(_conversation(words, asked), dict(zip(keys, materials, strict=True)))


def rewrite_request(question: str, history: Sequence[str]) -> tuple[Message, ...]:
    """A request to make a follow-up stand alone."""
    words = _words()["rewrite"]
    (key,) = make_keys(1, avoid="\n".join((question, *history)))
    earlier = "\n".join(_filled(words["earlier"], key=key, question=text) for text in history)
    asked = _filled(words["question"], history=earlier, key=key, question=question)
    return _conversation(words, asked)


def _conversation(words: Mapping[str, Any], asked: str) -> tuple[Message, ...]:
    messages: list[Message] = [("system", words["system"].strip())]
    for example in words["examples"]:
        messages.append(("user", example["user"].strip()))
        messages.append(("assistant", example["assistant"]))
    return (*messages, ("user", asked))


def _place(material: Material) -> str:
    """Where a clause stands, in words that an answer may use."""
    clause, policy = material.clause, material.policy
    number = f"（{policy.document_number.value}）" if policy.document_number else ""
    return f"《{policy.title.value}》{number} " + " > ".join((clause.label, *clause.path))


def _filled(template: str, **values: str) -> str:
    """The template with its places filled; unlike ``format``, braces in the values are text."""
    parts = template.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        filled.append(values[name] + rest)
    return "".join(filled)


@cache
def _words() -> dict[str, Any]:
    """The texts; read once."""
    text = resources.files("assistant").joinpath("data/model.toml").read_text("utf-8")
    return tomllib.loads(text)
