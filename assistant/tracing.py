"""Keeps LangChain to itself: no trace of a question leaves the machine, whatever is set."""

from __future__ import annotations

import langsmith


def switch_off_tracing() -> None:
    """Switch LangSmith off for this process; a variable left in the environment would start it."""
    langsmith.configure(enabled=False)


def is_traced() -> bool:
    """Whether something that runs now would be traced."""
    return bool(langsmith.utils.tracing_is_enabled())
