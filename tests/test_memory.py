"""Memory stays flat, however many questions are asked: what is not asked again is not kept.

Python's own memory is counted in its blocks, that of native libraries by the C library (glibc).
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

import index
from assistant.chain import Assistant
from assistant.schema import Question
from bench.load import gold_questions
from index.onnx_model import OnnxModel

MODEL = Path(index.__file__).parent / "models" / "retriever"
BYTES = 2**10


class MallocInfo(ctypes.Structure):
    """What `mallinfo2` fills in, in its order."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks"),
            *("uordblks", "fordblks", "keepcost"),
        )
    ]


def native_kilobytes() -> float:
    """What native code of this thread holds now."""
    library = ctypes.CDLL("libc.so.6")
    library.mallinfo2.restype = MallocInfo
    found = library.mallinfo2()
    return float(found.uordblks + found.hblkhd) / BYTES


def grown(work: Callable[[int], None], *, times: int) -> tuple[int, float]:
    """By how many blocks and kilobytes the second half of the work grows what is held."""
    work(times)
    gc.collect()
    blocks, kilobytes = sys.getallocatedblocks(), native_kilobytes()
    work(times)
    gc.collect()
    return sys.getallocatedblocks() - blocks, native_kilobytes() - kilobytes


def test_a_model_keeps_nothing_of_what_it_read() -> None:
    model, questions = OnnxModel(MODEL, threads=1), gold_questions()

    def read(times: int) -> None:
        for asked in islice(questions, times):
            model.run([asked.question])

    blocks, kilobytes = grown(read, times=500)
    assert blocks < 1_000
    assert kilobytes < 250  # texts that are kept would be 730


@pytest.mark.slow
def test_questions_leave_nothing_behind(assistant: Assistant) -> None:
    questions = gold_questions()

    def ask(times: int) -> None:
        for asked in islice(questions, times):
            assistant.ask(Question(asked.question, history=asked.history))

    blocks, kilobytes = grown(ask, times=600)
    assert blocks < 20_000
    assert kilobytes < 400  # the texts kept by a tokenizer alone would be 880
