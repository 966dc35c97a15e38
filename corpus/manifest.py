"""manifest.toml beside a folder of documents: what a text does not say of itself; pure.

```toml
[[policy]]
file = "compilation-2023.txt"   # the file that holds the policy
part = 1                        # which policy of the file, counted from 1
title = "…"                     # any of: id, title, document_number, region, note
```
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from corpus.errors import ManifestInvalid

_KEYS = {"file", "part", "id", "title", "document_number", "region", "note"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one policy; empty where it says nothing."""

    file: str
    part: int = 1
    id: str = ""
    title: str = ""
    document_number: str = ""
    region: str = ""
    note: str = ""


def parse_manifest(text: str, *, name: str) -> tuple[Entry, ...]:
    """Entries of a manifest.

    Raises:
        ManifestInvalid: not TOML, an unknown key, or a value of the wrong type.
    """
    try:
        rows = tomllib.loads(text).get("policy", [])
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ManifestInvalid(f"{name}: not valid TOML ({error}); mend the file") from error
    if not isinstance(rows, list):
        raise ManifestInvalid(f"{name}: 'policy' is no list; begin each entry with [[policy]]")
    return tuple(_entry(row, f"{name}: entry {number}") for number, row in enumerate(rows, start=1))


def _entry(row: object, place: str) -> Entry:
    if not isinstance(row, dict):
        raise ManifestInvalid(f"{place} is no table; begin it with [[policy]]")
    unknown = sorted(set(row) - _KEYS)
    if unknown or not row.get("file"):
        what = f"unknown key {unknown}" if unknown else "no 'file'"
        raise ManifestInvalid(f"{place} has {what}; keys are {sorted(_KEYS)}")
    for key, value in row.items():
        if type(value) is not (int if key == "part" else str):
            raise ManifestInvalid(
                f"{place}: {key} has the wrong type; write text, or a part number"
            )
    return Entry(**row)
