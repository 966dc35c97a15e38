"""How much text a second is read into policies and clauses, on one core.

    python bench/parsing.py [--seconds N] [--profile] [PATH…]

Without paths the shipped texts are read, one by one and together; paths are files or folders with
further texts, such as statutes. Decoding is not counted: the way from decoded text to policies is.
"""

from __future__ import annotations

import argparse
import cProfile
import platform
import pstats
import time
from pathlib import Path

from corpus.errors import CorpusError
from corpus.library import shipped_documents
from corpus.policies import read_policies
from corpus.readers import is_readable, read_document
from corpus.schema import Document

LEAST_MB_PER_SECOND = 5.0  # what the project promises for all texts together
PROFILE_LINES = 25


def main() -> None:
    """Read the texts again and again and print a table, or a profile."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=1.0, help="for each line of the table")
    parser.add_argument("--profile", action="store_true", help="where the time goes, instead")
    arguments = parser.parse_args()
    groups = {"shipped": documents(shipped_documents())}
    groups |= {path.name: documents(path) for path in arguments.paths}
    everything = [document for group in groups.values() for document in group]
    if arguments.profile:
        profile(everything)
        return
    print(f"Python {platform.python_version()}, {platform.machine()}, one core, best of the runs")
    print(f"{'texts':<48}{'MB':>8}{'policies':>10}{'clauses':>9}{'ms':>9}{'MB/s':>8}")
    for name, group in groups.items():
        for document in group:
            print(row(f"  {document.name}", [document], arguments.seconds / 5))
        print(row(name, group, arguments.seconds))
    total, rate = measured(everything, arguments.seconds * 2)
    verdict = "enough" if rate >= LEAST_MB_PER_SECOND else "too slow"
    print(f"{'all':<48}{total:>8.3f}{'':>28}{rate:>8.2f}")
    print(f"{verdict}: {LEAST_MB_PER_SECOND} MB/s is promised")


def documents(path: Path) -> list[Document]:
    """The texts of a file or a folder; what cannot be read is left out."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    found: list[Document] = []
    for file in files:
        if file.is_file() and file.suffix != ".toml" and is_readable(file):
            try:
                found.append(read_document(file))
            except CorpusError as error:
                print(error)
    return found


def row(name: str, group: list[Document], seconds: float) -> str:
    """One line of the table."""
    policies = [policy for document in group for policy in read_policies(document)]
    clauses = sum(len(policy.clauses) for policy in policies)
    megabytes, rate = measured(group, seconds)
    milliseconds = 1000 * megabytes / rate if rate else 0.0
    counts = f"{megabytes:>8.3f}{len(policies):>10}{clauses:>9}"
    return f"{name:<48}{counts}{milliseconds:>9.1f}{rate:>8.2f}"


def measured(group: list[Document], seconds: float) -> tuple[float, float]:
    """Megabytes of UTF-8 text, and how many of them are read a second at best."""
    megabytes = sum(len(document.text.encode()) for document in group) / 1e6
    best = float("inf")
    end = time.process_time() + seconds
    while time.process_time() < end:
        begin = time.process_time()
        for document in group:
            read_policies(document)
        best = min(best, time.process_time() - begin)
    return megabytes, megabytes / best if best else 0.0


def profile(group: list[Document]) -> None:
    """Where the time goes, by function."""
    profiler = cProfile.Profile()
    profiler.enable()
    for document in group:
        read_policies(document)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(PROFILE_LINES)


if __name__ == "__main__":
    main()
