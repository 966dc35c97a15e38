"""Rate limits hold over all processes that share the records."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from assistant.settings import Settings
from ui.access import Arrival, Gate, Refused
from ui.rate_limits import RateLimit, taken
from ui.records import Records, open_records
from ui.records_limits import Limits
from ui.records_schema import RecordsError
from ui.records_tables import BucketRow

ASKING = Arrival("POST", "/api/ask", {}, "10.0.0.7")
NAMES = count()


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = open_records(Settings(data=str(tmp_path)))
    yield opened
    opened.close()


@given(st.integers(1, 60), st.lists(st.floats(0, 90), max_size=12))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_counts_as_one_process_does(
    records: Records, per_minute: int, pauses: list[float]
) -> None:
    clock, name = [1e9], f"key:{next(NAMES)}"
    alone = RateLimit(per_minute, clock=lambda: clock[0])
    shared = Limits(records.store, clock=lambda: clock[0])
    for pause in pauses:
        clock[0] += pause
        expected = pytest.approx(alone.wait_seconds(name), abs=1e-3)
        assert shared.wait_seconds(name, per_minute) == expected


@given(st.floats(0, 100), st.floats(-1e9, 1e9), st.integers(1, 1_000))
def test_a_bucket_never_holds_more_than_a_minute_or_less_than_nothing(
    tokens: float, seconds: float, per_minute: int
) -> None:
    left, wait = taken(min(tokens, per_minute), seconds, per_minute)
    assert 0 <= left <= per_minute
    assert 0 <= wait <= 60.001


def test_processes_with_one_database_count_together(records: Records, tmp_path: Path) -> None:
    other = open_records(Settings(data=str(tmp_path)))
    gates = [Gate(kept, requests_per_minute=5) for kept in (records, other)]
    found = [gate.judge(ASKING) for _ in range(5) for gate in gates]
    other.close()
    assert sum(isinstance(each, Refused) for each in found) == 5
    assert not any(gate.is_cheap(ASKING) for gate in gates)
    assert Gate(records).is_cheap(ASKING)


def test_threads_never_take_one_token_twice(records: Records) -> None:
    limits = Limits(records.store, clock=lambda: 1e9)
    waits: list[float] = []

    def take() -> None:
        waits.extend(limits.wait_seconds("user:anna", 7) for _ in range(5))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(waits) == 20
    assert waits.count(0.0) == 7


def test_names_that_are_idle_are_forgotten(records: Records) -> None:
    clock = [1e9]
    limits = Limits(records.store, clock=lambda: clock[0])
    for number in range(5):
        limits.wait_seconds(f"address:10.0.0.{number}", 1)
    clock[0] += 121
    limits.wait_seconds("user:anna\0", 1)
    with records.store.reading() as session:
        assert session.scalars(select(BucketRow.name)).all() == ["user:anna"]


def test_without_its_database_a_process_counts_for_itself() -> None:
    class Away:
        def wait_seconds(self, name: str, per_minute: int) -> float:
            raise RecordsError(f"{name}, {per_minute}: no database")

    limit = RateLimit(2, shared=Away())
    assert [limit.wait_seconds("user:anna") > 0 for _ in range(3)] == [False, False, True]
    assert not RateLimit(0, shared=Away()).needs_database
