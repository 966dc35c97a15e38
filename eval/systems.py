"""What can be evaluated in this process: Wenzheng itself, and systems of somebody's own file.

Servers are asked by ``endpoint``.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from dataclasses import asdict, fields
from pathlib import Path

from assistant.chain import Assistant
from assistant.hit_rows import hit_row
from assistant.opening import open_index
from assistant.schema import Question
from assistant.settings import SettingInvalid, Settings
from corpus.library import read_library, shipped_documents
from eval.errors import EvaluationMisused, SystemFailed
from eval.schema import Corpus, GoldRecord, Json, Reply, System
from index.errors import IndexMissing
from index.search import HybridIndex

TOP = 10
WENZHENG = "wenzheng"


class Wenzheng:
    """The assistant over the index of a data folder, asked as every interface asks it."""

    name = WENZHENG

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def answer(self, record: GoldRecord) -> Reply:
        """Ask, with the clock running; then look up what the answer could choose from."""
        question = Question(record.question, record.id, record.history)
        started = time.perf_counter()
        answer = self._assistant.ask(question)
        seconds = time.perf_counter() - started
        hits = [hit_row(hit) for hit in self._assistant.find(question, top_k=TOP)]
        # Through JSON, so that what is scored is what an interface would give.
        plain: Json = json.loads(json.dumps(asdict(answer)))
        return plain, hits, round(seconds, 4)


def index_corpus(index: HybridIndex) -> Corpus:
    """The documents and policies that an index holds."""
    return Corpus.of(index.documents.values(), index.policies.values())


def corpus_of(paths: list[Path], settings: Settings) -> tuple[Corpus, str]:
    """The corpus to hold gold against, and where it is from.

    The files named; without any those of the index, or the shipped ones where there is no index.

    Raises:
        EvaluationMisused: there is no such file, or one cannot be read.
    """
    if not paths:
        try:
            return index_corpus(open_index(settings)), f"the index in {settings.data_folder}"
        except IndexMissing:
            paths = [shipped_documents()]
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise EvaluationMisused(f"{missing[0]}: no such file or folder; check the path")
    library = read_library(paths)
    if library.problems:
        raise EvaluationMisused(library.problems[0])
    return Corpus.of(library.documents, library.policies), ", ".join(map(str, paths))


def load_system(place: str, settings: Settings) -> System:
    """A system from somebody's own file, ``FILE.py:NAME``: NAME takes settings and gives a system.

    Raises:
        EvaluationMisused: there is no such file, or no such name in it.
        SystemFailed: the file cannot be loaded.
    """
    file, _, name = place.rpartition(":")
    path = Path(file)
    if not file.endswith(".py") or not name:
        raise EvaluationMisused(f"there is no system '{place}'; use {WENZHENG}, or FILE.py:NAME")
    if not path.is_file():
        raise EvaluationMisused(f"{path}: no such file; check the path")
    module_name = f"evaluated_{path.stem}"
    spec = importlib.util.spec_from_file_location(module_name, path)
    if spec is None or spec.loader is None:
        raise SystemFailed(f"{path} cannot be loaded; it must be a Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    factory = getattr(module, name, None)
    if factory is None:
        raise EvaluationMisused(f"{path} has no '{name}'; name a function that it has")
    system: System = factory(settings)
    return system


def with_settings(settings: Settings, changes: list[str]) -> Settings:
    """Settings with ``KEY=VALUE`` changed, KEY as in the environment or as the field is called.

    Raises:
        EvaluationMisused: not KEY=VALUE, no such setting, or a value that cannot be used.
    """
    keys = {entry.name: str(entry.metadata["key"]) for entry in fields(settings)}
    plain = asdict(settings) | {"llm_key": settings.llm_key.reveal()}
    values = {keys[name]: str(value) for name, value in plain.items()}
    for change in changes:
        name, equals, value = change.partition("=")
        key = keys.get(name, name)
        if not equals or key not in values:
            known = ", ".join(keys)
            raise EvaluationMisused(f"'{change}' is not KEY=VALUE of a setting; known: {known}")
        values[key] = value
    try:
        return Settings.from_environment(values)
    except SettingInvalid as error:
        raise EvaluationMisused(str(error)) from error
