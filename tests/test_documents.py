"""The documents for people say what the program does: commands, settings, links, decisions."""

from __future__ import annotations

import dataclasses
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import Settings
from corpus.library import read_library, shipped_documents
from ui.cli import main

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
DECISIONS = ROOT / "docs" / "decisions"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_SHELL_BLOCK = re.compile(r"^```(?:sh|bash)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def commands(path: Path) -> list[str]:
    """The lines of all shell blocks, without comments."""
    lines = "".join(_SHELL_BLOCK.findall(read(path))).splitlines()
    return [line.split("  #")[0].strip() for line in lines if line.strip(" ") and line[0] != "#"]


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.MULTILINE))


def wenzheng_commands() -> set[str]:
    """What `wenzheng --help` lists."""
    run = subprocess.run(
        [sys.executable, "-m", "ui.cli", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(re.findall(r"^    ([a-z]+) ", run.stdout, re.MULTILINE))


document = pytest.mark.parametrize("path", DOCUMENTS, ids=relative)


def test_both_readmes_give_the_same_commands() -> None:
    english, chinese = map(commands, READMES)
    assert english == chinese
    assert english


@pytest.mark.slow
@pytest.mark.parametrize("path", READMES, ids=relative)
def test_the_first_answer_is_the_one_shown(
    path: Path, shipped_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = next(line for line in commands(path) if "wenzheng ask" in line)
    shown = re.search(r"^```text\n(.*?)^```", read(path), re.MULTILINE | re.DOTALL)
    assert main(["--data", str(shipped_data), *shlex.split(command)[1:]]) == 0
    assert shown
    assert capsys.readouterr().out == shown[1]


@document
def test_every_make_target_named_is_there(path: Path) -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", read(path), re.MULTILINE))
    assert named <= make_targets()


def test_every_wenzheng_command_named_is_there() -> None:
    offered = wenzheng_commands()
    for path in DOCUMENTS:
        named = set(re.findall(r"(?:`|^|bin/)wenzheng ([a-z]+)", read(path), re.MULTILINE))
        assert named <= offered, relative(path)


@document
def test_links_lead_somewhere(path: Path) -> None:
    targets = [link.split("#")[0] for link in _LINK.findall(read(path)) if "://" not in link]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_the_settings_table_has_every_setting_and_its_default() -> None:
    rows = re.findall(
        r"^\| `(WENZHENG_[A-Z_]+)` \| (?:`(.*?)`)?[^|]*\|", read(ROOT / "docs/operations.md"), re.M
    )
    assert rows == [
        (field.metadata["key"], field.default) for field in dataclasses.fields(Settings)
    ]


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    records = sorted(DECISIONS.glob("[0-9]*.md"))
    assert [path.name[:4] for path in records] == [f"{n:04}" for n in range(1, len(records) + 1)]
    listed = _LINK.findall(read(DECISIONS / "README.md"))
    assert [name for name in listed if name[:1].isdigit()] == [path.name for path in records]


@pytest.mark.parametrize("path", sorted(DECISIONS.glob("[0-9]*.md")), ids=relative)
def test_a_decision_weighs_options(path: Path) -> None:
    headings = re.findall(r"^## (.+)$", read(path), re.MULTILINE)
    assert headings == ["Context", "Options", "Choice", "Why", "Consequences"]


def test_every_module_is_in_the_architecture_document_and_there() -> None:
    document = read(ROOT / "docs/architecture.md")
    named = set(re.findall(r"`((?:corpus|index|assistant|ui|eval)/[a-z0-9_]+\.py)`", document))
    modules = {
        relative(path)
        for package in ("corpus", "index", "assistant", "ui", "eval")
        for path in (ROOT / package).glob("*.py")
        if path.stem != "__init__"
    }
    assert named == modules


def test_the_glossary_has_every_kind_of_clause() -> None:
    library = read_library([shipped_documents()])
    kinds = {clause.kind for policy in library.policies for clause in policy.clauses}
    described = set(re.findall(r"^\| ([\u4e00-\u9fff]+) \|", read(ROOT / "docs/glossary.md"), re.M))
    assert kinds <= described


def test_the_answer_in_the_contract_quotes_the_shipped_text() -> None:
    blocks = re.findall(r"^```json\n(.*?)^```", read(ROOT / "docs/contracts.md"), re.M | re.S)
    answer = next(block for block in map(json.loads, blocks) if "statements" in block)
    library = read_library([shipped_documents()])
    sources = {document.name: document.text for document in library.documents}
    clauses = {clause.clause_id: clause for policy in library.policies for clause in policy.clauses}
    for citation in answer["citations"]:
        clause = clauses[citation["clause_id"]]
        span = sources[citation["source"]][citation["start"] : citation["end"]]
        assert "".join(span.split()) == citation["quote"]
        assert citation["quote"] in clause.text
        assert (citation["label"], citation["path"]) == (clause.label, list(clause.path))
