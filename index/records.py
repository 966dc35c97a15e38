"""Frozen records as lines of JSON and back, by their type hints alone.

A field that a later version adds needs no change here, only a new version of the index.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Iterable
from typing import Any, TypeVar

Record = TypeVar("Record")


def write_lines(records: Iterable[Any]) -> bytes:
    """One record a line, UTF-8; text that is not valid Unicode survives."""
    lines = (
        json.dumps(dataclasses.asdict(record), ensure_ascii=False, separators=(",", ":")) + "\n"
        for record in records
    )
    return "".join(lines).encode("utf-8", errors="surrogatepass")


def read_lines(kind: type[Record], content: bytes) -> list[Record]:
    """What `write_lines` wrote, as records of that kind.

    Raises:
        ValueError: a line is not such a record.
    """
    # Only at line feeds: JSON leaves the other line ends of Unicode as they are.
    lines = content.decode("utf-8", errors="surrogatepass").split("\n")
    try:
        return [_restored(kind, json.loads(line)) for line in lines if line]
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error


def _restored(kind: Any, value: Any) -> Any:  # noqa: ANN401 — any type hint, any JSON
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _restored(hints[name], part) for name, part in value.items()})
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        if arguments[-1] is Ellipsis:
            return tuple(_restored(arguments[0], part) for part in value)
        return tuple(_restored(a, part) for a, part in zip(arguments, value, strict=True))
    if typing.get_origin(kind) in (types.UnionType, typing.Union) and value is not None:
        return _restored(arguments[0], value)
    return value


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
