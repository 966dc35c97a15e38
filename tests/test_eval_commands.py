"""`wenzheng eval run | compare | check` as a person types them: what is printed, and the status."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from eval.commands import COMMANDS, unseen
from eval.errors import EvaluationMisused, GoldInvalid, RunUnusable
from eval.gold import read_gold, shipped_gold
from eval.options import add_commands
from eval.run_folder import read_manifest, read_run
from eval.systems import with_settings
from eval.tables import FIGURES_BEGIN, FIGURES_END
from tests.sample_gold import gold_line, make_run, silent, write_gold, wrong

ROOT = Path(__file__).parent.parent
OWN_SYSTEM = """
from tests.sample_gold import Replies, silent
def make(settings):
    return Replies(silent, name="mine")
"""


def evaluate(*arguments: str, data: Path | None = None) -> tuple[int, str]:
    """Run a command; its exit status and what it printed."""
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    options = parser.parse_args(arguments)
    lines: list[str] = []
    settings = Settings(data=str(data or "/nonexistent"))
    return COMMANDS[options.evaluate](options, settings, lines.append, unseen), "\n".join(lines)


@pytest.fixture
def gold(tmp_path: Path) -> str:
    """A few records of the shipped gold, one of them unanswerable."""
    records = read_gold(shipped_gold()).records
    kinds = {record.type: record for record in records}
    chosen = [kinds[kind] for kind in ("number", "followup", "compare", "unanswerable")]
    return str(write_gold(tmp_path / "gold", chosen))


@pytest.fixture
def system(tmp_path: Path) -> str:
    file = tmp_path / "own.py"
    file.write_text(OWN_SYSTEM)
    return f"{file}:make"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "evaluation.md"
    path.write_text(f"# Before\n{FIGURES_BEGIN}\nstale\n{FIGURES_END}\nAfter\n", "utf-8")
    return path


def test_check_of_the_shipped_gold_passes() -> None:
    status, text = evaluate("check")
    assert (status, text.split("\n")[-1].split(";")[0].split(", ")[1]) == (0, "0 problems")


def test_check_against_other_documents_fails_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("一、总体要求\n到2025年，医护比总体达到1：2。\n", "utf-8")
    gold = write_gold(tmp_path / "gold")
    status, text = evaluate("check", str(tmp_path / "plan.txt"), "--gold", str(gold))
    assert status == 1
    assert text.startswith("q1: there is no document 'city'; there are plan")
    status, text = evaluate("check", str(tmp_path / "plan.txt"), "--gold", str(gold), "--json")
    assert status == 1
    assert json.loads(text)["records"] == 6
    with pytest.raises(EvaluationMisused, match="no such file or folder"):
        evaluate("check", str(tmp_path / "absent"))


def test_run_measures_a_system_of_ones_own(
    tmp_path: Path, gold: str, system: str, document: Path
) -> None:
    out = str(tmp_path / "run")
    status, text = evaluate(
        "run", "--gold", gold, "--system", system, "--out", out, "--figures", str(document)
    )
    assert status == 0
    assert "refusal_recall        1.0000" in text
    manifest = read_manifest(tmp_path / "run")
    assert (manifest.system, manifest.complete, manifest.split) == ("mine", True, "all")
    assert manifest.settings["system_file"] == system
    assert [file.records for file in manifest.gold] == [4]
    written = document.read_text("utf-8")
    assert written.startswith(f"# Before\n{FIGURES_BEGIN}\n\nSystem `mine`, split `all`")
    assert "| refusal_recall | 1.0000 | 1.0000 – 1.0000 | 1 |" in written
    assert "stale" not in written
    assert written.endswith(f"{FIGURES_END}\nAfter\n")


@pytest.mark.parametrize(
    ("floor", "status"),
    [
        ("refusal_recall=1", 0),
        ("false_refusal=1", 0),
        ("complete=0.1", 1),
        ("false_refusal=0.9", 1),
    ],
)
def test_a_gate_decides_the_status(
    tmp_path: Path, gold: str, system: str, floor: str, status: int
) -> None:
    arguments = ("run", "--gold", gold, "--system", system, "--fail-under", floor)
    found, text = evaluate(*arguments, "--out", str(tmp_path / "a"))
    assert found == status
    assert ("gate not held" in text) == bool(status)
    found, text = evaluate(*arguments, "--out", str(tmp_path / "b"), "--json")
    assert (found, bool(json.loads(text)["failed"])) == (status, bool(status))


def test_gold_that_does_not_fit_the_corpus_is_not_run(tmp_path: Path, system: str) -> None:
    gold = write_gold(tmp_path / "gold")
    with pytest.raises(GoldInvalid, match=r"does not fit the corpus: q1: .*\(and 5 more"):
        evaluate("run", "--gold", str(gold), "--system", system, "--out", str(tmp_path / "run"))
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fail-under", "beauty=1"], "no measure 'beauty'"),
        (["--system", "magic"], "no system 'magic'"),
        (["--system", "absent.py:make"], "no such file"),
        (["--set", "colour=red"], "'colour=red' is not KEY=VALUE"),
        (["--set", "embedding_threads=many"], "WENZHENG_EMBEDDING_THREADS is 'many'"),
        (["--model", "m"], "belong to --endpoint"),
        (["--endpoint", "h:1"], "not the address of a server"),
        (["--endpoint", "http://h:1", "--set", "data=x"], "leave those out"),
        (["--endpoint", "http://h:1", "--key-file", "absent"], "no such file"),
        (["--figures", "absent.md"], "no such document"),
        (["--split", "dev"], "no split.json beside it"),
    ],
)
def test_wrong_use_is_told_before_anything_is_asked(
    tmp_path: Path, gold: str, arguments: list[str], message: str
) -> None:
    Path(gold).with_name("split.json").unlink()
    with pytest.raises(EvaluationMisused, match=message):
        evaluate("run", "--gold", gold, "--out", str(tmp_path / "run"), *arguments)
    assert not (tmp_path / "run").exists()


def test_settings_are_changed_by_either_name() -> None:
    found = with_settings(Settings(), ["data=there", "WENZHENG_EMBEDDING_THREADS=4"])
    assert (found.data, found.threads, found.embedding_model) == ("there", 4, "wenzheng")


def test_a_document_without_a_place_for_figures_is_refused(
    tmp_path: Path, gold: str, system: str, document: Path
) -> None:
    document.write_text(FIGURES_END + FIGURES_BEGIN, "utf-8")
    with pytest.raises(EvaluationMisused, match="no place for figures"):
        evaluate("run", "--gold", gold, "--system", system, "--out", str(tmp_path / "run"),
                 "--figures", str(document))  # fmt: skip


def test_the_documentation_has_the_place_for_figures() -> None:
    text = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
    assert text.count(FIGURES_BEGIN) == text.count(FIGURES_END) == 1
    assert text.index(FIGURES_BEGIN) < text.index(FIGURES_END)


def test_compare_prints_and_decides(tmp_path: Path) -> None:
    make_run(tmp_path / "a")
    make_run(tmp_path / "b", wrong)
    a, b = str(tmp_path / "a"), str(tmp_path / "b")
    status, text = evaluate("compare", a, b)
    assert status == 0
    assert "turned wrong: 6" in text
    # All six answers are wrong instead of right: 2 of 64 exchanges are as extreme.
    assert evaluate("compare", a, a, "--fail-on-regression")[0] == 0
    status, text = evaluate("compare", a, b, "--fail-on-regression")
    assert status == 1
    assert "gate not held: risk is significantly worse" in text
    assert evaluate("compare", a, b, "--fail-under", "complete=0.5")[0] == 1
    assert evaluate("compare", b, a, "--fail-under", "complete=0.5", "--fail-on-regression")[0] == 0
    row: dict[str, Any] = json.loads(evaluate("compare", a, b, "--json")[1])
    assert row["overall"]["complete"]["difference"] == -1
    assert (len(row["turned"]), row["failed"]) == (6, [])


def test_an_incomplete_run_passes_no_gate(tmp_path: Path) -> None:
    make_run(tmp_path / "a", silent)
    path = tmp_path / "a" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"complete": False}), "utf-8")
    with pytest.raises(RunUnusable, match="not complete"):
        evaluate("compare", str(tmp_path / "a"), str(tmp_path / "a"))


@pytest.mark.slow
def test_wenzheng_itself_is_measured(tmp_path: Path, shipped_data: Path) -> None:
    records = read_gold(shipped_gold(), split="dev").records[:40]
    gold = tmp_path / "some.jsonl"
    gold.write_text("".join(gold_line(record) + "\n" for record in records), "utf-8")
    status, text = evaluate(
        "run", "--gold", str(gold), "--out", str(tmp_path / "run"), "--workers", "2",
        "--fail-under", "hit@10=0.8", "--fail-under", "verbatim=1", data=shipped_data,
    )  # fmt: skip
    assert status == 0, text
    run = read_run(tmp_path / "run")
    assert run.manifest.engine == "extractive"
    assert run.manifest.model.startswith("wenzheng-retriever ")
    assert all(len(row.hits) == 10 for row in run.rows)
