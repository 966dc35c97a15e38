"""The files of a model held against the SHA-256 that its card says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

CARD = "MODEL_CARD.md"

# `model.onnx` `9e2ec9d1…`
_ENTRY = re.compile(r"`(?P<file>[\w.-]+)`\s+`(?P<sha256>[0-9a-f]{64})`")


def card_of(folder: Path) -> Mapping[str, str]:
    """File to SHA-256, from the card in the folder of a model or beside it; nothing without one."""
    for card in (folder / CARD, folder.parent / CARD):
        if card.is_file():
            text = card.read_text(encoding="utf-8", errors="replace")
            return {found["file"]: found["sha256"] for found in _ENTRY.finditer(text)}
    return {}


def unlike_card(folder: Path) -> list[str]:
    """Files of a model that are missing, or not those that its card names."""
    return [
        name
        for name, expected in card_of(folder).items()
        if not (folder / name).is_file()
        or hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected
    ]
