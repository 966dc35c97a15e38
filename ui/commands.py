"""What the commands do, by name; each takes options, settings and where its lines go."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from assistant.chain import Assistant
from assistant.opening import open_assistant, open_index
from assistant.settings import Settings
from corpus.library import Library, read_library, shipped_documents
from index.errors import IndexMissing
from ui.asking import ask, dump, search
from ui.listing import outline, policies, show
from ui.opening import build_library
from ui.rebuilding import library_with_uploads, rebuild
from ui.status import FAILED, Print, UsageError
from ui.upload_choices import Choices


def build(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Read documents, make the index, and report what was left out."""
    named = [Path(path) for path in options.paths]
    missing = [path for path in named if not path.exists()]
    if missing:
        raise UsageError(f"{missing[0]}: no such file or folder; check the path")
    library = read_library(named) if named else _shipped(settings)
    for problem in library.problems:
        sys.stderr.write(f"wenzheng: {problem}\n")
    if not library.policies:
        place = named[0] if named else shipped_documents()
        raise UsageError(f"{place}: nothing in it can be read; the index is unchanged")
    report = build_library(library, settings)
    Choices(settings.data_folder / "documents").note_sources(named)
    if options.json:
        line(dump({**asdict(report), "problems": list(library.problems)}))
    else:
        line(
            f"{report.policies} policies, {report.clauses} clauses, {report.chunks} passages: "
            f"{report.embedded} embedded, {report.reused} kept, in {report.seconds:.1f} s"
        )
    return FAILED if library.problems else 0


def serve(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Serve the chat; where there is no index yet, the shipped texts are indexed meanwhile."""
    from ui.api import WebSettings, create_app
    from ui.api import serve as serve_app
    from ui.preparing import LateAssistant
    from ui.records import open_records
    from ui.text import WORDINGS

    def opened() -> Assistant:
        return open_assistant(open_index(settings), settings)

    web_settings = WebSettings.of(settings)
    late = LateAssistant(
        opens=opened,
        builds=partial(rebuild, settings.data_folder),
        wording=WORDINGS[web_settings.language],
        tells=line,
    )
    try:
        late.arrived(opened())
    except IndexMissing:
        line("no index yet: the shipped documents are read while the server listens already")
        late.start()
    records = open_records(settings)
    try:
        app = create_app(late, settings=web_settings, records=records, preparing=late.preparing)
        serve_app(app, host=options.host, port=options.port, on_ready=line)
    finally:
        records.close()
    return 0


def _shipped(settings: Settings) -> Library:
    """The shipped documents, and those that administrators put live in this data folder."""
    return library_with_uploads([shipped_documents()], settings.data_folder)


COMMANDS: dict[str, Callable[[argparse.Namespace, Settings, Print], int]] = {
    "build": build,
    "ask": ask,
    "search": search,
    "serve": serve,
    "policies": policies,
    "outline": outline,
    "show": show,
}
