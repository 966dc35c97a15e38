"""A file that somebody sends in, read in a process of its own before anything else sees it.

Only what the build would read, read early: the policies with their clauses, so that people can
look at them before they go live.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.confinement import run_confined
from corpus.errors import DocumentUnreadable
from corpus.policies import read_policies
from corpus.readers import read_document
from corpus.schema import Policy
from index.records import read_lines, write_lines

READING_SECONDS = 150.0
_TASK = f"{__name__}:read_here"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, as the build will read it.

    ``recognised`` says that some of it was read from images, and may have reading errors.
    """

    name: str
    sha256: str
    policies: tuple[Policy, ...]
    remarks: tuple[str, ...] = ()
    recognised: bool = False


def read_upload(path: Path, *, name: str) -> Preview:
    """Read a file as if it were called ``name``.

    Raises:
        CorpusError: it cannot be read; a file that crashes its reader, or keeps it busy for too
            long, is such a file.
    """
    read = run_confined(
        _TASK, b"", timeout_seconds=READING_SECONDS, path=str(path), name=name
    ).encode("utf-8", "surrogatepass")
    return read_lines(Preview, read)[0]


def read_here(_: bytes, *, path: str, name: str) -> str:
    """The side that runs confined: a preview as one line of JSON.

    The file lies in a folder of its own under its own name: the name decides ids.
    """
    document = read_document(Path(path))
    policies = tuple(read_policies(document))
    if not any(policy.clauses for policy in policies):
        raise DocumentUnreadable(f"{name}: no clause was found in it; check that it is a policy")
    remarks = tuple(remark.partition(": ")[2] or remark for remark in document.remarks)
    preview = Preview(name, document.sha256, policies, remarks, document.recognised)
    return write_lines([preview]).decode("utf-8", "surrogatepass")
