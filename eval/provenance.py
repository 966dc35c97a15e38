"""What produced a run: commit, code, settings without secrets, machine."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

_ROOT = Path(__file__).parent.parent
# What can change an answer or a figure; the interface only passes answers on.
_PACKAGES = ("corpus", "index", "assistant", "eval")
# A setting with such a word in its name is not written down.
_SECRETS = ("key", "token", "password", "secret")
_GIT_SECONDS = 10


def code_hash(root: Path = _ROOT) -> str:
    """Hash over the program's own code and data, whatever was committed of it."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*")):
            relative = path.relative_to(root)
            code = path.suffix == ".py" or "data" in relative.parts
            if code and path.is_file() and "__pycache__" not in relative.parts:
                digest.update(f"{relative.as_posix()}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def commit(root: Path = _ROOT) -> str:
    """The commit of the checkout, with ``+changes`` if it holds more; empty where there is none."""
    if not (root / ".git").exists():
        return ""
    try:
        head = _git(root, "rev-parse", "HEAD")
        changed = _git(root, "status", "--porcelain", "--untracked-files=no", "--", *_PACKAGES)
    except (OSError, subprocess.SubprocessError):
        return ""
    return head + ("+changes" if changed else "")


def machine() -> dict[str, str | int]:
    """The machine that seconds belong to."""
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "cpus": os.cpu_count() or 0,
    }


def pinned(settings: Mapping[str, object]) -> dict[str, str]:
    """Settings as a manifest keeps them: all that has a bearing, nothing that is secret.

    >>> pinned({"llm_key": "abc", "url": "http://me:word@host/v1"})
    {'llm_key': '(secret)', 'url': 'http://host/v1'}
    """
    return {
        name: "(secret)" if value and any(word in name for word in _SECRETS) else _public(value)
        for name, value in settings.items()
    }


def _public(value: object) -> str:
    text = str(value)
    parts = urlsplit(text) if "://" in text else None
    if parts is None or "@" not in parts.netloc:
        return text
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_GIT_SECONDS)
    return run.stdout.strip()
