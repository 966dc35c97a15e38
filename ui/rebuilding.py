"""The index made anew with what administrators put live: which documents, and in which process.

A build from the browser takes what the live index was built from, and the uploaded documents. It
runs in a process of its own: reading documents would keep a server from answering.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.settings import SettingInvalid, Settings
from corpus.errors import CorpusError
from corpus.library import Library, read_library, shipped_documents
from corpus.schema import Policy
from index.errors import IndexBusy, IndexingError
from ui.opening import build_library
from ui.upload_choices import LeftOut
from ui.upload_names import name_key
from ui.uploads import Uploads

Tell = Callable[[int, int], None]
"""Is told how much of how much is done."""

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    f"import {__name__} as rebuilding; rebuilding.work(sys.argv[2])"
)


class RebuildFailed(Exception):
    """No new index; the message says why, ``busy`` that another build was at it."""

    def __init__(self, message: str, *, busy: bool = False) -> None:
        """Keep both."""
        super().__init__(message)
        self.busy = busy


def library_with_uploads(paths: Sequence[Path], data_folder: Path) -> Library:
    """The documents of these files and folders, and the uploaded ones.

    Raises:
        ManifestInvalid: a folder's manifest.toml cannot be used.
    """
    uploads = Uploads(data_folder)
    base = read_library(paths)
    live = uploads.live_folder
    own = read_library([live]) if live.is_dir() else Library((), (), ())
    return merged(base, own, uploads.choices.left_out())


def merged(base: Library, own: Library, left_out: LeftOut) -> Library:
    """One library of two, where uploaded documents take the place of those of the same name.

    Args:
        base: what comes from elsewhere.
        own: the uploaded documents.
        left_out: what is in neither; an uploaded file is never out as a whole.
    """
    if not own.documents and not left_out:
        return replace(base, problems=base.problems + own.problems)
    own_policies = [p for p in own.policies if p.policy_id not in left_out.get(p.source, ())]
    names = {name_key(document.name) for document in own.documents}
    ids = {policy.policy_id for policy in own_policies}

    def stays(policy: Policy) -> bool:
        out = left_out.get(policy.source)
        is_out = out is not None and (not out or policy.policy_id in out)
        return not (is_out or policy.policy_id in ids or name_key(policy.source) in names)

    policies = (*filter(stays, base.policies), *own_policies)
    used = {policy.source for policy in policies}
    documents = tuple(
        document
        for library in (base, own)
        for document in library.documents
        if document.name in used and (library is own or name_key(document.name) not in names)
    )
    files = {**base.files, **own.files}
    return Library(documents, policies, base.problems + own.problems, files)


def rebuild(data_folder: Path, tell: Tell) -> list[str]:
    """Make the index of a data folder anew in another process; what could not be read.

    Raises:
        RebuildFailed: the old index stands.
    """
    # Settings come from the environment there as they did here.
    command = [sys.executable, "-c", _PROGRAM, json.dumps(sys.path), str(data_folder)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        problems = _follow(process.stdout, tell)
    if problems is None:
        raise RebuildFailed("the process that built it ended early; try again")
    return problems


def _follow(lines: Iterable[bytes], tell: Tell) -> list[str] | None:
    """Pass progress on until the build says how it ended; None where it never does."""
    for line in lines:
        said = json.loads(line)
        if "failed" in said:
            raise RebuildFailed(said["failed"], busy=said["busy"])
        if "problems" in said:
            problems: list[str] = said["problems"]
            return problems
        tell(said["done"], said["total"])
    return None


def work(data_folder: str) -> None:
    """The other side: build, and say a line of JSON for every step."""
    answers = sys.stdout
    sys.stdout = sys.stderr  # libraries that print must not print into the answers

    def say(**said: object) -> None:
        answers.write(f"{json.dumps(said)}\n")
        answers.flush()

    try:
        settings = replace(Settings.from_environment(), data=data_folder)
        problems = rebuild_here(settings, lambda done, total: say(done=done, total=total))
    except (CorpusError, IndexingError, SettingInvalid, OSError, RebuildFailed) as error:
        say(failed=" ".join(str(error).split()), busy=isinstance(error, IndexBusy))
    else:
        say(problems=problems)


def rebuild_here(settings: Settings, tell: Tell) -> list[str]:
    """Make the index anew in this process; what could not be read.

    Raises:
        RebuildFailed: what the live index was built from is gone, or nothing is left.
        CorpusError: a manifest cannot be used.
        IndexingError: the index cannot be made.
    """
    noted = Uploads(settings.data_folder).choices.sources()
    missing = [path for path in noted if not path.exists()]
    if missing:
        raise RebuildFailed(
            f"{missing[0]}: the index was built from it, and it is gone; put it back, or run "
            "`wenzheng build` with what is to be in the index"
        )
    library = library_with_uploads(noted or [shipped_documents()], settings.data_folder)
    if not library.policies:
        raise RebuildFailed("no document would be left; put one live, or put one back")
    build_library(library, settings, progress=tell)
    return list(library.problems)
