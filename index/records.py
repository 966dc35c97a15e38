"""Frozen records as lines of JSON and back, by their type hints alone.

A field that a later version adds needs no change here, only a new version of the index.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

Record = TypeVar("Record")
Restore = Callable[[Any], Any]


def write_records(path: Path, records: Iterable[Any]) -> None:
    """One record a line, UTF-8; text that is not valid Unicode survives."""
    with path.open("wb") as file:
        file.writelines(map(_line, records))


def write_lines(records: Iterable[Any]) -> bytes:
    """What `write_records` writes."""
    return b"".join(map(_line, records))


def read_records(kind: type[Record], path: Path) -> Iterator[Record]:
    """The records of a file, one by one.

    Raises:
        OSError: it cannot be read.
        ValueError: a line is not such a record.
    """
    with path.open("rb") as file:
        yield from _read(kind, file)


def read_lines(kind: type[Record], content: bytes) -> list[Record]:
    """What `write_lines` wrote, as records of that kind.

    Raises:
        ValueError: a line is not such a record.
    """
    # Only at line feeds: JSON leaves the other line ends of Unicode as they are.
    return list(_read(kind, content.split(b"\n")))


def _line(record: Any) -> bytes:  # noqa: ANN401 — any dataclass
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=_by_name)
    return text.encode("utf-8", errors="surrogatepass") + b"\n"


def _by_name(record: Any) -> dict[str, Any]:  # noqa: ANN401 — any dataclass
    kind: Any = type(record)
    return {name: getattr(record, name) for name in _names(kind)}


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _read(kind: type[Record], lines: Iterable[bytes]) -> Iterator[Record]:
    restore = _restore_of(typing.cast(Any, kind))
    try:
        for line in lines:
            text = line.decode("utf-8", errors="surrogatepass").rstrip("\n")
            if text:
                value = json.loads(text)
                yield value if restore is None else restore(value)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error


@functools.cache
def _restore_of(kind: Any) -> Restore | None:  # noqa: ANN401 — any type hint
    """What makes a value of this type of its JSON; None where JSON gives it as it is."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return functools.partial(_restore_record, kind)
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        if arguments[-1] is Ellipsis:
            return functools.partial(_restore_row, _restore_of(arguments[0]))
        return functools.partial(_restore_tuple, tuple(map(_restore_of, arguments)))
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return functools.partial(_restore_optional, _restore_of(arguments[0]))
    return None


def _restore_record(kind: Any, value: dict[str, Any]) -> Any:  # noqa: ANN401 — any dataclass
    given = dict(value)
    for name, restore in _parts(kind):
        if name in given:
            given[name] = restore(given[name])
    return kind(**given)


@functools.cache
def _parts(kind: type) -> tuple[tuple[str, Restore], ...]:
    """The fields that are not what JSON gives; asked for late, as a record may hold its like."""
    found = ((name, _restore_of(hint)) for name, hint in typing.get_type_hints(kind).items())
    return tuple((name, restore) for name, restore in found if restore is not None)


def _restore_row(restore: Restore | None, value: list[Any]) -> tuple[Any, ...]:
    return tuple(value) if restore is None else tuple(map(restore, value))


def _restore_tuple(restores: tuple[Restore | None, ...], value: list[Any]) -> tuple[Any, ...]:
    pairs = zip(restores, value, strict=True)
    return tuple(part if restore is None else restore(part) for restore, part in pairs)


def _restore_optional(restore: Restore | None, value: Any) -> Any:  # noqa: ANN401 — any JSON
    return value if restore is None or value is None else restore(value)
