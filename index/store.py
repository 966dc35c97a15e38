"""The data folder: which generation of the index is live, who may write, what was written.

    manifest.json          names the live generation; written last and in one stroke
    generations/<id>/      documents, policies, chunk ids, lexical index and, embedded, the vectors
    embeddings.sqlite3     vectors by model and text, so that no build embeds a text again
    namespace              tells this folder's collections on a Chroma server from those of others
    lock                   held by the build that is writing

A generation never changes once the manifest has named it. So readers need no lock, and a process
that is killed leaves at worst a folder that nothing names and that the next build removes.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.errors import IndexDamaged, IndexingError, IndexMismatch, IndexMissing
from index.records import read_lines
from index.sealing import first_difference, storage_errors, storage_failed, sync

SCHEMA_VERSION = 1

Signature = tuple[int, int, int]
"""Changes with every manifest: time, inode and size of the file."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What manifest.json says of the live generation."""

    schema_version: int
    generation: str
    fingerprint: str
    namespace: str
    built_at: str
    counts: dict[str, int]
    files: dict[str, str]
    settings: dict[str, int | str]


class DataFolder:
    """Everything that the index writes, in one folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.vector_cache = path / "embeddings.sqlite3"
        self._manifest = path / "manifest.json"
        self._generations = path / "generations"

    def signature(self) -> Signature:
        """Of the manifest as it is now; cheap enough to ask for at every search.

        Raises:
            IndexMissing: there is none.
        """
        try:
            return _signature(self._manifest.stat())
        except FileNotFoundError as error:
            raise self._missing() from error
        except OSError as error:
            raise storage_failed(error) from error

    def read_manifest(self) -> tuple[Manifest, Signature]:
        """The live manifest and its signature.

        Raises:
            IndexMissing: nothing has been built here.
            IndexMismatch: it is in another format.
            IndexDamaged: it cannot be read.
        """
        try:
            with self._manifest.open("rb") as file:
                content, signature = file.read(), _signature(os.fstat(file.fileno()))
        except FileNotFoundError as error:
            raise self._missing() from error
        except OSError as error:
            raise storage_failed(error) from error
        try:
            found = json.loads(content)["schema_version"]
            if found == SCHEMA_VERSION:
                return read_lines(Manifest, content)[0], signature
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise self._damaged(f"{self._manifest.name} cannot be read ({error})") from error
        newer = isinstance(found, int) and found > SCHEMA_VERSION
        raise IndexMismatch(
            f"the index in {self.path} has format {found}, this program {SCHEMA_VERSION}; "
            f"run `wenzheng build`{', or install the newer version' if newer else ''}"
        )

    def switch(self, manifest: Manifest) -> None:
        """Make a generation the live one: before this call the old index stands, after it the new.

        Raises:
            StorageFailed: the manifest cannot be written; the old one stands.
        """
        content = json.dumps(asdict(manifest), ensure_ascii=False, separators=(",", ":"))
        temporary = self._manifest.with_suffix(".new")
        with storage_errors(self.path):
            with temporary.open("wb") as file:
                file.write(content.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._manifest)
            sync(self.path)

    def generation(self, name: str) -> Path:
        """The folder of a generation."""
        return self._generations / name

    @contextmanager
    def new_generation(self) -> Iterator[Path]:
        """A new folder to fill; it is removed if that fails.

        Raises:
            StorageFailed: it cannot be made.
        """
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        folder = self.generation(name)
        with storage_errors(self.path):
            folder.mkdir(parents=True)
        try:
            yield folder
        except BaseException:
            if not self._may_be_live(name):
                shutil.rmtree(folder, ignore_errors=True)
            raise

    def remove_generations(self, *, keep: Collection[str]) -> None:
        """Remove all other generations; what cannot be removed now is left to the next build."""
        with storage_errors(self.path):
            for folder in self._generations.iterdir():
                if folder.name not in keep:
                    shutil.rmtree(folder, ignore_errors=True)

    def namespace(self) -> str:
        """A name that no other data folder has; made by the first build."""
        file = self.path / "namespace"
        with storage_errors(self.path):
            if not file.exists():
                temporary = file.with_suffix(".new")
                temporary.write_text(secrets.token_hex(8), encoding="ascii")
                temporary.replace(file)
            return file.read_text(encoding="ascii")

    def check_files(self, manifest: Manifest) -> None:
        """Compare the files of a generation with what was written.

        Raises:
            IndexDamaged: one is missing or is not the same; Chroma would end the process over it.
        """
        wrong = first_difference(self.generation(manifest.generation), manifest.files)
        if wrong is not None:
            raise self._damaged(wrong)

    def _may_be_live(self, generation: str) -> bool:
        # An interrupt can come between the switch and the end of the block that made it.
        try:
            return self.read_manifest()[0].generation == generation
        except IndexMissing:
            return False
        except IndexingError:
            return True

    def _missing(self) -> IndexMissing:
        return IndexMissing(f"there is no index in {self.path}; run `wenzheng build`")

    def _damaged(self, what: str) -> IndexDamaged:
        return IndexDamaged(f"the index in {self.path} is damaged: {what}; run `wenzheng build`")


def _signature(status: os.stat_result) -> Signature:
    return status.st_mtime_ns, status.st_ino, status.st_size
