"""Tables of systems: described in a file, run once, held against the first, shown as one table."""

from __future__ import annotations

import argparse
import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import sync_playwright

from assistant.settings import Settings
from eval import ablation
from eval.ablation import Ablation, Bench, Entry, ablate, read_entries
from eval.ablation_report import COLUMNS, lines_of, terminal_lines, write_ablation
from eval.commands import unseen
from eval.compare import compare_runs
from eval.errors import EvaluationMisused, GoldInvalid, RunUnusable
from eval.gold import read_gold
from eval.opening import Opened, manifest_of
from eval.report_commands import REPORT_COMMANDS
from eval.report_options import add_report_commands
from eval.run_folder import read_run
from eval.schema import Gold, GoldRecord, Reply, RunManifest
from eval.summary import MEASURES
from eval.switches import PARTS, SwitchedIndex, WithoutHistory
from index.schema import Scope
from index.words import Words
from tests.building import NEW, QUESTIONS, Builder
from tests.factories import PairEmbedder
from tests.page_checks import FLAGS, LOW_CONTRAST, browser_path
from tests.sample_gold import RECORDS, Replies, make_run, perfect, silent, write_gold, wrong
from ui.cli import main

ROOT = Path(__file__).parent.parent
TABLE = '[[system]]\nname = "a"\n\n[[system]]\nname = "b"\n'


def entries_of(tmp_path: Path, text: str) -> tuple[Entry, ...]:
    (tmp_path / "systems.toml").write_text(text, "utf-8")
    return read_entries(tmp_path / "systems.toml")


def made(tmp_path: Path, **replies: Callable[[GoldRecord], Reply]) -> Ablation:
    """An ablation of runs made by hand."""
    runs = [make_run(tmp_path / name, reply) for name, reply in replies.items()]
    others = tuple(compare_runs(runs[0], run, seed=1) for run in runs[1:])
    return Ablation(runs[0], others)


# The file


def test_systems_are_read_in_their_order(tmp_path: Path) -> None:
    text = TABLE.replace('"b"\n', '"b"\noff = ["meaning"]\nsettings = { data = "x" }\n')
    first, second = entries_of(tmp_path, text)
    assert first == Entry("a")
    assert second == Entry("b", off=("meaning",), settings={"data": "x"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "write [[system]] for each of two systems or more"),
        ('[[system]]\nname = "a"', "write [[system]] for each of two systems or more"),
        ("a = ", "not TOML"),
        (TABLE.replace('"b"', '"a"'), "two systems are called 'a'; rename one"),
        (TABLE.replace('"b"', '"../b"'), "system 2: the name '../b' has something else"),
        (TABLE.replace('name = "b"', ""), "system 2: the name '' has something else"),
        (TABLE + "of = []", "system 2: no key 'of'; known are name, off"),
        (TABLE + 'off = "words"', "system 2: 'off' is not a list"),
        (TABLE + 'off = ["wordz"]', "no part 'wordz' to switch off; there are meaning, words"),
        (TABLE + 'off = ["words"]\nrun = "x"', "'off' and 'run' exclude each other; remove one"),
        (TABLE + 'run = "x"\nsettings = { data = "y" }', "'settings' change nothing of a run"),
        (TABLE + "[other]", "write [[system]]"),
    ],
)
def test_a_file_that_does_not_do_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(EvaluationMisused, match=re.escape(words)):
        entries_of(tmp_path, text)


def test_the_table_of_the_project_is_right() -> None:
    entries = read_entries(ROOT / "bench" / "systems.toml")
    assert entries[0] == Entry("wenzheng")
    assert {part for entry in entries for part in entry.off} == set(PARTS)
    places = [entry.system.split(":") for entry in entries if entry.system]
    for file, name in places:
        assert f"\ndef {name}(" in (ROOT / "bench" / file).read_text("utf-8")


# Parts


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SwitchedIndex:
    builder = Builder(tmp_path_factory.mktemp("index"), Words())
    builder.make(NEW)
    opened = SwitchedIndex.open(builder.data_dir, embedder=PairEmbedder(), words=builder.words)
    assert isinstance(opened, SwitchedIndex)
    return opened


@pytest.fixture
def switch(index: SwitchedIndex) -> Iterator[Callable[..., SwitchedIndex]]:
    def switched(*parts: str) -> SwitchedIndex:
        index.off = frozenset(parts)
        return index

    yield switched
    index.off = frozenset()


def test_with_everything_on_the_index_is_the_same(switch: Callable[..., SwitchedIndex]) -> None:
    index = switch()
    for question in QUESTIONS:
        assert index.search(question) == super(SwitchedIndex, index).search(question)


def test_each_part_can_be_missed(switch: Callable[..., SwitchedIndex]) -> None:
    question, narrow = QUESTIONS[0], Scope(frozenset({"jilin"}))
    whole = switch().search(question)
    assert any(p.similarity for hit in whole for p in hit.passages)
    without = switch("meaning").search(question)
    assert not any(p.similarity for hit in without for p in hit.passages)
    assert switch("words").search(question) != whole
    assert switch("words", "meaning").search(question) == []
    assert {hit.policy.policy_id for hit in switch().search(question, where=narrow)} == {"jilin"}
    assert switch("scope").search(question, where=narrow) == whole
    prefer = frozenset({"点"})
    assert switch("kinds").search(question, prefer=prefer) == whole
    assert switch().search(question, prefer=prefer)[0].score > whole[0].score


