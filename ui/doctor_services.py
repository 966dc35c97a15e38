"""What `wenzheng doctor` looks at around the index: other servers, programs, the records."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from urllib.parse import urlsplit

from assistant.model import ModelFailedError, model_of
from assistant.settings import SettingInvalid, Settings
from assistant.tracing import is_traced, switch_off_tracing
from corpus.office import find_office
from index.errors import IndexingError
from index.schema import Embedder
from index.snapshot import VECTORS
from index.store import DataFolder
from index.vector_store import VectorStore
from ui.doctor_schema import Finding, one_line
from ui.records_schema import RecordsError
from ui.records_store import FILE_NAME, revisions

_MODEL_SECONDS = 20  # a check must not take as long as an answer may
_GREETING = "你好"


def look_at_language_model(settings: Settings) -> Finding:
    """Whether the language model answers, where one is set; its key is never shown."""
    if not settings.llm_url:
        return Finding("language_model", "ok", "llm_none")
    timeout = str(min(_MODEL_SECONDS, int(settings.llm_timeout)))
    try:
        model = model_of(replace(settings, llm_timeout=timeout))
    except SettingInvalid as error:
        return Finding("language_model", "fail", "setting_invalid", {"error": one_line(error)})
    assert model is not None
    facts = {"url": shown_address(settings.llm_url), "model": settings.llm_model}
    try:
        with closing(model.reply([("user", _GREETING)])) as pieces:
            next(pieces, "")
    except ModelFailedError as failure:
        return Finding("language_model", "warn", f"llm_{failure.reason}", facts)
    return Finding("language_model", "ok", "llm", facts)


def look_at_vectors(settings: Settings, embedder: Embedder | None) -> Finding:
    """Whether the Chroma server holds the vectors, where one is set."""
    if not settings.chroma_url:
        return Finding("vectors", "ok", "chroma_inside")
    facts = {"url": shown_address(settings.chroma_url)}
    if embedder is None:
        return Finding("vectors", "warn", "chroma_unasked", facts)
    data = DataFolder(settings.data_folder)
    try:
        manifest, _ = data.read_manifest()
        store = VectorStore(
            data.generation(manifest.generation) / VECTORS,
            fingerprint=manifest.fingerprint,
            url=settings.chroma_url,
            namespace=manifest.namespace,
        )
        with closing(store):
            count = store.count()
    except IndexingError as error:
        return Finding("vectors", "fail", "chroma_failed", facts | {"error": one_line(error)})
    facts |= {"count": str(count), "chunks": str(manifest.counts["chunks"])}
    lacks = count < manifest.counts["chunks"]
    return Finding(
        "vectors", "fail" if lacks else "ok", "chroma_lacks" if lacks else "chroma", facts
    )


def look_at_office() -> Finding:
    """Whether older word processors' files can be read."""
    program = find_office()
    if program is None:
        return Finding("office", "warn", "office_none")
    return Finding("office", "ok", "office", {"program": program})


def look_at_recognition() -> Finding:
    """Whether scanned pages can be read."""
    found = find_spec("rapidocr") is not None
    return Finding("recognition", "ok" if found else "warn", "ocr" if found else "ocr_none")


def look_at_records(settings: Settings) -> Finding:
    """Whether the database of the records opens, and is of this version; nothing is changed."""
    path = settings.data_folder / FILE_NAME
    url = settings.records_url.reveal()
    facts = {"place": "WENZHENG_RECORDS_URL" if url else str(path)}
    if not url and not path.exists():
        return Finding("records", "ok", "records_none", facts)
    try:
        current, newest = revisions(url, folder=settings.data_folder)
    except (RecordsError, OSError) as error:
        return Finding("records", "fail", "records_failed", facts | {"error": one_line(error)})
    facts |= {"revision": current or "0", "newest": newest or "0"}
    if current != newest:
        return Finding("records", "warn", "records_old", facts)
    return Finding("records", "ok", "records", facts)


def look_at_telemetry() -> Finding:
    """Whether a library would send traces in spite of all."""
    switch_off_tracing()
    is_on = is_traced()
    return Finding("telemetry", "fail" if is_on else "ok", "traced" if is_on else "telemetry")


def shown_address(url: str) -> str:
    """An address without user, password and query, which may hold what must not be shown."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "?"
    return f"{parts.scheme}://{parts.hostname or '?'}{port}{parts.path}"
