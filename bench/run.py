"""Measures this machine as a user meets it, through the installed command; `make bench` runs it.

A cold and a warm build, a cold and a warm start of the page, and the time of an answer over the
gold questions. Works in a folder of its own and removes it. How right the answers are is the
business of eval/.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
WENZHENG = str(Path(sys.executable).parent / "wenzheng")
GOLD = ROOT / "eval" / "gold"
START_TIMEOUT_SECONDS = 1800
PORT = 17860  # not the port of a chat that may be running
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Measured:
    """What one process took: wall-clock seconds and its largest memory in megabytes."""

    seconds: float
    megabytes: float
    output: str = ""


def main() -> None:
    """Measure and print one line a figure."""
    print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        for name, figure in figures(data, Path(folder)):
            print(f"{name:<28} {figure}", flush=True)


def figures(data: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Name and figure, in the order in which they are measured."""
    served = serve_until_ready(data)
    yield "page answers, cold", f"{served.seconds:.1f} s, {served.megabytes:.0f} MB"
    yield "index on disk", f"{folder_size(data) / MEGABYTE:.1f} MB"
    served = serve_until_ready(data)
    yield "page answers, warm", f"{served.seconds:.1f} s, {served.megabytes:.0f} MB"
    again = run("--data", str(data), "build", "--json")
    yield "build, nothing new", f"{again.seconds:.1f} s"
    cold = run("--data", str(folder / "cold"), "build", "--json")
    report: dict[str, Any] = json.loads(cold.output)
    yield "build, cold", f"{cold.seconds:.1f} s, {cold.megabytes:.0f} MB"
    yield "clauses", f"{report['clauses']} in {report['policies']} policies"
    yield "clauses a second", f"{report['clauses'] / report['seconds']:.1f}"
    yield from answer_figures(data, folder)


def answer_figures(data: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Seconds of an answer over all gold questions, one after the other in one process."""
    questions, answers = folder / "questions.jsonl", folder / "answers.jsonl"
    records = [json.loads(line) for path in sorted(GOLD.glob("*.jsonl")) for line in lines(path)]
    kept = [{k: v for k, v in r.items() if k in ("id", "question", "history")} for r in records]
    questions.write_text("".join(json.dumps(r) + "\n" for r in kept), encoding="utf-8")
    asked = run("--data", str(data), "ask", "--batch", str(questions), "--out", str(answers))
    seconds = sorted(json.loads(line)["seconds"]["total"] for line in lines(answers))
    yield "questions", f"{len(seconds)} in {asked.seconds:.1f} s, {asked.megabytes:.0f} MB"
    yield "an answer, median", f"{statistics.median(seconds):.3f} s"
    yield "an answer, p95", f"{seconds[int(0.95 * (len(seconds) - 1))]:.3f} s"


def lines(path: Path) -> list[str]:
    """The lines of a file that hold something."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def folder_size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def run(*arguments: str) -> Measured:
    """Run a command to its end; its errors end the measurement."""
    started = time.perf_counter()
    with subprocess.Popen([WENZHENG, *arguments], stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout.read() if process.stdout else ""
        megabytes = wait(process)
    seconds = time.perf_counter() - started
    if process.returncode != 0:
        sys.exit(f"wenzheng {' '.join(arguments)}: exit status {process.returncode}")
    return Measured(seconds, megabytes, output)


def serve_until_ready(data: Path) -> Measured:
    """Start the server, wait for its page, stop it."""
    command = [WENZHENG, "--data", str(data), "serve", "--port", str(PORT)]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while not answers():
            if process.poll() is not None or time.perf_counter() - started > START_TIMEOUT_SECONDS:
                process.kill()
                sys.exit(f"{' '.join(map(str, command))}: the page did not answer")
            time.sleep(0.05)
        seconds = time.perf_counter() - started
        process.terminate()
        return Measured(seconds, wait(process))


def answers() -> bool:
    """Whether the page is there."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=30) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def wait(process: subprocess.Popen[Any]) -> float:
    """Wait for the end of a process; its largest memory in megabytes."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kibibytes
    return usage.ru_maxrss * unit / MEGABYTE


if __name__ == "__main__":
    main()
