"""From options to what is evaluated, the corpus it is held against, and what pins both."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.opening import open_assistant, open_index
from assistant.settings import Settings
from eval.endpoint import ChatRival, RunningWenzheng, Server, chat_url, wenzheng_url
from eval.errors import EvaluationMisused
from eval.provenance import code_hash, commit, machine, pinned
from eval.schema import Corpus, Gold, RunManifest, System
from eval.systems import (
    WENZHENG,
    Wenzheng,
    corpus_of,
    index_corpus,
    load_system,
    with_settings,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A system that is ready to be asked; ``model`` embeds for it, or answers."""

    system: System
    corpus: Corpus
    settings: Mapping[str, str]
    model: str


def open_system(options: argparse.Namespace, settings: Settings) -> Opened:
    """What ``--system``, ``--set``, ``--endpoint`` and ``--model`` name.

    Raises:
        EvaluationMisused: options that exclude each other, or name something that is not there.
        SystemFailed, IndexingError: it cannot be opened.
    """
    if options.endpoint:
        return _open_endpoint(options, settings)
    if options.model or options.key_file:
        raise EvaluationMisused("--model and --key-file belong to --endpoint URL; add it")
    changed = with_settings(settings, options.set)
    if options.system != WENZHENG:
        return _open_file(options.system, changed)
    index = open_index(changed)
    system = Wenzheng(open_assistant(index, changed))
    return Opened(system, index_corpus(index), pinned(asdict(changed)), index.embedder.fingerprint)


def manifest_of(
    opened: Opened, gold: Gold, *, name: str = "", seed: int, workers: int
) -> RunManifest:
    """What a run is made of; ``name`` is what a table calls the system, where it does."""
    corpus = opened.corpus
    read = repr(corpus.policies).encode("utf-8", "replace")
    return RunManifest(
        system=name or opened.system.name,
        settings=opened.settings,
        gold=gold.files,
        split=gold.split,
        commit=commit(),
        code=code_hash(),
        corpus={
            "sha256": corpus.sha256,
            "policies": len(corpus.policies),
            "clauses": corpus.clauses,
            # The same files read by other code give other clauses.
            "clauses_sha256": hashlib.sha256(read).hexdigest(),
        },
        model=opened.model,
        seed=seed,
        machine=machine(),
        workers=workers,
    )


def _open_endpoint(options: argparse.Namespace, settings: Settings) -> Opened:
    """A server; the corpus that it is held against is the one of this machine."""
    if options.set or options.system != WENZHENG:
        raise EvaluationMisused("--endpoint has its own system and settings; leave those out")
    corpus, _ = corpus_of([], settings)
    key = _key(options.key_file)
    if options.model:
        server = Server(chat_url(options.endpoint), key)
        system: System = ChatRival(server, model=options.model)
    else:
        server = Server(wenzheng_url(options.endpoint), key)
        system = RunningWenzheng(server)
    pins = pinned({"endpoint": server.url})
    return Opened(system, corpus, pins, options.model or "")


def _open_file(place: str, settings: Settings) -> Opened:
    """A system of somebody's own file; the file is pinned with the settings."""
    system = load_system(place, settings)
    corpus, _ = corpus_of([], settings)
    content = Path(place.rpartition(":")[0]).read_bytes()
    pins = {
        **pinned(asdict(settings)),
        "system_file": place,
        "system_sha256": hashlib.sha256(content).hexdigest(),
    }
    return Opened(system, corpus, pins, settings.embedding_model)


def _key(file: str | None) -> str:
    """The first line of the file that holds a key; empty without a file."""
    if not file:
        return ""
    path = Path(file)
    if not path.is_file():
        raise EvaluationMisused(f"{path}: no such file; write the key into it")
    key = path.read_text(encoding="utf-8-sig").strip().split("\n")[0].strip()
    if not key.isascii() or not key:
        raise EvaluationMisused(f"{path}: its first line is no key; write the key there, in ASCII")
    return key
