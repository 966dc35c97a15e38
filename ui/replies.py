"""What a browser asks of our own pages, and what it gets; knows no web framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ui.page_shell import ANYBODY, Guest
from ui.text import Language


@dataclass(frozen=True, slots=True)
class Visit:
    """A request: its path, decoded, the parameters behind it, who sent it, and what was sent.

    ``guest`` is what the page shows of who sent it.
    """

    path: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    who: str = ""
    method: str = "GET"
    body: bytes = b""
    guest: Guest = ANYBODY

    @property
    def language(self) -> Language:
        """The language that the address names, Chinese where it names none."""
        return "en" if self.parameters.get("lang") == "en" else "zh"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the browser gets."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
