"""A real language model in a real server, in a process of its own, for tests marked ``model``.

Run as a program it serves until it is ended: the runtime's folder, the model's file, a key, and
the size of the context in tokens; it prints its address.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

KEY = "key-of-the-test-server"
CONTEXT_TOKENS = 8192


@dataclass(frozen=True)
class ModelServer:
    """A server that runs, and how to end it."""

    url: str
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self.process.kill()
        self.process.wait()


@contextmanager
def model_server(
    runtime: Path, model: Path, *, context_tokens: int = CONTEXT_TOKENS
) -> Iterator[ModelServer]:
    """A server on a free port of this machine, ended with the block."""
    program = [sys.executable, __file__, str(runtime), str(model), KEY, str(context_tokens)]
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert url.startswith("http://127.0.0.1:"), "the model server did not start"
            yield ModelServer(f"{url}/v1", process)
        finally:
            process.kill()


def serve(runtime: str, model: str, key: str, context_tokens: int) -> None:
    """Serve until ended."""
    sys.path.insert(0, runtime)
    llama = importlib.import_module("xllamacpp")
    params = llama.CommonParams()
    params.model.path = model
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.api_keys = [key]
    params.n_ctx = context_tokens
    params.n_parallel = 1
    params.cache_ram_mib = 0  # by default it grows to three gigabytes
    params.no_extra_bufts = True
    params.cpuparams.n_threads = 2
    server = llama.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
