"""File names as people send them, made fit to be kept; pure.

A name that a browser sends is data: it may hold parts of a path, marks that turn the reading
direction, or differ from a name that is taken only in capitals or in how a character is composed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

_MAX_BYTES = 180  # file systems take 255; room is left for what is put before and behind
_PATH_MARKS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # not a name on every system that the files may go to
_LEADING = " .~$-"  # hidden files, lock files of word processors, options of commands


def kept_name(sent: str) -> str:
    """The name under which a file is kept; empty where nothing of the name can be kept."""
    last = _PATH_MARKS.split(sent)[-1]
    composed = unicodedata.normalize("NFC", last)
    shown = "".join(char for char in composed if char.isprintable())
    plain = " ".join(_FORBIDDEN.sub("_", shown).split()).lstrip(_LEADING).rstrip(" .")
    name = PurePosixPath(plain or ".")
    stem, ending = name.stem, name.suffix
    while stem and len(f"{stem}{ending}".encode("utf-8", "replace")) > _MAX_BYTES:
        stem = stem[:-1]
    whole = f"{stem}{ending}"
    return whole if stem and whole.isprintable() else ""


def name_key(name: str) -> str:
    """What two names share that people, or some file systems, take for the same."""
    return unicodedata.normalize("NFKC", name).casefold()


def name_taken(name: str, names: Iterable[str]) -> str | None:
    """The name among these that is the same but for its spelling."""
    key = name_key(name)
    return next((taken for taken in names if name_key(taken) == key), None)
