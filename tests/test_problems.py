"""What is wrong with documents and builds is said in Chinese, whichever module finds it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import errors as corpus_errors
from corpus.pdf import _INSTALL
from ui.problems import problem_html, translated
from ui.text import EN, ZH

ROOT = Path(__file__).parent.parent
HOSTILE = "<img src=x onerror=alert(1)>"
IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
ERRORS = {name for name, kind in vars(corpus_errors).items() if isinstance(kind, type)} - {
    "AddressUnknown",  # asked for on the command line only
}
RAISED = ERRORS | {"RebuildFailed", "IndexBusy", "problems.append"}
MODULES = [
    *sorted((ROOT / "corpus").glob("*.py")),
    *(ROOT / name for name in ("ui/rebuilding.py", "ui/upload_reading.py", "index/lock.py")),
]


def written(node: ast.expr) -> str:
    """The text of an error as it may come: a word for everything that differs."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(map(written, node.values))
    if isinstance(node, ast.FormattedValue) and ast.unparse(node.value) == "_INSTALL":
        return _INSTALL
    return "7"


def said() -> Iterator[str]:
    """Every error that a document or a build can end with, but those that pass another one on."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in RAISED and node.args:
                text = written(node.args[0])
                if text == "7: 7; rename the file":
                    text = "7: a policy '7' is in already; rename the file"
                if len(text.replace("7", "").strip(": ")) > 1:
                    yield text


@pytest.mark.parametrize("line", sorted(set(said())))
def test_every_problem_is_said_in_chinese(line: str) -> None:
    shown = translated(line, ZH)
    assert shown is not None
    assert IDEOGRAPH.search(shown)
    assert translated(f"目录/文件.pdf: {line}", ZH) is not None


def test_names_and_numbers_are_taken_over() -> None:
    line = "红头.pdf: it has 4000 pages, more than 3000; split it"
    assert translated(line, ZH) == "红头.pdf: 共 4000 页，超过上限 3000 页，请拆分"
    assert translated(line, EN) == line


@given(st.sampled_from([ZH, EN]), st.text(max_size=40) | st.just(f"{HOSTILE}: the file is empty"))
def test_whatever_a_file_is_called_is_text(wording: object, name: str) -> None:
    for line in (name, f"{name}: the file is empty; get it again"):
        assert "<img" not in problem_html(line, ZH if wording is ZH else EN)
