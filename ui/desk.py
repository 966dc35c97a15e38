"""Work that takes its time, away from the event loop: so many at once, so many waiting, so long."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")

AT_ONCE = 8  # as many as the chat answers at the same time
WAITING = 200


class DeskBusy(Exception):
    """Too many are waiting already; ask again soon."""


class Desk:
    """Runs plain functions in threads of its own.

    A function that runs out of time is left behind: its thread is free when the function ends.
    Threads that are idle end with the process, or with the desk.
    """

    def __init__(self, *, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        """No thread starts before the first piece of work."""
        self._executor = ThreadPoolExecutor(at_once, thread_name_prefix="desk")
        self._places = threading.BoundedSemaphore(at_once + waiting)

    async def run(self, work: Callable[[], Result], *, seconds: float) -> Result:
        """What the function returns.

        Raises:
            DeskBusy: too many are waiting.
            TimeoutError: it took longer than that, waiting included.
        """
        if not self._places.acquire(blocking=False):
            raise DeskBusy
        future = self._executor.submit(work)
        future.add_done_callback(self._leave)
        async with asyncio.timeout(seconds):
            return await asyncio.wrap_future(future)

    def _leave(self, _: Future[Result]) -> None:
        self._places.release()
