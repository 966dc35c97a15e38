"""Names of hospitals and schools: which of a place's they mean; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.language import language


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution named in a text: which of its kind, and where the name ends.

    ``which`` is its number or what it is called by (人民, 中心), and empty for 某市医院.
    """

    kind: str
    which: str
    end: int

    @property
    def key(self) -> tuple[str, str]:
        """What two names of one institution share."""
        return self.kind, self.which


def institution_at(text: str, position: int) -> Institution | None:
    """The institution whose name goes on right behind a place, or None."""
    forms = language().forms
    for kind in ("hospital", "school"):
        match = forms[kind].match(text, position)
        if match:
            said = match.groupdict()
            which = said["number"] or _called(said["called"] or "")
            return Institution(said.get("kind") or "医院", which, match.end())
    return None


def _called(word: str) -> str:
    """What an institution is called by, short and long alike: 中医(医)院, 妇幼(保健)院."""
    return "妇" if word.startswith("妇") else word[:2]


def is_said(institution: Institution, text: str) -> bool:
    """Whether a text names an institution of that kind that is called so."""
    if institution.kind == "医院":
        is_whole = institution.which[-1:] in "立医" and institution.which != "中医"
        between = "医?" if is_whole else "[\u4e00-\u9fff]{0,5}"
        return re.search(f"{institution.which}{between}院", text) is not None
    return f"{institution.which}{institution.kind}" in text


def issuing_institution(issuers: Iterable[str], places: Iterable[str]) -> tuple[str, str] | None:
    """Which institution of a place issued a document, or None where a body of government did."""
    names = list(places)
    found = set()
    for issuer in issuers:
        key = next((key for name in names if (key := _key_of(issuer, name))), None)
        found.add(key)
    return found.pop() if len(found) == 1 else None


def _key_of(issuer: str, place: str) -> tuple[str, str] | None:
    at = issuer.find(place)
    mention = institution_at(issuer, at + len(place)) if at >= 0 else None
    return mention.key if mention and mention.end == len(issuer) else None
