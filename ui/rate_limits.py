"""How often somebody may ask: a bucket of tokens that fills with time; pure but for the clock."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_MAX_BUCKETS = 20_000  # names at a time; the one that was idle longest is forgotten first

_ROUNDING = 1e-6  # of a token: who waits as long as was said gets one


class RateLimit:
    """Lets each name through so often a minute, and at once what a minute of silence saved up.

    Every process counts for itself. Safe between threads.
    """

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        """A limit of 0 lets everybody through."""
        self._per_second = per_minute / 60
        self._capacity = float(max(1, per_minute))
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait_seconds(self, name: str) -> float:
        """Take a token; 0 where there was one, else how long to wait for the next."""
        if not self._per_second:
            return 0.0
        with self._lock:
            now = self._clock()
            tokens, at = self._buckets.get(name, (self._capacity, now))
            tokens = min(self._capacity, tokens + (now - at) * self._per_second)
            allowed = tokens > 1 - _ROUNDING
            self._buckets[name] = (max(0.0, tokens - 1) if allowed else tokens, now)
            self._buckets.move_to_end(name)
            if len(self._buckets) > _MAX_BUCKETS:
                self._buckets.popitem(last=False)
            return 0.0 if allowed else (1 - tokens) / self._per_second
