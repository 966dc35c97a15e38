"""The build that a page has started: one at a time, followed while it runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from ui.rebuilding import RebuildFailed, Tell

Stage = Literal["idle", "reading", "embedding", "done", "busy", "failed"]
RUNNING = ("reading", "embedding")


@dataclass(frozen=True, slots=True)
class State:
    """How far the build is, or how the last one ended."""

    stage: Stage = "idle"
    done: int = 0
    total: int = 0
    message: str = ""
    problems: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether a build is at work."""
        return self.stage in RUNNING


class Publishing:
    """Runs builds in a thread; safe between threads."""

    def __init__(self, rebuild: Callable[[Tell], list[str]]) -> None:
        """No thread starts before the first build.

        Args:
            rebuild: makes the index, and gives what could not be read.
        """
        self._rebuild = rebuild
        self._changing = threading.Lock()
        self._state = State()

    @property
    def state(self) -> State:
        """How far it is."""
        return self._state

    def start(self) -> bool:
        """Start a build; False where one is running, which this one would have to wait for."""
        with self._changing:
            if self._state.is_running:
                return False
            self._state = State("reading")
        threading.Thread(target=self._run, name="publishing", daemon=True).start()
        return True

    def _run(self) -> None:
        ended = State("failed")  # whatever ends the thread, the next build can start
        try:
            problems = self._rebuild(self._tell)
            ended = State("done", problems=tuple(problems))
        except RebuildFailed as error:
            ended = State("busy" if error.busy else "failed", message=str(error))
        finally:
            self._state = ended

    def _tell(self, done: int, total: int) -> None:
        self._state = replace(self._state, stage="embedding", done=done, total=total)
