"""What holds for every test: offline, repeatable, and nothing is left out unseen."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from assistant.chain import Assistant
from assistant.opening import open_assistant, open_index
from assistant.scope import Shelf
from assistant.settings import Settings
from corpus.library import Library, read_library, shipped_documents
from index.search import HybridIndex
from index.words import Words
from ui.api import AssistantService
from ui.cli import main

NOT_RUN_OUTCOMES = ("skipped", "deselected")
RUN_ELSEWHERE = "run by `make test-model`"


def pytest_configure() -> None:
    """Take away what the shell brought, and make hypothesis try the same examples every time."""
    for name in [name for name in os.environ if name.startswith("WENZHENG_")]:
        if name != "WENZHENG_BROWSER":
            del os.environ[name]
    # No deadline: a busy neighbour must not turn a right answer into a failure.
    hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
    hypothesis.settings.load_profile("repeatable")


@pytest.fixture(scope="session", autouse=True)
def offline() -> Iterator[None]:
    """Refuse every connection that leaves this machine, and fail if one was tried."""
    connect = socket.socket.connect
    attempts: list[str] = []

    def guarded(self: socket.socket, address: Any) -> None:  # noqa: ANN401 — as the library has it
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
            attempts.append(str(address))
            raise ConnectionRefusedError(f"tests are offline: {address} was not contacted")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
    assert attempts == [], "a test tried to reach another machine"


@pytest.fixture(scope="session")
def shipped_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the index of the shipped corpus, made once by the real model: slow."""
    folder = tmp_path_factory.mktemp("shipped")
    assert main(["--data", str(folder), "build"]) == 0
    return folder


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped texts as they are read."""
    return read_library([shipped_documents()])


@pytest.fixture(scope="session")
def shelf(library: Library) -> Shelf:
    """The shipped policies by the names that questions use for them."""
    texts = [clause.text for policy in library.policies for clause in policy.clauses]
    return Shelf(library.policies, texts, words=Words().cut)


@pytest.fixture(scope="session")
def index(shipped_data: Path) -> HybridIndex:
    """The index of the shipped corpus."""
    return open_index(Settings(data=str(shipped_data)))


@pytest.fixture(scope="session")
def assistant(index: HybridIndex) -> Assistant:
    """The assistant over the shipped corpus."""
    return open_assistant(index, Settings())


@pytest.fixture(scope="session")
def service(assistant: Assistant) -> AssistantService:
    """The assistant that the tests of the interface talk to."""
    return assistant


def _is_local(host: str) -> bool:
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # another name
        return False


def not_run(reporter: pytest.TerminalReporter) -> dict[str, int]:
    """How many tests did not run, by reason."""
    counts: dict[str, int] = {}
    for outcome in NOT_RUN_OUTCOMES:
        for report in reporter.stats.get(outcome, []):
            longrepr = getattr(report, "longrepr", None)
            reason = longrepr[2] if isinstance(longrepr, tuple) else outcome
            if isinstance(report, pytest.Item) and report.get_closest_marker("model"):
                reason = RUN_ELSEWHERE
            counts[reason] = counts.get(reason, 0) + 1
    return counts


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nobody reads the output, a test that did not run is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    left_out = set(not_run(reporter)) - {RUN_ELSEWHERE} if reporter else set()
    if os.environ.get("CI") == "true" and left_out:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Name in the last lines what was not run."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter:
        for reason, count in not_run(reporter).items():
            reporter.write_line(f"Not run: {count} ({reason.removeprefix('Skipped: ')})")
