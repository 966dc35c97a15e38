"""Files and folders to documents and policies; a bad file is reported and the rest goes in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from corpus.encodings import decode
from corpus.errors import CorpusError, DocumentUnreadable, ManifestInvalid
from corpus.manifest import Entry, parse_manifest
from corpus.policies import read_policies
from corpus.readers import is_readable, read_bytes, read_document, shown_path
from corpus.schema import Document, Policy

MANIFEST = "manifest.toml"
_MAX_MANIFEST_BYTES = 4 * 2**20
# Hidden files, and what word processors leave beside a document that is open.
_PASSED_OVER = (".", "~$", "__MACOSX")


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that was read, and one line for each file (or part) that was not.

    ``files`` says where each document was read from, by its name.
    """

    documents: tuple[Document, ...]
    policies: tuple[Policy, ...]
    problems: tuple[str, ...]
    files: Mapping[str, Path] = field(default_factory=dict)


def shipped_documents() -> Path:
    """The folder of the texts that come with the package."""
    return Path(str(resources.files("corpus"))) / "documents"


def read_library(paths: Sequence[Path]) -> Library:
    """Read files and folders (recursively), in a stable order, each file once.

    Raises:
        ManifestInvalid: a folder's manifest.toml cannot be used: titles and regions would be wrong.
    """
    documents: dict[str, Document] = {}
    files: dict[str, Path] = {}
    policies: dict[str, Policy] = {}
    problems: list[str] = []
    manifests: dict[Path, tuple[Entry, ...]] = {}
    for path in _files(paths, problems):
        if path.parent not in manifests:
            manifests[path.parent] = _manifest_of(path.parent)
        try:
            document = read_document(path)
            if document.name in documents:
                shown = shown_path(path)
                raise DocumentUnreadable(f"{shown}: another file of this name is in; rename one")
            entries = [entry for entry in manifests[path.parent] if entry.file == document.name]
            found = read_policies(document, entries)
        except CorpusError as error:
            problems.append(str(error))
            continue
        documents[document.name], files[document.name] = document, path
        problems.extend(document.remarks)
        for policy in found:
            if policies.setdefault(policy.policy_id, policy) is not policy:
                what = f"a policy '{policy.policy_id}' is in already"
                problems.append(f"{policy.source}: {what}; rename the file")
    return Library(tuple(documents.values()), tuple(policies.values()), tuple(problems), files)


def readable_files(paths: Sequence[Path]) -> list[Path]:
    """The files that `read_library` would read, in the same order."""
    return [path for path in _files(paths, []) if path.is_file()]


def _files(paths: Sequence[Path], problems: list[str]) -> Iterator[Path]:
    """Files to read: those named, and those with a reader inside the folders named."""
    taken: set[str] = set()
    for path in paths:
        # Unlike Path.is_dir this never raises: what cannot be looked at is reported as a file.
        inside = _walk(path, problems) if os.path.isdir(path) else [path]  # noqa: PTH112
        for file in inside:
            real = os.path.realpath(file)
            if real in taken:
                continue
            taken.add(real)
            if file is path or is_readable(file):
                yield file
            else:
                problems.append(f"{shown_path(file)}: no reader for this format; left out")


def _walk(folder: Path, problems: list[str]) -> Iterator[Path]:
    """Files inside a folder in the order of their names; each folder once, links to it too."""
    seen: set[tuple[int, int]] = set()

    def report(error: OSError) -> None:
        name = shown_path(Path(error.filename or folder))
        problems.append(f"{name}: {error.strerror or 'unreadable'}; check its permissions")

    for parent, folders, names in os.walk(folder, onerror=report, followlinks=True):
        try:
            status = Path(parent).stat()
        except OSError as error:
            report(error)
            continue
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith(_PASSED_OVER))
        for name in sorted(names):
            if name != MANIFEST and not name.startswith(_PASSED_OVER):
                yield Path(parent) / name


def _manifest_of(folder: Path) -> tuple[Entry, ...]:
    """What the manifest in a folder says, nothing where there is none."""
    path = folder / MANIFEST
    if not os.path.lexists(path):
        return ()
    try:
        text = decode(read_bytes(path, max_bytes=_MAX_MANIFEST_BYTES))
    except DocumentUnreadable as error:
        reason = str(error).removeprefix(f"{shown_path(path)}: ")
        raise ManifestInvalid(f"{shown_path(path)}: {reason}") from error
    return parse_manifest(text, name=shown_path(path))
