"""A server of its own for a load: started, watched, and ended by its own process id (Linux)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

END_SECONDS = 30
_SHOWN = 2_000  # characters of what a server says that does not start


@dataclass(frozen=True, slots=True)
class LoadedServer:
    """A server that runs: where it listens, and what it takes."""

    url: str
    pid: int
    said: Path  # its warnings and errors

    @property
    def megabytes(self) -> float:
        """The memory that it holds now."""
        pages = int(self._figures("statm").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    @property
    def processor_seconds(self) -> float:
        """The processor time that it took so far: what the clock says where nobody else works."""
        fields = self._figures("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def threads(self) -> int:
        """How many threads it has now."""
        return int(self._figures("stat").rpartition(")")[2].split()[17])

    @property
    def warnings(self) -> list[str]:
        """The lines that it wrote to its error stream."""
        return self.said.read_text("utf-8", "replace").splitlines()

    def _figures(self, name: str) -> str:
        return Path(f"/proc/{self.pid}/{name}").read_text("utf-8")


@contextmanager
def serving(data: Path) -> Iterator[LoadedServer]:
    """`wenzheng serve` on a free port of this machine, until the block ends."""
    command = [sys.executable, "-m", "ui.cli", "--data", str(data), "serve", "--port", "0"]
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "stderr.txt"
        with (
            said.open("wb") as errors,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
        ):
            try:
                yield LoadedServer(_address(process, said), process.pid, said)
            finally:
                _end(process)


def _address(process: subprocess.Popen[str], said: Path) -> str:
    """Where the server listens; it says so once it accepts connections."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("http"):
            return line.strip()
    sys.exit(f"the server did not start: {said.read_text('utf-8', 'replace')[-_SHOWN:]}")


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
