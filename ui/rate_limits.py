"""How often somebody may ask: a bucket of tokens that fills with time; pure but for the clock."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from ui.records_schema import RecordsError

_MAX_BUCKETS = 20_000  # names at a time; the one that was idle longest is forgotten first

_ROUNDING = 1e-6  # of a token: who waits as long as was said gets one


class SharedBuckets(Protocol):
    """Buckets that several processes take tokens from."""

    def wait_seconds(self, name: str, per_minute: int) -> float:
        """Take a token; 0 where there was one, else how long to wait for the next."""


class RateLimit:
    """Lets each name through so often a minute, and at once what a minute of silence saved up.

    With shared buckets that holds over all processes together; where their database does not
    answer, and without any, every process counts for itself. Safe between threads.
    """

    def __init__(
        self,
        per_minute: int,
        *,
        shared: SharedBuckets | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """A limit of 0 lets everybody through."""
        self._per_minute = per_minute
        self._shared = shared if per_minute else None
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def needs_database(self) -> bool:
        """Whether taking a token asks a database."""
        return self._shared is not None

    def wait_seconds(self, name: str) -> float:
        """Take a token; 0 where there was one, else how long to wait for the next."""
        if not self._per_minute:
            return 0.0
        if self._shared is not None:
            with suppress(RecordsError):
                return self._shared.wait_seconds(name, self._per_minute)
        with self._lock:
            now = self._clock()
            tokens, at = self._buckets.get(name, (capacity(self._per_minute), now))
            tokens, wait = taken(tokens, now - at, self._per_minute)
            self._buckets[name] = (tokens, now)
            self._buckets.move_to_end(name)
            if len(self._buckets) > _MAX_BUCKETS:
                self._buckets.popitem(last=False)
            return wait


def capacity(per_minute: int) -> float:
    """The tokens of a bucket that is full."""
    return float(max(1, per_minute))


def taken(tokens: float, seconds: float, per_minute: int) -> tuple[float, float]:
    """A bucket after so many seconds and the taking of a token: what is left, how long to wait.

    Clocks of two machines may differ: time that would run backwards stands still.
    """
    per_second = per_minute / 60
    filled = min(capacity(per_minute), tokens + max(0.0, seconds) * per_second)
    if filled > 1 - _ROUNDING:
        return max(0.0, filled - 1), 0.0
    return filled, (1 - filled) / per_second
