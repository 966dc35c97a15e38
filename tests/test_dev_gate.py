"""The gate that every change passes: the dev half of the gold, asked of the real index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ui.cli import main

# A little under what docs/evaluation.md reports, so that a slip fails and noise does not.
GATE = {
    "hit@1": 0.82,
    "hit@5": 0.94,
    "first_citation": 0.82,
    "evidence_recall": 0.82,
    "fact_recall": 0.82,
    "refusal_recall": 0.68,
    "false_refusal": 0.02,
    "verbatim": 1.0,
}


@pytest.mark.slow
def test_the_dev_gold_passes_the_gate(shipped_data: Path, tmp_path: Path) -> None:
    limits = [part for name, value in GATE.items() for part in ("--fail-under", f"{name}={value}")]
    out = tmp_path / "run"
    status = main(
        ["--data", str(shipped_data), "eval", "run", "--split", "dev", "--out", str(out), *limits]
    )
    found = json.loads((out / "measures.json").read_text(encoding="utf-8"))["overall"]
    assert status == 0, {name: found[name]["value"] for name in GATE if name in found}
