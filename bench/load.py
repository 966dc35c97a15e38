"""Many users at once: starts the real server, asks it the gold questions, and says how it held.

    python -m bench.load --data DIR                      # twenty users of the API, five of the chat
    python -m bench.load --data DIR --questions 10000    # and whether memory stays flat

Every user asks the next question as soon as the last one is answered: nobody stops to read. From
the second round on, each question ends with a number of its own, so that no cache has seen it. The
clock counts whoever else works on the machine; the processor time of an answer does not. Exit
status 1 where an answer failed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from pathlib import Path

import numpy as np

from bench.load_askers import Ask, Asked, Way, crowd
from bench.load_server import LoadedServer, serving
from eval.gold import read_gold, shipped_gold

API: tuple[Way, ...] = ("json", "events")
CHAT: tuple[Way, ...] = ("chat",)
WARM_UP = 20  # answers that are not counted: code and words are loaded by them
SHOWN_ERRORS = 5
WARM_SHARE = 0.2  # of a long run, after which memory should have stopped to grow


@dataclass(slots=True)
class Phase:
    """What some users met."""

    name: str
    users: int
    asked: list[Asked] = field(default_factory=list)
    seconds: float = 0.0
    processor_seconds: float = 0.0

    @property
    def errors(self) -> list[str]:
        """Why answers failed."""
        return [asked.error for asked in self.asked if asked.error]

    def percentile(self, share: float) -> float:
        """Seconds within which this share of the answers came."""
        seconds = sorted(asked.seconds for asked in self.asked)
        return seconds[int(share * (len(seconds) - 1))] if seconds else 0.0

    @property
    def a_second(self) -> float:
        """Answers a second."""
        return len(self.asked) / self.seconds if self.seconds else 0.0

    @property
    def processor_milliseconds(self) -> float:
        """Processor time of the server for an answer."""
        return 1000 * self.processor_seconds / len(self.asked) if self.asked else 0.0

    def of(self, way: Way) -> Phase:
        """The same, of those who asked in one way."""
        asked = [asked for asked in self.asked if asked.way == way]
        return Phase(f"  {way}", self.users, asked, self.seconds)

    def line(self) -> str:
        """A row of the table."""
        processor = f"{self.processor_milliseconds:.1f}" if self.processor_seconds else ""
        shares = "".join(f"{self.percentile(share):>8.3f}" for share in (0.5, 0.95, 0.99))
        return (
            f"{self.name:<24}{len(self.asked):>7}{len(self.errors):>8}{shares}"
            f"{self.a_second:>10.1f}{processor:>9}"
        )


HEAD = (
    f"{'':<24}{'asked':>7}{'errors':>8}{'p50 s':>8}{'p95 s':>8}{'p99 s':>8}"
    f"{'a second':>10}{'CPU ms':>9}"
)


@dataclass(slots=True)
class Load:
    """A server under load."""

    server: LoadedServer
    questions: Iterator[Ask]
    line: Callable[[str], None]
    memory: list[tuple[int, float]] = field(default_factory=list)  # answers, megabytes
    every: int = 1000

    def phase(
        self, name: str, *, users: int, ways: Sequence[Way], answers: int, watched: bool = False
    ) -> Phase:
        """Have so many users get so many answers between them; watch the memory, if need be."""
        phase = Phase(name, users)

        def done(asked: Asked) -> None:
            phase.asked.append(asked)
            if watched and len(phase.asked) % self.every == 0:
                self.memory.append((len(phase.asked), self.server.megabytes))
                self.line(f"  after {len(phase.asked)} answers {self.server.megabytes:.0f} MB")

        before, started = self.server.processor_seconds, time.perf_counter()
        some = islice(self.questions, answers)
        asyncio.run(crowd(self.server.url, some, users=users, ways=ways, done=done))
        phase.seconds = time.perf_counter() - started
        phase.processor_seconds = self.server.processor_seconds - before
        return phase


def gold_questions(split: str = "dev") -> Iterator[Ask]:
    """The questions of the gold without end; after the first round each is a new one."""
    records = read_gold(shipped_gold(), split=split).records
    for number in count():
        record = records[number % len(records)]
        suffix = f"（{number}）" if number >= len(records) else ""
        yield Ask(f"{record.question}{suffix}", record.history)


def slope(samples: Sequence[tuple[int, float]]) -> float:
    """Megabytes that a thousand answers add, after the warm-up."""
    kept = samples[int(WARM_SHARE * len(samples)) :]
    if len(kept) < 2:  # a line needs two points
        return 0.0
    answers, megabytes = zip(*kept, strict=True)
    return float(1000 * np.polyfit(answers, megabytes, 1)[0])


def measured(load: Load, options: argparse.Namespace) -> list[Phase]:
    """Every phase, said line by line."""
    line = load.line
    load.phase("", users=4, ways=(*API, *CHAT), answers=WARM_UP)
    start = load.server.megabytes
    line(HEAD)
    phases: list[Phase] = []
    for name, users, ways, answers in (
        ("one user, API", 1, API, options.alone),
        (f"{options.users} users, API", options.users, API, options.questions),
        (f"{options.chat_users} users, chat", options.chat_users, CHAT, options.chat_questions),
    ):
        watched = len(phases) == 1  # the many, not the one before or the chat after
        phase = load.phase(name, users=users, ways=ways, answers=answers, watched=watched)
        phases.append(phase)
        for part in (phase, *(phase.of(way) for way in ways if len(ways) > 1)):
            line(part.line())
    alone, many, _ = phases
    if alone.percentile(0.95):
        ratio = many.percentile(0.95) / alone.percentile(0.95)
        line(f"p95 of {many.users} users: {ratio:.1f} times that of one alone")
    line(f"memory: {start:.0f} MB before, {load.server.megabytes:.0f} MB after")
    line(f"threads: {load.server.threads}")
    if len(load.memory) > 1:
        line(f"memory grows by {slope(load.memory):+.2f} MB for a thousand answers")
    return phases


def main() -> int:
    """Measure and report; the exit status."""
    options = _options()
    with serving(options.data) as server:
        say = partial(print, flush=True)
        load = Load(server, gold_questions(), say, every=options.every)
        phases = measured(load, options)
        warnings = server.warnings
    errors = [error for phase in phases for error in phase.errors]
    for text in (*errors[:SHOWN_ERRORS], *warnings[:SHOWN_ERRORS]):
        print(text)
    print(f"{len(errors)} errors, {len(warnings)} lines of warnings from the server")
    return 1 if errors else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a data folder with an index")
    parser.add_argument("--users", type=int, default=20, help="on the API at once")
    parser.add_argument("--questions", type=int, default=400, help="of all of them together")
    parser.add_argument("--alone", type=int, default=40, help="questions of one user before")
    parser.add_argument("--chat-users", type=int, default=5, help="in the chat at once")
    parser.add_argument("--chat-questions", type=int, default=100, help="of all of them together")
    parser.add_argument("--every", type=int, default=1000, help="answers between memory samples")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
