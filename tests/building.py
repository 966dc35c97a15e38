"""Two small indexes, an old one and a new one, for tests of what comes between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.schema import Policy
from index.build import build
from index.schema import BuildReport
from index.search import HybridIndex
from index.words import Words
from tests.factories import PairEmbedder, make_document, make_policy

OLD = [make_policy(["增加护士配备。", "门诊费用增幅下降。"], policy_id="anqiu")]
NEW = [
    make_policy(["增加护士配备，医护比达到1：2。", "门诊费用增幅下降。"], policy_id="anqiu"),
    make_policy(["薪酬制度改革。", "B超检查互认。"], policy_id="jilin"),
]
QUESTIONS = ["医护比是多少", "薪酬制度", "门诊费用增幅"]

Answers = list[list[tuple[str, str, float]]]


@dataclass(frozen=True)
class Builder:
    """Builds into one data folder and asks what is there."""

    data_dir: Path
    words: Words
    url: str | None = None

    def make(self, policies: Sequence[Policy], **settings: Any) -> BuildReport:  # noqa: ANN401
        arguments: dict[str, Any] = {"embedder": PairEmbedder(), "vector_url": self.url}
        return build(
            [make_document(policy) for policy in policies],
            policies,
            data_dir=self.data_dir,
            words=self.words,
            **(arguments | settings),
        )

    def open(self) -> HybridIndex:
        """As a process does that has just started."""
        return HybridIndex.open(
            self.data_dir, embedder=PairEmbedder(), words=self.words, vector_url=self.url
        )

    def answers(self) -> Answers:
        return ask(self.open())


def ask(opened: HybridIndex) -> Answers:
    return [
        [(hit.clause.clause_id, hit.clause.text, round(hit.score, 4)) for hit in found]
        for found in map(opened.search, QUESTIONS)
    ]


def expected_answers(folder: Path, words: Words) -> tuple[Answers, Answers]:
    """What the old index and the new one answer, each built where there was none."""
    found = []
    for name, policies in (("old", OLD), ("new", NEW)):
        builder = Builder(folder / name, words)
        builder.make(policies)
        found.append(builder.answers())
    return found[0], found[1]
