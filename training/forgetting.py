"""Whether a retriever still finds articles of statutes for lay questions that it never saw.

    python -m training.forgetting --articles DIR --model FOLDER [--model FOLDER …]

A check against forgetting: the questions that are held out, among all articles.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from index.embedding import OnnxEmbedder
from training.pairs import articles_of, is_held_out, questions_of

DEPTHS = (1, 5, 10)


def hits(folder: Path, articles: Path, threads: int) -> dict[int, float]:
    """For each depth the share of the held-out questions with a right article among the first."""
    texts = articles_of(articles)
    ids = np.array(list(texts))
    embedder = OnnxEmbedder(folder, threads=threads)
    vectors = embedder.embed_passages(list(texts.values()))
    asked = [(q, right) for number, q, right in questions_of(articles) if is_held_out(number)]
    found = dict.fromkeys(DEPTHS, 0)
    for question, right in asked:
        order = ids[np.argsort(-(vectors @ embedder.embed_query(question)))]
        for depth in DEPTHS:
            found[depth] += bool(set(order[:depth]) & set(right))
    return {depth: count / len(asked) for depth, count in found.items()}


def main() -> None:
    """Print a line for each model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, action="append")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    for folder in options.model:
        shares = hits(folder, options.articles, options.threads)
        print(folder, *(f"hit@{depth} {share:.3f}" for depth, share in shares.items()))


if __name__ == "__main__":
    main()
