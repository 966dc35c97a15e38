"""Calls a plain function while an event loop runs.

Gradio makes a new event loop for every lock that it creates outside of one, and closes none.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def call_in_loop(function: Callable[[], Result]) -> Result:
    """What ``function`` returns, called inside a running event loop, of our own if need be."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(_called(function))
    return function()


async def _called(function: Callable[[], Result]) -> Result:
    return function()
