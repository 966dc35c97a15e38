"""What `wenzheng doctor` finds of one part of a deployment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A part, how it is, and why.

    ``key`` names the strings that say it (`ui/assets/text/doctor.toml`), ``facts`` are what stands
    in them: never a key, a password or a question.
    """

    part: str
    status: Status
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def one_line(error: object) -> str:
    """What an error says, in one line."""
    return " ".join(str(error).split()) or type(error).__name__
