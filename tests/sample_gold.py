"""A small corpus with gold of every kind, and systems that answer it well, badly or not at all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from eval.matching import judge
from eval.runner import Plan, run_plan
from eval.schema import (
    Corpus,
    Evidence,
    GoldFile,
    GoldRecord,
    Json,
    Reply,
    Run,
    RunManifest,
)
from tests.factories import make_document, make_policy

CITY = make_policy(
    [
        "到2025年，医护比总体达到1：2左右。",
        "增加护士配备，由市卫健局负责。",
        "每半年公开财务信息。",
    ],
    policy_id="city",
    title="安丘市实施方案",
)
COUNTY = make_policy(
    ["到2025年，医护比总体达到1：1.5左右。", "薪酬制度改革由县人社局负责。"],
    policy_id="county",
    title="贵德县实施方案",
)
POLICIES = (CITY, COUNTY)
CORPUS = Corpus.of(map(make_document, POLICIES), POLICIES)

CITY_RATIO = Evidence("city", "到2025年，医护比总体达到1：2左右")
COUNTY_RATIO = Evidence("county", "医护比总体达到1：1.5左右")

RATIO = GoldRecord("q1", "number", "安丘医护比要多少？", True, (CITY_RATIO,), (("1：2", "一比二"),))
RECORDS = (
    RATIO,
    GoldRecord(
        "q2", "compare", "安丘和贵德的医护比？", True, (CITY_RATIO, COUNTY_RATIO),
        (("1：2",), ("1：1.5",)),
    ),
    GoldRecord(
        "q3", "followup", "谁负责？", True, (Evidence("city", "增加护士配备，由市卫健局负责"),),
        (("市卫健局",),), history=("安丘怎么增加护士？",),
    ),
    GoldRecord(
        "q4", "ambiguous", "医护比？", True, (CITY_RATIO, COUNTY_RATIO), (("1：2",), ("1：1.5",))
    ),
    GoldRecord("q5", "unanswerable", "安丘有多少张床位？", False),
    GoldRecord("q6", "unanswerable", "上海的医护比？", False),
)  # fmt: skip

_CLAUSES: list[Json] = [
    {
        "clause_id": clause.clause_id,
        "policy_id": policy.policy_id,
        "title": policy.title.value,
        "label": clause.label,
        "path": list(clause.path),
        "clause_text": clause.text,
        "source": policy.source,
        "start": clause.start,
        "end": clause.end,
    }
    for policy in POLICIES
    for clause in policy.clauses
]


def citation_of(clause: Json, number: int) -> Json:
    """A citation of a whole clause, with its place in the file."""
    start = CORPUS.texts[clause["source"]].index(clause["clause_text"])
    text = clause["clause_text"]
    place = {"quote": text, "start": start, "end": start + len(text)}
    return {**clause, **place, "number": number}


def answer_of(record: GoldRecord, cited: Sequence[Json], *, confidence: float = 0.9) -> Json:
    """An answer that says each clause in a statement of its own; a refusal without any."""
    citations = [citation_of(clause, number) for number, clause in enumerate(cited, start=1)]
    return {
        "id": record.id,
        "question": record.question,
        "standalone_question": record.question,
        "status": "answered" if cited else "refused",
        "reason": None if cited else "not_in_corpus",
        "text": "".join(f"{c['clause_text']}[{c['number']}]" for c in citations),
        "statements": [
            {"text": c["clause_text"], "citations": [c["number"]]} for c in citations
        ],
        "table": None,
        "citations": citations,
        "nearest": [],
        "confidence": confidence if cited else 0.0,
        "engine": "extractive",
        "seconds": {"total": 0.01},
    }  # fmt: skip


def gold_clauses(record: GoldRecord) -> list[Json]:
    """The clauses that hold the evidence of a record."""
    matches = judge(record.evidence, _CLAUSES)
    return [clause for clause, quotes in zip(_CLAUSES, matches, strict=True) if any(quotes)]


def ranked(clauses: Sequence[Json]) -> list[Json]:
    """Clauses as the hits of a search."""
    return [
        {**clause, "rank": rank, "score": 10.0 - rank}
        for rank, clause in enumerate(clauses, start=1)
    ]


def perfect(record: GoldRecord) -> Reply:
    """All gold clauses and nothing else, found, said and cited."""
    gold = gold_clauses(record)
    rest = [clause for clause in _CLAUSES if clause not in gold]
    return answer_of(record, gold), ranked(gold + rest), 0.01


def empty(record: GoldRecord) -> Reply:
    """Nothing found and nothing said, but not a refusal either."""
    answer = {**answer_of(record, []), "status": "answered", "reason": None}
    return answer, [], 0.01


def silent(record: GoldRecord) -> Reply:
    """Refuses everything."""
    return answer_of(record, []), [], 0.01


def wrong(record: GoldRecord) -> Reply:
    """Answers everything with a clause that is about something else."""
    return answer_of(record, [_CLAUSES[2]], confidence=0.4), ranked(_CLAUSES[2:3]), 0.02


@dataclass
class Replies:
    """A system that is a function; keeps whom it was asked about, and may take its time."""

    reply: Callable[[GoldRecord], Reply] = perfect
    name: str = "replies"
    asked: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def answer(self, record: GoldRecord) -> Reply:
        self.asked.append(record.id)
        time.sleep(self.seconds)
        return self.reply(record)


def manifest(**changes: object) -> RunManifest:
    """What a run over the sample is made of."""
    made = RunManifest(
        system="replies",
        settings={"data": "here"},
        gold=(GoldFile("sample.jsonl", "0", len(RECORDS)),),
        split="all",
        commit="c0ffee",
        code="0",
        corpus={"sha256": CORPUS.sha256, "policies": 2, "clauses": CORPUS.clauses},
        model="none",
        seed=1,
        machine={"python": "3", "platform": "any", "cpus": 1},
        workers=1,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def make_run(out: Path, reply: Callable[[GoldRecord], Reply] = perfect, **changes: object) -> Run:
    """A complete run of the sample in a folder."""
    plan = Plan(RECORDS, CORPUS, manifest(**changes))
    return run_plan(plan, Replies(reply), out=out, progress=lambda _done, _total: None)


def gold_line(record: GoldRecord) -> str:
    """A record as a line of a gold file."""
    row = {
        "id": record.id,
        "type": record.type,
        "question": record.question,
        "answerable": record.answerable,
        "evidence": [{"doc": item.doc, "quote": item.quote} for item in record.evidence],
        "facts": [list(forms) for forms in record.facts],
    }
    if record.history:
        row["history"] = list(record.history)
    return json.dumps(row, ensure_ascii=False)


def write_gold(folder: Path, records: Sequence[GoldRecord] = RECORDS) -> Path:
    """A gold file with a split beside it: the first half is dev."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sample.jsonl"
    path.write_text("".join(gold_line(record) + "\n" for record in records), encoding="utf-8")
    half = len(records) // 2
    split = {r.id: "dev" if n < half else "test" for n, r in enumerate(records)}
    (folder / "split.json").write_text(json.dumps(split), encoding="utf-8")
    return path
