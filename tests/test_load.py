"""Many users at once on the real server: the bench that measures it, and a build in the midst."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from argparse import Namespace
from collections import Counter
from itertools import islice
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.load import Load, Phase, gold_questions, measured, slope
from bench.load_askers import Asked
from bench.load_server import LoadedServer, serving

ROOT = Path(__file__).parent.parent
PLAN = "{title}\n{number}\n一、重点任务\n（一）{first}\n（二）{second}（责任单位：市卫健局）\n"
OLD = PLAN.format(
    title="青河市推动公立医院发展实施方案",
    number="青政办〔2024〕3号",
    first="到2025年，公立医院医护比达到1：2。",
    second="推广薪酬制度改革，人员支出占比达到45%。",
)
NEW = PLAN.format(
    title="云岭市老旧小区改造实施方案",
    number="云政办〔2024〕8号",
    first="到2025年，改造老旧小区120个。",
    second="改造资金由市财政局统筹。",
)
USERS = 20
PATIENCE_SECONDS = 120
PAUSE_SECONDS = 0.5  # or the build would get no processor
READING = (
    ("GET", "/api/policies", None),
    ("GET", "/api/targets", None),
    ("GET", "/api/units/市卫健局/clauses", None),
    ("GET", "/readyz", None),
    ("POST", "/api/search", {"question": "医护比"}),
    ("POST", "/api/ask", {"question": "青河市医护比要达到多少？"}),
    ("GET", "/library", None),
)


def build(data: Path, *files: Path) -> None:
    command = [sys.executable, "-m", "ui.cli", "--data", str(data), "build", *map(str, files)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


@pytest.fixture
def plans(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(OLD, "utf-8")
    new.write_text(NEW, "utf-8")
    return old, new


@given(st.lists(st.floats(0, 10), min_size=1))
def test_percentiles_are_times_that_were_met(seconds: list[float]) -> None:
    phase = Phase("x", 1, [Asked("json", each, "") for each in seconds], seconds=1.0)
    shares = [phase.percentile(share) for share in (0.0, 0.5, 0.95, 1.0)]
    assert shares == sorted(shares)
    assert set(shares) <= set(seconds)
    assert shares[0] == min(seconds)
    assert shares[-1] == max(seconds)
    assert phase.errors == []


@given(st.floats(-5, 5), st.integers(3, 20))
def test_the_slope_is_what_a_thousand_answers_add(growth: float, samples: int) -> None:
    line = [(1000 * number, 500 + growth * number) for number in range(1, samples + 1)]
    assert slope(line) == pytest.approx(growth, abs=1e-6)
    assert slope(line[:1]) == 0


def test_no_question_comes_twice() -> None:
    questions = [ask.question for ask in islice(gold_questions(), 3_000)]
    rounds = Counter(questions)
    assert len(rounds) > 2_900  # the gold itself asks some things in the same words


@pytest.mark.slow
def test_the_bench_asks_a_real_server(tmp_path: Path, plans: tuple[Path, Path]) -> None:
    data, said = tmp_path / "data", list[str]()
    build(data, plans[0])
    options = Namespace(users=3, questions=12, alone=4, chat_users=2, chat_questions=4)
    with serving(data) as server:
        load = Load(server, gold_questions(), said.append, every=6)
        phases = measured(load, options)
        assert server.warnings == []
        assert server.megabytes > 50
    assert [len(phase.asked) for phase in phases] == [4, 12, 4]
    assert [phase.errors for phase in phases] == [[], [], []]
    assert {asked.way for asked in phases[1].asked} == {"json", "events"}
    assert {asked.way for asked in phases[2].asked} == {"chat"}
    assert [answers for answers, _ in load.memory] == [6, 12]
    assert any(line.startswith("memory grows by") for line in said)


@pytest.mark.slow
def test_no_request_fails_while_the_index_is_replaced(
    tmp_path: Path, plans: tuple[Path, Path]
) -> None:
    data = tmp_path / "data"
    build(data, plans[0])
    with serving(data) as server:
        asked, failed, totals = asyncio.run(_read_while_building(server, data, plans))
        assert server.warnings == []
    assert failed == []
    assert asked > USERS
    assert set(totals) == {1, 2}


async def _read_while_building(
    server: LoadedServer, data: Path, plans: tuple[Path, Path]
) -> tuple[int, list[str], list[int]]:
    """How many requests, those that failed, and how many policies were seen in the end."""
    over, asked = asyncio.Event(), Counter[str]()
    failed: list[str] = []
    totals: list[int] = []
    seen: asyncio.Queue[int] = asyncio.Queue()

    async def user(number: int) -> None:
        async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE_SECONDS) as client:
            while not over.is_set():
                method, path, body = READING[(number + asked.total()) % len(READING)]
                response = await client.request(method, path, json=body)
                asked[path] += 1
                if response.status_code != 200 or '"status":"error"' in response.text:
                    failed.append(f"{path}: {response.status_code} {response.text[:200]}")
                if path == "/api/policies" and response.is_success:
                    seen.put_nowait(response.json()["total"])
                await asyncio.sleep(PAUSE_SECONDS)

    users = [asyncio.create_task(user(number)) for number in range(USERS)]
    for files in (plans, plans[:1]):
        await asyncio.to_thread(build, data, *files)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not totals or totals[-1] != len(files):  # until somebody has met the new index
                totals.append(await seen.get())
    over.set()
    await asyncio.gather(*users)
    return asked.total(), failed, totals