def test_without_history_a_question_is_the_first() -> None:
    asked: list[GoldRecord] = []

    def keep(record: GoldRecord) -> Reply:
        asked.append(record)
        return perfect(record)

    WithoutHistory(Replies(keep)).answer(RECORDS[2])
    assert asked == [replace(RECORDS[2], history=())]


# Runs


@pytest.fixture(autouse=True)
def unchanged_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may be writing code while the tests run; here that makes no run another one."""
    monkeypatch.setattr("eval.opening.code_hash", lambda: "0")
    monkeypatch.setattr("eval.opening.commit", lambda: "0")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample corpus by the real model, and gold, a system and a table beside it."""
    folder = tmp_path_factory.mktemp("ablation")
    texts = folder / "texts"
    texts.mkdir()
    (texts / "city.txt").write_text(
        "安丘市实施方案\n一、目标\n到2025年，医护比总体达到1：2左右。\n"
        "二、任务\n增加护士配备，由市卫健局负责。\n",
        "utf-8",
    )
    assert main(["--data", str(folder / "data"), "build", str(texts)]) == 0
    write_gold(folder, [RECORDS[0], RECORDS[2], RECORDS[4]])
    (folder / "mine.py").write_text(
        "from tests.sample_gold import Replies, silent\n\n\n"
        "def refuse(settings):\n    return Replies(silent)\n",
        "utf-8",
    )
    (folder / "systems.toml").write_text(
        TABLE + 'off = ["meaning", "history"]\n[[system]]\nname = "c"\nsystem = "mine.py:refuse"\n'
        '[[system]]\nname = "d"\nrun = "out/a"\n',
        "utf-8",
    )
    return folder


def bench_of(data: Path, out: Path) -> Bench:
    gold = read_gold([data / "sample.jsonl"])
    return Bench(gold, Settings(data=str(data / "data")), out, seed=1)


@pytest.mark.slow
def test_systems_are_run_once_and_compared(data: Path) -> None:
    entries = read_entries(data / "systems.toml")
    bars: list[str] = []

    @contextmanager
    def counted(name: str) -> Iterator[Callable[[int, int], None]]:
        bars.append(name)
        yield lambda _done, _total: None

    bench = bench_of(data, data / "out")
    first = ablate(entries, bench, beside=data, progress=counted)
    assert bars == ["a", "b", "c"]
    again = ablate(entries, bench, beside=data, progress=counted)
    assert bars == ["a", "b", "c"]
    assert first == again
    assert [each.b.name for each in again.others] == ["b", "c", "d"]
    assert read_run(data / "out" / "b").manifest.settings["off"] == "history meaning"
    assert all(change.difference.difference == 0 for change in again.others[2].overall)
    changes = {change.measure: change.difference.difference for change in again.others[1].overall}
    assert changes["false_refusal"] > 0


@pytest.mark.slow
def test_a_folder_of_another_run_is_left_alone(data: Path, tmp_path: Path) -> None:
    entries = read_entries(data / "systems.toml")[2:3]
    ablate(entries, bench_of(data, tmp_path), beside=data, progress=unseen)
    other = replace(bench_of(data, tmp_path), seed=2)
    with pytest.raises(RunUnusable, match="a run with another 'seed' is there"):
        ablate(entries, other, beside=data, progress=unseen)


