"""`wenzheng keys | users | records` as people and scripts call them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.schema import Question
from assistant.settings import Settings
from tests.sample_service import RATIO_QUESTION, SampleService
from ui.cli import main
from ui.records import open_records

FORMULA = '=HYPERLINK("http://x.example")'


@pytest.fixture(scope="module")
def sample() -> SampleService:
    return SampleService()


def run(data: Path, *arguments: str) -> int:
    try:
        return main(["--data", str(data), *arguments])
    except SystemExit as ended:
        return int(ended.code or 0)


def fill(data: Path, sample: SampleService) -> None:
    """A conversation of two turns, an opinion on the second, and both in the log."""
    records = open_records(Settings(data=str(data)))
    conversation = records.conversations.create("user:anna", "医护比")
    for question in (FORMULA, RATIO_QUESTION):
        answer = replace(sample.ask(Question(RATIO_QUESTION)), question=question)
        records.conversations.append("user:anna", conversation.id, answer)
        records.audit.add(answer, who="user:anna", channel="chat")
    *_, turn = records.conversations.turns("user:anna", conversation.id)
    records.feedback.add("user:anna", turn.id, "down", reason="-1", clause_id="p/2")
    records.close()


def test_a_key_is_shown_once_listed_and_revoked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "keys", "create", "门户", "--scope", "ask", "--days", "7") == 0
    created = capsys.readouterr()
    secret = created.out.strip()
    assert secret.startswith("wz_")
    assert "not shown again" in created.err
    assert run(tmp_path, "keys", "list", "--json") == 0
    listed = capsys.readouterr().out
    (row,) = json.loads(listed)
    assert (row["name"], row["scopes"], row["revoked"]) == ("门户", ["ask"], None)
    assert secret.split("_")[2] not in listed
    assert run(tmp_path, "keys", "revoke", row["id"]) == 0
    assert run(tmp_path, "keys", "list") == 0
    assert "revoked" in capsys.readouterr().out


def test_a_user_is_added_with_a_password_that_no_shell_remembers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a long password\n"))
    assert run(tmp_path, "users", "add", "anna", "--role", "administrator") == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("another password\n"))
    assert run(tmp_path, "users", "password", "anna") == 0
    assert run(tmp_path, "users", "list", "--json") == 0
    output = capsys.readouterr().out
    (row,) = json.loads(output.splitlines()[-1])
    assert (row["name"], row["role"]) == ("anna", "administrator")
    assert "password" not in row
    assert run(tmp_path, "users", "remove", "anna") == 0
    assert run(tmp_path, "users", "remove", "anna") == 1


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["keys"], 2, ("PART",)),
        (["keys", "create", "x", "--scope", "all"], 2, ("all", "admin")),
        (["keys", "create", "x", "--days", "0"], 2, ("'0'",)),
        (["keys", "revoke", "nothing"], 1, ("nothing", "wenzheng keys list")),
        (["users", "remove", "nobody"], 1, ("nobody", "wenzheng users list")),
        (["records", "export"], 2, ("--what",)),
        (["records", "export", "--what", "secrets"], 2, ("secrets",)),
        (["records", "export", "--what", "audit", "--out", "no/such/folder/x"], 2, ("folder",)),
    ],
)
def test_wrong_use_is_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    words: tuple[str, ...],
) -> None:
    assert run(tmp_path, *arguments) == status
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert all(word in error for word in words)


def test_a_short_password_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert run(tmp_path, "users", "add", "anna") == 2
    error = capsys.readouterr().err
    assert "10" in error
    assert "short\n" not in error


@pytest.mark.parametrize("what", ["audit", "chats", "feedback", "candidates"])
def test_records_are_exported_as_lines_of_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sample: SampleService, what: str
) -> None:
    fill(tmp_path, sample)
    assert run(tmp_path, "records", "export", "--what", what) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == (2 if what in ("audit", "chats") else 1)
    assert rows[-1]["question"] == RATIO_QUESTION


@pytest.mark.parametrize("what", ["audit", "chats", "feedback"])
def test_records_are_exported_as_csv_that_a_spreadsheet_does_not_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sample: SampleService, what: str
) -> None:
    fill(tmp_path, sample)
    out = tmp_path / "out.csv"
    assert (
        run(tmp_path, "records", "export", "--what", what, "--format", "csv", "--out", str(out))
        == 0
    )
    capsys.readouterr()
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert out.stat().st_mode & 0o077 == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
    assert rows[-1]["question"] == RATIO_QUESTION
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    if what == "feedback":
        assert (rows[0]["reason"], rows[0]["history"]) == ("'-1", f"'{FORMULA}")


def test_objections_become_a_sheet_to_correct(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sample: SampleService
) -> None:
    fill(tmp_path, sample)
    lines, sheet = tmp_path / "candidates.jsonl", tmp_path / "candidates.xlsx"
    assert run(tmp_path, "records", "export", "--what", "candidates", "--out", str(lines)) == 0
    assert run(tmp_path, "eval", "candidates", str(lines), "--out", str(sheet)) == 0
    capsys.readouterr()
    rows = list(load_workbook(sheet).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    cells = [str(cell) for cell in rows[-1] if cell]
    assert RATIO_QUESTION in cells
    assert any("p/2" in cell for cell in cells)


def test_old_records_are_deleted_on_demand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sample: SampleService
) -> None:
    fill(tmp_path, sample)
    assert run(tmp_path, "records", "forget", "--days", "1") == 0
    assert capsys.readouterr().out.startswith("0 ")
