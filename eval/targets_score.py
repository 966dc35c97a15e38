"""Precision and recall of the targets that ``corpus.targets`` reads, field by field.

Gold is gold-targets.jsonl beside this file (its format: gold-targets.md). Each clause of the
shipped policies and each line of target-texts/ is read once; what is found outside every gold
passage counts against precision, so the gold is complete over those texts.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from corpus.library import read_library, shipped_documents
from corpus.schema import Target
from corpus.targets import targets_of

FIELDS = ("indicator", "comparator", "deadline", "subject")
SPLITS = ("dev", "test", "outside")


@dataclass(frozen=True, slots=True)
class Expected:
    """A target of the gold: for each field the readings that count as right."""

    readings: dict[str, list[str]]
    optional: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a document with all the targets that it sets."""

    passage_id: str
    document: str
    split: str
    text: str
    expected: tuple[Expected, ...]
    ignored: bool


@dataclass(slots=True)
class Counts:
    """True positives, predictions and gold of one field."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of the predictions that are right."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.right / self.gold if self.gold else 1.0


@dataclass(slots=True)
class Score:
    """Counts by field, and one line for each error."""

    counts: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    errors: list[str] = field(default_factory=list)


def gold_passages() -> list[Passage]:
    """All passages of the gold, in the order of the file."""
    text = resources.files("eval").joinpath("gold-targets.jsonl").read_text("utf-8")
    return [_passage(json.loads(line)) for line in text.splitlines()]


def score_targets() -> dict[str, Score]:
    """Scores by split; ``outside`` holds what was found outside every passage."""
    scores = {split: Score() for split in SPLITS}
    passages = gold_passages()
    for document, text in _texts():
        inside = [p for p in passages if _is_of(p, document) and p.text in text]
        rest = list(targets_of(text))
        for passage in inside:
            begin = text.index(passage.text)
            end = begin + len(passage.text)
            found = [t for t in rest if begin <= t.value_start < end]
            rest = [t for t in rest if t not in found]
            if not passage.ignored:
                _compare(passage, found, scores[passage.split])
        for target in rest:
            _count_prediction(scores["outside"], target)
            scores["outside"].errors.append(f"{document}: {_shown(target)} ← {text[:40]}")
    return scores


def table(scores: dict[str, Score]) -> str:
    """Figures of each split as lines of text."""
    lines = ["split    field       precision  recall   gold"]
    for split in SPLITS:
        for name in ("figure", *FIELDS):
            c = scores[split].counts[name]
            lines.append(f"{split:8} {name:11} {c.precision:9.3f} {c.recall:7.3f} {c.gold:6}")
    return "\n".join(lines)


def _texts() -> Iterator[tuple[str, str]]:
    for policy in read_library([shipped_documents()]).policies:
        for clause in policy.clauses:
            yield policy.policy_id, clause.text
    folder = Path(str(resources.files("eval"))) / "target-texts"
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            yield path.stem, line


def _is_of(passage: Passage, document: str) -> bool:
    """Whether the passage names the policy, or the file that the policy is a part of."""
    return document == passage.document or document.rsplit("-", 1)[0] == passage.document


def _passage(row: dict[str, object]) -> Passage:
    targets = row["targets"]
    assert isinstance(targets, list)
    expected = tuple(Expected(t, bool(t.pop("optional", False))) for t in targets)
    return Passage(
        str(row["id"]),
        str(row["document"]),
        str(row["split"]),
        str(row["passage"]),
        expected,
        bool(row.get("ignored")),
    )


def _compare(passage: Passage, found: Sequence[Target], score: Score) -> None:
    left = list(found)
    for expected in sorted(passage.expected, key=lambda e: e.optional):
        target = _match(expected, left)
        if target is not None:
            left.remove(target)
        if expected.optional:
            continue
        score.counts["figure"].gold += 1
        if target is None:
            _count_missed(expected, score)
            score.errors.append(f"{passage.passage_id}: missed {expected.readings}")
            continue
        _count_prediction(score, target)
        score.counts["figure"].right += 1
        _count_fields(passage, expected, target, score)
    for target in left:
        _count_prediction(score, target)
        score.errors.append(f"{passage.passage_id}: too much {_shown(target)}")


def _match(expected: Expected, found: Sequence[Target]) -> Target | None:
    """The prediction with the same figure, of several the one that agrees most."""
    same = [
        target
        for target in found
        if target.value in expected.readings["value"] and target.unit in expected.readings["unit"]
    ]
    return max(same, key=lambda t: _agreement(expected, t), default=None)


def _agreement(expected: Expected, target: Target) -> int:
    return sum(getattr(target, name) in expected.readings[name] for name in FIELDS)


def _count_fields(passage: Passage, expected: Expected, target: Target, score: Score) -> None:
    for name in FIELDS:
        value, readings = getattr(target, name), expected.readings[name]
        if value in readings:
            score.counts[name].right += bool(value)
            score.counts[name].gold += bool(value)
            continue
        score.counts[name].gold += "" not in readings
        where = f"{passage.passage_id}: {name} of {target.value}{target.unit}"
        score.errors.append(f"{where} is {value!r}, not {readings}")


def _count_missed(expected: Expected, score: Score) -> None:
    for name in FIELDS:
        score.counts[name].gold += "" not in expected.readings[name]


def _count_prediction(score: Score, target: Target) -> None:
    score.counts["figure"].predicted += 1
    for name in FIELDS:
        score.counts[name].predicted += bool(getattr(target, name))


def _shown(target: Target) -> str:
    return " | ".join(
        (
            target.indicator,
            target.comparator,
            target.value + target.unit,
            target.deadline,
            target.subject,
        )
    )


if __name__ == "__main__":
    results = score_targets()
    sys.stdout.write(table(results) + "\n")
    for name in sys.argv[1:]:
        sys.stdout.write("\n".join(results[name].errors) + "\n")
