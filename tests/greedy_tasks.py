"""Tasks that break every limit, for the tests of confinement."""

from __future__ import annotations

import os
import time

from corpus.errors import DocumentProtected


def measure(data: bytes, *, factor: int) -> list[int]:
    return [len(data) * factor]


def print_noise(data: bytes) -> str:
    print("noise")  # noqa: T201 — as libraries do
    os.write(2, b"more noise")
    return "answer"


def sleep(data: bytes) -> None:
    time.sleep(60)


def crash(data: bytes) -> None:
    os.abort()


def leave(data: bytes) -> None:
    os._exit(0)


def fill_memory(data: bytes) -> int:
    return len(bytearray(64 * 2**30))


def refuse(data: bytes) -> None:
    raise DocumentProtected("it is protected")
