"""How building and searching grow with the corpus: 1,000 to 1,000,000 clauses of made-up text.

    python bench/growth.py --results growth.jsonl [--sizes N …] [--folder DIR]

The words are drawn from the shipped texts as often as they stand there, one sentence of a dozen
words to a clause and 400 clauses to a policy; the vectors are made up too, so that nothing waits
for a model. Everything else is what runs in production. Building and searching are processes of
their own. ``python bench/growth_report.py growth.jsonl`` makes docs/growth.md and docs/growth.svg
of the results.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from corpus.library import read_library, shipped_documents
from corpus.schema import Clause, Document, Policy
from index.build import build
from index.schema import FloatMatrix, FloatVector, Scope
from index.search import HybridIndex
from index.words import Words

SIZES = (1_000, 10_000, 100_000, 1_000_000)
CLAUSES_PER_POLICY = 400
WORDS_PER_CLAUSE = 12
QUESTIONS = 200
WORDS_PER_QUESTION = 5
POLICIES_IN_SCOPE = 3
DIMENSIONS = 384
RANK = 24  # directions in which vectors spread, as real ones do: else all would be equally far


@dataclass(frozen=True, slots=True)
class Grown:
    """What one size took; memory is the most that the process ever held.

    A build in seconds, a search in milliseconds: by the clock, and of all processors together,
    which hardly know how busy the machine was with something else.
    """

    clauses: int
    build_seconds: float
    build_processor: float
    build_megabytes: float
    disk_megabytes: float
    open_seconds: float
    search_megabytes: float
    p50: float
    p95: float
    p50_filtered: float
    p95_filtered: float
    p50_processor: float
    p95_processor: float
    p50_filtered_processor: float
    p95_filtered_processor: float


class MadeUpVectors:
    """Vectors that depend on the text alone, in clouds of few dimensions as real ones lie."""

    dimensions = DIMENSIONS
    fingerprint = "bench made-up vectors"

    def __init__(self) -> None:
        self._spread = np.random.default_rng(1).normal(size=(RANK, DIMENSIONS)).astype(np.float32)

    def embed_query(self, text: str) -> FloatVector:
        """A unit vector: float32, (384,)."""
        row: FloatVector = self.embed_passages([text])[0]
        return row

    def embed_passages(self, texts: list[str]) -> FloatMatrix:
        """Unit vectors: float32, (len(texts), 384)."""
        seeds = [zlib.crc32(text.encode()) for text in texts]
        drawn = np.stack([np.random.default_rng(seed).normal(size=RANK) for seed in seeds])
        rows = drawn.astype(np.float32) @ self._spread
        unit: FloatMatrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def main() -> None:
    """Measure every size, and put it among the results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--folder", type=Path, help="where to build, and leave it")
    parser.add_argument("--results", type=Path, help="JSON lines, one a size")
    parser.add_argument("--step", nargs=2, metavar=("NAME", "DIR"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        name, folder = options.step
        STEPS[name](Path(folder), options.sizes[0])
        return
    known = read_results(options.results)
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as temporary:
            grown = measure(size, (options.folder or Path(temporary)) / str(size))
        print(json.dumps(asdict(grown)), flush=True)
        known[size] = grown
        if options.results:
            lines = [json.dumps(asdict(known[key])) + "\n" for key in sorted(known)]
            options.results.write_text("".join(lines), encoding="utf-8")


def read_results(path: Path | None) -> dict[int, Grown]:
    """Sizes that were measured before, by their number of clauses."""
    if path is None or not path.exists():
        return {}
    rows = [Grown(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row.clauses: row for row in rows}


def measure(size: int, folder: Path) -> Grown:
    """Build and search in two processes: what one has allocated must not count for the other."""
    built = run_step("build", folder, size)
    searched = run_step("search", folder, size)
    live = (path for path in (folder / "generations").rglob("*") if path.is_file())
    return Grown(
        clauses=size,
        build_seconds=built["seconds"],
        build_processor=built["processor"],
        build_megabytes=built["megabytes"],
        disk_megabytes=sum(path.stat().st_size for path in live) / 1e6,
        search_megabytes=searched.pop("megabytes"),
        **searched,
    )


def run_step(name: str, folder: Path, size: int) -> dict[str, float]:
    """What a step in a process of its own says in its last line."""
    command = [sys.executable, __file__, "--step", name, str(folder), "--sizes", str(size)]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def build_step(folder: Path, size: int) -> None:
    """Build an index of that size."""
    policies = made_up_policies(size)
    documents = [Document(p.source, "", f"{row:064x}", "txt") for row, p in enumerate(policies)]
    started, worked = time.perf_counter(), time.process_time()
    build(documents, policies, data_dir=folder, embedder=MadeUpVectors())
    tell(seconds=time.perf_counter() - started, processor=time.process_time() - worked)


def search_step(folder: Path, size: int) -> None:
    """Open the index and ask it, everywhere and within a few policies."""
    started = time.perf_counter()
    opened = HybridIndex.open(folder, embedder=MadeUpVectors())
    open_seconds = time.perf_counter() - started
    chance = np.random.default_rng(3)
    words = vocabulary()
    questions = ["".join(chance.choice(words, WORDS_PER_QUESTION)) for _ in range(QUESTIONS)]
    names = sorted(opened.policies)
    scopes = [
        Scope(frozenset(chance.choice(names, min(POLICIES_IN_SCOPE, len(names)), replace=False)))
        for _ in questions
    ]
    opened.search(questions[0])  # the table of sounds is loaded with the first
    anywhere = [timed(opened, question, Scope()) for question in questions]
    within = [
        timed(opened, question, scope) for question, scope in zip(questions, scopes, strict=True)
    ]
    tell(open_seconds=open_seconds, **spread(anywhere, ""), **spread(within, "_filtered"))


def spread(times: list[tuple[float, float]], name: str) -> dict[str, float]:
    """Median and 95th percentile of clock and processor."""
    clock, processor = zip(*times, strict=True)
    return {
        f"p50{name}": statistics.median(clock),
        f"p95{name}": float(np.percentile(clock, 95)),
        f"p50{name}_processor": statistics.median(processor),
        f"p95{name}_processor": float(np.percentile(processor, 95)),
    }


STEPS: dict[str, Callable[[Path, int], None]] = {"build": build_step, "search": search_step}


def timed(opened: HybridIndex, question: str, scope: Scope) -> tuple[float, float]:
    """Milliseconds of one search: by the clock, and of all processors together."""
    started, worked = time.perf_counter(), time.process_time()
    opened.search(question, where=scope)
    return 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - worked)


def tell(**figures: float) -> None:
    """Print what was measured, and the most memory that this process held."""
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kibibytes
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    print(json.dumps({**figures, "megabytes": most / 1e6}))


def vocabulary() -> list[str]:
    """The words of the shipped texts, as often as they stand there."""
    cut = Words().follow
    policies = read_library([shipped_documents()]).policies
    found = [word for p in policies for clause in p.clauses for word in cut(clause.text)]
    return [word for word in found if word.isalnum()]


def made_up_policies(size: int) -> list[Policy]:
    """Policies with so many clauses in all."""
    chance = np.random.default_rng(2)
    words = np.array(vocabulary(), dtype=object)
    model = read_library([shipped_documents()]).policies[0]
    found: list[Policy] = []
    for start in range(0, size, CLAUSES_PER_POLICY):
        name = f"made-up-{start // CLAUSES_PER_POLICY}"
        count = min(CLAUSES_PER_POLICY, size - start)
        drawn = words[chance.integers(0, len(words), size=(count, WORDS_PER_CLAUSE))]
        clauses = tuple(
            made_up_clause(f"{name}/{row}", name, "".join(line) + "。")
            for row, line in enumerate(drawn)
        )
        found.append(replace(model, policy_id=name, source=f"{name}.txt", clauses=clauses))
    return found


def made_up_clause(clause_id: str, policy_id: str, text: str) -> Clause:
    """A clause of one sentence."""
    return Clause(
        clause_id=clause_id,
        policy_id=policy_id,
        parent_id=None,
        kind="点",
        label="一",
        path=("二、重点任务",),
        text=text,
        start=0,
        end=len(text),
        segments=((0, len(text)),),
    )


if __name__ == "__main__":
    main()
