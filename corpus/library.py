"""Files and folders to documents and policies; a bad file is reported and the rest goes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from corpus.errors import CorpusError, DocumentUnreadable
from corpus.manifest import Entry, parse_manifest
from corpus.policies import read_policies
from corpus.readers import decode, is_readable, read_document
from corpus.schema import Document, Policy

MANIFEST = "manifest.toml"


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that was read, and one line for each file that was not."""

    documents: tuple[Document, ...]
    policies: tuple[Policy, ...]
    problems: tuple[str, ...]


def shipped_documents() -> Path:
    """The folder of the texts that come with the package."""
    return Path(str(resources.files("corpus"))) / "documents"


def read_library(paths: Sequence[Path]) -> Library:
    """Read files and folders (recursively), in a stable order, each file once.

    Raises:
        ManifestInvalid: a folder's manifest.toml cannot be used.
    """
    documents: list[Document] = []
    policies: list[Policy] = []
    problems: list[str] = []
    taken: set[str] = set()
    for path in _files(paths, problems):
        try:
            document = read_document(path)
            if document.name in taken:
                raise DocumentUnreadable(f"{path}: another file of this name is in; rename one")
            found = read_policies(document, _entries(path))
        except CorpusError as error:
            if not isinstance(error, DocumentUnreadable) and path.name == MANIFEST:
                raise
            problems.append(str(error))
            continue
        taken.add(document.name)
        documents.append(document)
        policies.extend(_unique(found, {policy.policy_id for policy in policies}, problems))
    return Library(tuple(documents), tuple(policies), tuple(problems))


def _files(paths: Sequence[Path], problems: list[str]) -> list[Path]:
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = [
                p for p in sorted(path.rglob("*")) if p.is_file() and not p.name.startswith(".")
            ]
            inside = [p for p in inside if p.name != MANIFEST]
            problems.extend(
                f"{p}: no reader for this format; left out" for p in inside if not is_readable(p)
            )
            files.update(dict.fromkeys(p.resolve() for p in inside if is_readable(p)))
        else:
            files[path.resolve()] = None
    return list(files)


def _entries(path: Path) -> list[Entry]:
    """What the manifest beside a file says of it."""
    manifest = path.parent / MANIFEST
    if not manifest.is_file():
        return []
    text = decode(manifest.read_bytes(), name=str(manifest))
    return [entry for entry in parse_manifest(text, name=str(manifest)) if entry.file == path.name]


def _unique(found: list[Policy], taken: set[str], problems: list[str]) -> list[Policy]:
    for policy in found:
        if policy.policy_id in taken:
            problems.append(
                f"{policy.source}: a policy '{policy.policy_id}' is in already; rename the file"
            )
    return [policy for policy in found if policy.policy_id not in taken]
