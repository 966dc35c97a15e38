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
    except tomllib.TOMLDecodeError as error:
        raise ManifestInvalid(f"{name}: not valid TOML ({error}); mend the file") from error
    entries: list[Entry] = []
    for number, row in enumerate(rows, start=1):
        unknown = set(row) - _KEYS
        if unknown or not row.get("file"):
            what = f"unknown key {sorted(unknown)}" if unknown else "no 'file'"
            raise ManifestInvalid(f"{name}: entry {number} has {what}; keys are {sorted(_KEYS)}")
        wrong = [
            key
            for key, value in row.items()
            if not isinstance(value, int if key == "part" else str)
        ]
        if wrong:
            raise ManifestInvalid(f"{name}: entry {number}: {wrong[0]} has the wrong type")
        entries.append(Entry(**row))
    return tuple(entries)
