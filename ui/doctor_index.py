"""What `wenzheng doctor` looks at in the data folder, and the models that search needs."""

from __future__ import annotations

import hashlib
import platform
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from assistant.opening import NO_JUDGE, embedder_of, judge_folder, judge_of
from assistant.settings import Settings
from corpus.library import readable_files, shipped_documents
from corpus.schema import Document
from index.embedding import bundled_model
from index.errors import EmbeddingFailed, IndexingError, IndexMissing
from index.making import Wanted, check_making, making
from index.model_card import card_of, unlike_card
from index.onnx_model import is_onnx_model
from index.records import read_records
from index.schema import BUNDLED_MODEL, Embedder
from index.store import DataFolder, Manifest
from index.words import Words
from ui.doctor_schema import Finding, one_line
from ui.upload_choices import Choices
from ui.upload_names import name_key
from ui.uploads import Uploads

GIGABYTE = 10**9
LEAST_FREE = 0.2  # gigabytes without which nothing can be written
COMFORTABLE_FREE = 2.0  # two generations and the cache of vectors, of some 100,000 clauses
_PROBE = "医护比"  # any words: what counts is that a vector comes back


def look_at_program() -> Finding:
    """The version of the program, and of Python."""
    facts = {"version": version("wenzheng"), "python": platform.python_version()}
    return Finding("program", "ok", "program", facts)


def look_at_data(settings: Settings) -> Finding:
    """Whether the data folder can be written, and how much room there is."""
    folder = settings.data_folder.absolute()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    facts = {"folder": str(folder)}
    try:
        with tempfile.TemporaryFile(dir=existing) as file:
            file.write(b"\0" * 4096)
        free = shutil.disk_usage(existing).free / GIGABYTE
    except OSError as error:
        return Finding("data", "fail", "data_unwritable", facts | {"error": one_line(error)})
    facts["free"] = f"{free:.1f}"
    if free < LEAST_FREE:
        return Finding("data", "fail", "data_full", facts)
    if existing != folder:
        return Finding("data", "warn", "data_missing", facts)
    if free < COMFORTABLE_FREE:
        return Finding("data", "warn", "data_tight", facts)
    return Finding("data", "ok", "data", facts)


def look_at_embedding(settings: Settings) -> tuple[Finding, Embedder | None]:
    """Whether the embedding model is whole and embeds; the model, if it does."""
    name = settings.embedding_model
    folder = bundled_model("retriever") if name == BUNDLED_MODEL else Path(name)
    has_files = name == BUNDLED_MODEL or is_onnx_model(folder)
    is_local = not settings.embedding_url and has_files
    source = str(folder) if is_local else settings.embedding_url and "WENZHENG_EMBEDDING_URL"
    facts = {"model": name, "source": source or name}
    wrong = unlike_card(folder) if is_local else []
    if wrong:
        facts["files"] = ", ".join(wrong)
        return Finding("embedding", "fail", "model_unlike_card", facts), None
    try:
        embedder = embedder_of(settings)
        embedder.embed_query(_PROBE)
    except (EmbeddingFailed, OSError) as error:
        facts["error"] = one_line(error)
        return Finding("embedding", "fail", "model_failed", facts), None
    facts |= {"model": embedder.fingerprint, "dimensions": str(embedder.dimensions)}
    key = "model_as_card" if is_local and card_of(folder) else "model"
    return Finding("embedding", "ok", key, facts), embedder


def look_at_judge(settings: Settings) -> Finding:
    """Whether the judge is whole and loads, where there is to be one."""
    if settings.judge == NO_JUDGE:
        return Finding("judge", "ok", "judge_none")
    folder = judge_folder(settings)
    facts = {"model": settings.judge, "source": str(folder)}
    wrong = unlike_card(folder)
    if wrong:
        facts["files"] = ", ".join(wrong)
        return Finding("judge", "fail", "model_unlike_card", facts)
    try:
        judge = judge_of(settings)
        judged = judge.score(_PROBE, [_PROBE]) if judge else ()
    except (EmbeddingFailed, OSError) as error:
        return Finding("judge", "fail", "model_failed", facts | {"error": one_line(error)})
    assert judge is not None
    return Finding("judge", "ok", "judge", {"model": judge.fingerprint, "judged": len(judged)})


def look_at_index(settings: Settings, embedder: Embedder | None) -> Finding:
    """Whether there is an index, whole, made by this program, and of the documents as they are."""
    data = DataFolder(settings.data_folder)
    try:
        manifest, _ = data.read_manifest()
        facts = {**manifest.counts, "generation": manifest.generation, "built": manifest.built_at}
        facts["model"] = manifest.fingerprint
        data.check_files(manifest)
        if embedder is not None:
            wanted = Wanted(embedder.fingerprint, settings.chroma_url or None, making(Words()))
            check_making(manifest, wanted, place=data.path)
        facts |= _stale(settings, data, manifest)
    except IndexMissing as error:
        return Finding("index", "fail", "index_missing", {"error": one_line(error)})
    except (IndexingError, OSError, ValueError) as error:
        return Finding("index", "fail", "index_broken", {"error": one_line(error)})
    if facts["changed"] or facts["gone"] or facts["new"]:
        return Finding("index", "warn", "index_stale", facts)
    return Finding("index", "ok", "index", facts)


def _stale(settings: Settings, data: DataFolder, manifest: Manifest) -> dict[str, int]:
    """How many files changed since the build, are gone, or are not in the index."""
    path = data.generation(manifest.generation) / "documents.jsonl"
    indexed = {name_key(d.name): d.sha256 for d in read_records(Document, path)}
    there = dict(_files_there(settings))
    both = indexed.keys() & there.keys()
    left_out = Uploads(settings.data_folder).choices.left_out()
    kept_out = {name_key(name) for name in left_out}
    return {
        "changed": sum(indexed[name] != there[name] for name in both),
        "gone": len(indexed.keys() - there.keys()),
        "new": len(there.keys() - indexed.keys() - kept_out),
    }


def _files_there(settings: Settings) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of every file that a build would read; uploaded ones come last and win."""
    uploads = Uploads(settings.data_folder)
    sources = Choices(settings.data_folder / "documents").sources() or [shipped_documents()]
    live = [uploads.live_folder] if uploads.live_folder.is_dir() else []
    for path in (*readable_files(sources), *readable_files(live)):
        yield name_key(path.name), hashlib.sha256(path.read_bytes()).hexdigest()


def as_facts(facts: Mapping[str, object]) -> dict[str, str]:
    """Facts as they stand in a sentence."""
    return {name: str(value) for name, value in facts.items()}
