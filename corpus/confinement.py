"""Work on a file by native code, in a process of its own with limits of time and memory.

What such code does with a file that was made to break it cannot be bounded from inside: the
process may crash, hang or fill the memory, and only that process goes.
"""

from __future__ import annotations

import importlib
import json
import resource
import subprocess
import sys
from typing import Any

from corpus import errors
from corpus.errors import CorpusError, DocumentDamaged, DocumentTooLarge

Json = Any  # what json can write: the callers know their own shapes

_MAX_MEMORY_BYTES = 4 * 2**30
_PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); import {module} as m; m.work()"


def run_confined(task: str, data: bytes, *, timeout_seconds: float, **arguments: Json) -> Json:
    """What a function of the corpus makes of a file.

    Args:
        task: ``module:function`` of this package; it takes the bytes and the arguments.
        data: the file.
        timeout_seconds: after this time the work is given up.
        arguments: anything json can write.

    Raises:
        CorpusError: as the function raises it.
        DocumentDamaged: the work crashed or took too long.
        DocumentTooLarge: it needed too much memory.
    """
    program = _PROGRAM.format(module=__name__)
    request = json.dumps([task, arguments])
    try:
        run = subprocess.run(
            [sys.executable, "-c", program, json.dumps(sys.path), request],
            input=data,
            capture_output=True,
            timeout=timeout_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentDamaged(
            f"reading it took more than {timeout_seconds:.0f} seconds; save it anew or split it"
        ) from error
    try:
        answer = json.loads(run.stdout)
    except ValueError as error:
        raise DocumentDamaged("reading it failed; the file is damaged, get it again") from error
    if "error" in answer:
        raise getattr(errors, answer["error"])(answer["message"])
    return answer["result"]


def work() -> None:
    """The other side: do one task with the file on standard input, answer on standard output."""
    answers = sys.stdout
    sys.stdout = sys.stderr  # libraries that print must not print into the answer
    task, arguments = json.loads(sys.argv[2])
    module, _, name = task.partition(":")
    function = getattr(importlib.import_module(module), name)
    limit_memory(_MAX_MEMORY_BYTES)
    try:
        answer = {"result": function(sys.stdin.buffer.read(), **arguments)}
    except CorpusError as error:
        answer = {"error": type(error).__name__, "message": str(error)}
    except MemoryError:
        message = "reading it needs too much memory; split it"
        answer = {"error": DocumentTooLarge.__name__, "message": message}
    json.dump(answer, answers)
    answers.flush()


def limit_memory(max_bytes: int) -> None:
    """Let this process have no more memory, where the system can hold it to that."""
    try:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or hard > max_bytes:
            resource.setrlimit(resource.RLIMIT_AS, (max_bytes, hard))
    except (OSError, ValueError):  # macOS: the time limit holds alone
        return
