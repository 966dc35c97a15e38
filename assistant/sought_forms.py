"""The form in which documents give what a question asks for by its sort: papers, conditions; pure.

要带哪些材料 is answered by 应当提交下列材料： and by 持身份证、户口簿, whatever else they say.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.language import any_of
from index.folding import fold


@dataclass(frozen=True, slots=True)
class SoughtForm:
    """A sort of things: how it is asked for, how documents give it, what that is worth."""

    name: str
    weight: float
    asked: re.Pattern[str]
    given: re.Pattern[str]


def forms_sought(question: str) -> tuple[SoughtForm, ...]:
    """What a question asks for by its sort."""
    folded = fold(question)
    return tuple(form for form in _forms() if form.asked.search(folded))


def fit_of_form(question: str, text: str) -> float:
    """What it is worth that a text gives what the question asks for by its sort."""
    return max(
        (form.weight for form in forms_sought(question) if form.given.search(text)), default=0.0
    )


@cache
def _forms() -> tuple[SoughtForm, ...]:
    text = resources.files("assistant").joinpath("data/sought_forms.toml").read_text("utf-8")
    return tuple(
        SoughtForm(row["name"], row["weight"], any_of(row["asked"]), any_of(row["given"]))
        for row in tomllib.loads(text)["forms"]
    )
