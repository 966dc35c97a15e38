"""The documents that administrators add in the browser: a folder in the data folder.

    documents/live/        what the next build takes, beside the documents from elsewhere
    documents/pending/     sent in and read, not live
    documents/previews/    what was read of each pending file
    documents/incoming/    what is just being sent
    documents/removed/     what was withdrawn or replaced, so that it can be put back

Every change is one rename, or several of which each leaves a folder that can be built: killed in
between, a document is there twice or waits a second time, and is never gone.
"""

from __future__ import annotations

import secrets
import shutil
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from corpus.errors import CorpusError
from corpus.readers import is_readable
from index.sealing import storage_errors, sync
from ui.upload_choices import Choices, LeftOut
from ui.upload_names import kept_name, name_taken
from ui.upload_previews import Previews, digest_of
from ui.upload_reading import Preview

_AT_ONCE = 2  # files that are read at the same time; each keeps a processor busy
_STALE_SECONDS = 3_600.0  # after which what somebody began to send will not be finished


class UploadRefused(Exception):
    """A file that is not taken; ``reason`` names a sentence of the group ``upload_errors``."""

    def __init__(self, reason: str) -> None:
        """Keep the name of the sentence."""
        super().__init__(reason)
        self.reason = reason


class Uploads:
    """The uploaded documents of a data folder; safe between threads, written by one server.

    Whatever changes the folder raises ``StorageFailed`` where it cannot be written.
    """

    def __init__(self, data_folder: Path) -> None:
        """Nothing is written before there is something to keep."""
        folder = data_folder / "documents"
        self.choices = Choices(folder)
        self.live_folder = folder / "live"
        self._pending = folder / "pending"
        self._removed = folder / "removed"
        self._incoming = folder / "incoming"
        self._previews = Previews(folder / "previews")
        self._changing = threading.Lock()
        self._reading = threading.BoundedSemaphore(_AT_ONCE)

    def incoming(self, sent_name: str, *, library: Iterable[str] = ()) -> Path:
        """Where a file that is being sent is to be written, under the name that it will have.

        A name that is taken, if in another spelling, stands for the file that has it: no second
        document comes in under a name that people cannot tell from the first. ``library`` are the
        names of the documents of the live index.

        Raises:
            UploadRefused: the name cannot be kept, or names a format without a reader.
        """
        name = kept_name(sent_name)
        if not name:
            raise UploadRefused("name")
        if not is_readable(Path(name)):
            raise UploadRefused("FormatUnsupported")
        known = [*_names(self.live_folder), *_names(self._pending), *library]
        folder = self._incoming / secrets.token_hex(8)
        with storage_errors():
            self._sweep()
            folder.mkdir(parents=True)
        return folder / (name_taken(name, known) or name)

    def accept(self, file: Path) -> Preview:
        """Read a file that was written where ``incoming`` said; it then waits to go live.

        Raises:
            CorpusError: it cannot be read, and is gone.
        """
        with self._reading:
            preview = self._previews.read(file)
        with self._changing, storage_errors():
            _move(file, self._pending / file.name)
        return preview

    def drop(self, file: Path) -> None:
        """Forget what ``incoming`` made room for, moved on or not."""
        shutil.rmtree(file.parent, ignore_errors=True)  # else the next one sweeps it up

    def pending(self) -> list[Preview]:
        """What waits to go live, by name; what can no longer be read is passed over."""
        found: list[Preview] = []
        for name in _names(self._pending):
            try:
                found.append(self._previews.of(self._pending / name))
            except (CorpusError, FileNotFoundError):  # gone live or discarded just now
                continue
        return found

    def live(self) -> dict[str, str]:
        """The files that the next build takes from here, with their SHA-256."""
        return {name: digest_of(self.live_folder / name) for name in _names(self.live_folder)}

    def discard(self, name: str) -> None:
        """Forget a file that waits."""
        with self._changing, storage_errors():
            if name in _names(self._pending):
                (self._pending / name).unlink(missing_ok=True)
                self._previews.forget(name)

    def put_live(self, names: Iterable[str], replaced: LeftOut) -> list[str]:
        """Move files that wait to where the next build finds them; which those were.

        Args:
            names: of files that wait.
            replaced: policies of other files that these take the place of; none named: the file.
        """
        wanted = set(names)
        with self._changing, storage_errors():
            moved = [name for name in _names(self._pending) if name in wanted]
            for name in moved:
                self._set_aside(name)
                _move(self._pending / name, self.live_folder / name)
                self._previews.forget(name)
            left_out = {n: ids for n, ids in self.choices.left_out().items() if n not in moved}
            for name, ids in replaced.items():
                # A file that is out as a whole stays so.
                if name not in moved and left_out.get(name) != ():
                    ids = ids and tuple(dict.fromkeys((*left_out.get(name, ()), *ids)))
                    left_out[name] = ids
            self.choices.leave_out(left_out)
            for name in [name for name, ids in replaced.items() if not ids and name not in moved]:
                self._remove(name)
        return moved

    def withdraw(self, name: str) -> None:
        """Have the next build leave a document out, wherever it comes from."""
        with self._changing, storage_errors():
            self.choices.leave_out({**self.choices.left_out(), name: ()})
            self._remove(name)

    def restore(self, name: str) -> None:
        """Have the next build take a document in again that it was to leave out."""
        with self._changing, storage_errors():
            left_out = self.choices.left_out()
            if name not in left_out:
                return
            folders = sorted(self._removed.iterdir()) if self._removed.is_dir() else []
            kept = [folder / name for folder in folders if (folder / name).is_file()]
            if kept and not left_out[name] and name not in _names(self.live_folder):
                _move(kept[-1], self.live_folder / name)
            self.choices.leave_out({n: ids for n, ids in left_out.items() if n != name})

    def _remove(self, name: str) -> None:
        if name in _names(self.live_folder):
            self._set_aside(name)
            (self.live_folder / name).unlink(missing_ok=True)

    def _set_aside(self, name: str) -> None:
        """Give the live file of this name, if there is one, a second name among the removed."""
        file = self.live_folder / name
        if file.exists():
            folder = self._removed / f"{time.time_ns():020d}"
            folder.mkdir(parents=True)
            (folder / name).hardlink_to(file)

    def _sweep(self) -> None:
        """Remove what somebody began to send and never finished."""
        for folder in list(self._incoming.glob("*")):
            with suppress(FileNotFoundError):  # a file that has just arrived whole
                if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
                    shutil.rmtree(folder, ignore_errors=True)


def _names(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(entry.name for entry in folder.iterdir() if is_readable(entry))


def _move(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    sync(file)
    file.replace(to)
    sync(to.parent)
