"""How often each key, user or address has asked lately, counted once for all processes."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import delete, text

from ui.rate_limits import capacity, taken
from ui.records_store import Store, plain
from ui.records_tables import BucketRow

_FULL_AFTER_SECONDS = 120.0  # any bucket is: it fills within a minute, and clocks may differ
# Two processes may meet the same name at once; both databases that are known here say it so.
_ADD = text(
    "INSERT INTO rate_limits (name, tokens, at) VALUES (:name, :tokens, :at) "
    "ON CONFLICT (name) DO NOTHING"
)


class Limits:
    """Buckets of tokens in the database; each call is one short transaction."""

    def __init__(self, store: Store, *, clock: Callable[[], float] = time.time) -> None:
        """Keep the database; the clock is that of the wall, which processes share."""
        self._store = store
        self._clock = clock

    def wait_seconds(self, name: str, per_minute: int) -> float:
        """Take a token of this name; 0 where there was one, else how long to wait for the next.

        Raises:
            RecordsError: the database does not answer.
        """
        at, key = self._clock(), plain(name)
        with self._store.writing() as session:
            full = {"name": key, "tokens": capacity(per_minute), "at": at}
            if session.execute(_ADD, full).rowcount:  # type: ignore[attr-defined]
                # A new name, and so the time to forget those that are as good as new.
                old = BucketRow.at < at - _FULL_AFTER_SECONDS
                session.execute(delete(BucketRow).where(old))
            row = session.get(BucketRow, key, with_for_update=True)
            if row is None:  # forgotten this moment
                return 0.0
            row.tokens, wait = taken(row.tokens, at - row.at, per_minute)
            row.at = max(at, row.at)
            return wait
