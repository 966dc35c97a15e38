"""Exit statuses, and the error of a command line that cannot be carried out."""

from __future__ import annotations

from collections.abc import Callable

FAILED = 1
WRONG_USE = 2
INTERRUPTED = 130

Print = Callable[[str], None]


class UsageError(Exception):
    """A command line that cannot be carried out as it stands; exit status 2."""
