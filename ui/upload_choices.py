"""What administrators chose for the next build beside the files: what is left out, and whence.

documents/left_out.json   which policies the next build leaves out
documents/sources.json    the files and folders that the live index was built from
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from index.sealing import storage_errors, sync

LeftOut = Mapping[str, tuple[str, ...]]
"""By file name the ids of policies that are left out; none named: the whole file."""

_LEFT_OUT = "left_out.json"
_SOURCES = "sources.json"


class Choices:
    """Notes in a folder, each replaced in one stroke."""

    def __init__(self, folder: Path) -> None:
        """Nothing is written before there is something to note."""
        self._folder = folder

    def left_out(self) -> dict[str, tuple[str, ...]]:
        """What the next build leaves out."""
        return {name: tuple(ids) for name, ids in self._read(_LEFT_OUT, {}).items()}

    def leave_out(self, left_out: LeftOut) -> None:
        """Have the next build leave out exactly this.

        Raises:
            StorageFailed: the folder cannot be written.
        """
        if left_out or (self._folder / _LEFT_OUT).exists():
            self._write(_LEFT_OUT, {name: list(ids) for name, ids in left_out.items()})

    def sources(self) -> list[Path]:
        """What the live index was built from; none: the shipped documents."""
        return [Path(path) for path in self._read(_SOURCES, [])]

    def note_sources(self, paths: Iterable[Path]) -> None:
        """Keep what an index was built from; the shipped documents need no note.

        Raises:
            StorageFailed: the folder cannot be written.
        """
        noted = [str(path.absolute()) for path in paths]
        if noted or (self._folder / _SOURCES).exists():
            self._write(_SOURCES, noted)

    def _read(self, name: str, default: object) -> Any:  # noqa: ANN401 - JSON
        try:
            return json.loads((self._folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return default

    def _write(self, name: str, value: object) -> None:
        content = json.dumps(value, ensure_ascii=True, indent=1)
        with storage_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary = self._folder / f"{name}.new"
            temporary.write_text(f"{content}\n", encoding="utf-8")
            sync(temporary)
            temporary.replace(self._folder / name)
            sync(self._folder)