@pytest.mark.slow
def test_an_index_that_changed_between_two_systems_is_noticed(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def changing(opened: Opened, gold: Gold, *, name: str, seed: int, workers: int) -> RunManifest:
        made.append(name)
        found = manifest_of(opened, gold, name=name, seed=seed, workers=workers)
        return replace(found, corpus={**found.corpus, "clauses_sha256": str(len(made))})

    monkeypatch.setattr(ablation, "manifest_of", changing)
    entries = [Entry("c", system="mine.py:refuse"), Entry("e", system="mine.py:refuse")]
    with pytest.raises(RunUnusable, match=r"the index changed .* before e; delete"):
        ablate(entries, bench_of(data, tmp_path), beside=data, progress=unseen)


@pytest.mark.slow
def test_gold_of_another_corpus_is_refused(data: Path, tmp_path: Path) -> None:
    gold = read_gold([write_gold(tmp_path / "gold")])
    bench = replace(bench_of(data, tmp_path / "out"), gold=gold)
    with pytest.raises(GoldInvalid, match="a: the gold does not fit its corpus"):
        ablate([Entry("a"), Entry("b")], bench, beside=data, progress=unseen)
    assert not (tmp_path / "out").exists()


# The table


def test_every_system_stands_in_the_table_with_its_intervals(tmp_path: Path) -> None:
    found = made(tmp_path, best=perfect, worst=wrong, mute=silent)
    lines = lines_of(found)
    assert [line.name for line in lines] == ["best", "worst", "mute"]
    assert lines[0].changes == {}
    change = lines[1].changes["hit@1"].difference
    assert (change.a, change.b, change.difference) == (1, 0, -1)
    files = write_ablation(found, tmp_path / "out", language="en")
    page, markdown, table = (path.read_text("utf-8") for path in files)
    for text in (page, markdown.replace("\\", ""), "\n".join(terminal_lines(found))):
        for name in ("best", "worst", "mute"):
            assert name in text
        assert "[−1.000, −1.000]" in html.unescape(text)
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert {row["system"] for row in rows} == {"best", "worst", "mute"}
    (row,) = (r for r in rows if r["system"] == "worst" and r["measure"] == "hit@1")
    assert (row["difference"], row["difference_low"]) == ("'-1", "'-1")


def test_the_columns_are_measures() -> None:
    assert set(COLUMNS) <= set(MEASURES)


@pytest.mark.browser
@pytest.mark.slow
def test_the_page_can_be_read(tmp_path: Path) -> None:
    found = made(tmp_path, a=perfect, b=wrong)
    # Four questions are too few for anything to be significant.
    first, *rest = found.others[0].overall
    marked = replace(found.others[0], overall=(replace(first, verdict="worse"), *rest))
    page_file = write_ablation(replace(found, others=(marked,)), tmp_path / "out")[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        page = browser.new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(page_file.as_uri())
        assert page.locator("tbody tr").count() == 2
        assert page.inner_text("td.worse").endswith("▼ −1.000\n[−1.000, −1.000]")
        assert page.evaluate(LOW_CONTRAST) == []
        assert problems == []
        browser.close()


# The commands


def run_command(*arguments: str, settings: Settings | None = None) -> tuple[int, list[str]]:
    parser = argparse.ArgumentParser()
    add_report_commands(parser.add_subparsers())
    options = parser.parse_args(arguments)
    lines: list[str] = []
    command = REPORT_COMMANDS[options.evaluate]
    return command(options, settings or Settings(), lines.append, unseen), lines


def test_a_report_stands_beside_its_run(tmp_path: Path) -> None:
    make_run(tmp_path / "run", wrong)
    status, lines = run_command("report", str(tmp_path / "run"), "--language", "en")
    assert status == 0
    names = ["report.html", "report.md", "measures.csv", "questions.csv"]
    assert [Path(line).name for line in lines] == names
    assert all(Path(line).parent == tmp_path / "run" / "report" for line in lines)


@pytest.mark.slow
def test_an_ablation_is_one_command(data: Path, tmp_path: Path) -> None:
    text = (data / "systems.toml").read_text("utf-8").rpartition("[[system]]")[0]
    (data / "three.toml").write_text(text, "utf-8")
    status, lines = run_command(
        *("ablate", str(data / "three.toml"), "--gold", str(data / "sample.jsonl")),
        *("--out", str(tmp_path)),
        settings=Settings(data=str(data / "data")),
    )
    assert status == 0
    assert [Path(line).name for line in lines[-3:]] == [
        "ablation.html",
        "ablation.md",
        "ablation.csv",
    ]
    assert "b" in (tmp_path / "ablation.md").read_text("utf-8")


@pytest.mark.slow
def test_a_sheet_goes_in_and_a_report_comes_out(data: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (
        ("问题", "标准答案", "依据条款"),
        ("医护比多少？", "1：2", "到2025年，医护比总体达到"),
    ):
        book.worksheets[0].append(line)
    book.save(tmp_path / "q.xlsx")
    settings = Settings(data=str(data / "data"))
    out = tmp_path / "out"
    status, lines = run_command(
        "sheet", str(tmp_path / "q.xlsx"), "--out", str(out), settings=settings
    )
    assert status == 0
    assert Path(lines[-4]) == out / "report.html"
    assert json.loads((out / "gold.jsonl").read_text("utf-8"))["answer"] == "1：2"
    book.worksheets[0]["C2"] = "没有这一条款"
    book.save(tmp_path / "bad.xlsx")
    status, lines = run_command(
        "sheet", str(tmp_path / "bad.xlsx"), "--out", str(out), settings=settings
    )
    assert status == 1
    assert lines[0].startswith("bad.xlsx, sheet 'Sheet', row 2, column C: no clause is, or says,")


def test_a_template_and_candidates_are_written(tmp_path: Path) -> None:
    template, answers = tmp_path / "t.xlsx", tmp_path / "a.jsonl"
    assert run_command("sheet", "--template", str(template)) == (0, [str(template)])
    with pytest.raises(EvaluationMisused, match="name a sheet and --out DIR"):
        run_command("sheet")
    answers.write_text('{"question": "医护比？", "text": "1：3"}\n', "utf-8")
    status, lines = run_command("candidates", str(answers), "--out", str(tmp_path / "c.xlsx"))
    assert (status, lines) == (0, [f"{tmp_path / 'c.xlsx'}: 1 questions to correct"])
    answers.write_text("[]\n", "utf-8")
    with pytest.raises(GoldInvalid, match=r"a\.jsonl, line 1: no 'question'"):
        run_command("candidates", str(answers), "--out", str(tmp_path / "c.xlsx"))
