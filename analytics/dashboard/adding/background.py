"""A run of measuring or fetching in a process of its own: started when there is room, watched, cancelled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ...progress import Progress
from .limits import MOST_AT_ONCE

Status = Literal["waiting", "working", "done", "cancelled", "failed"]
_COMMAND = "from analytics.dashboard.adding.job import main; main()"
_PATIENCE = 10.0  # seconds to end in good order
_PACKAGE_HOME = Path(__file__).parents[3]
_running: list[subprocess.Popen[bytes]] = []
_lock = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class State:
    """How far a run has come; what came of it is in `about`."""

    status: Status
    done: int = 0
    total: int | None = None
    rejected: int = 0
    elapsed: float = 0.0  # seconds, of measuring alone
    since_start: float = 0.0  # seconds, with loading what it needs
    message: str = ""
    about: dict[str, Any] | None = None

    @property
    def left(self) -> float | None:
        """Seconds until the end, as far as it went so far; None where that cannot be known yet."""
        return Progress(self.done, self.total, self.rejected, self.elapsed).left

    @property
    def is_over(self) -> bool:
        return self.status in ("done", "cancelled", "failed")


class Run:
    """One run. It waits while others are under way; `state` starts it as soon as there is room."""

    def __init__(self, kind: str, *, state_file: Path, **task: Any) -> None:
        self._file = state_file
        self._task = json.dumps({"kind": kind, "state": str(state_file), **task})
        self._process: subprocess.Popen[bytes] | None = None
        self._cancelled = False
        self._started = time.monotonic()
        state_file.unlink(missing_ok=True)

    def state(self) -> State:
        """How far it has come, now."""
        if self._cancelled:
            return State(status="cancelled")
        if self._process is None and not self._start():
            return State(status="waiting")
        assert self._process is not None
        ended = self._process.poll() is not None
        said = self._said()
        since = time.monotonic() - self._started
        if said.get("status") in ("done", "cancelled", "failed"):
            return State(status=said["status"], message=said.get("message", ""), about=said, since_start=since)
        if ended:
            return State(status="failed", message="the process that did it was ended, perhaps for want of memory")
        return State(
            status="working",
            done=said.get("done", 0),
            total=said.get("total"),
            rejected=said.get("rejected", 0),
            elapsed=said.get("elapsed", 0.0),
            since_start=since,
        )

    def cancel(self) -> None:
        """End it, and wait until it has."""
        self._cancelled = True
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _start(self) -> bool:
        with _lock:
            _running[:] = [each for each in _running if each.poll() is None]
            if len(_running) >= MOST_AT_ONCE:
                return False
            paths = [str(_PACKAGE_HOME), *filter(None, [os.environ.get("PYTHONPATH")])]
            self._process = subprocess.Popen(
                [sys.executable, "-c", _COMMAND, self._task],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            _running.append(self._process)
            self._started = time.monotonic()
        return True

    def _said(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            said = json.loads(self._file.read_text(encoding="utf-8"))
            if isinstance(said, dict):
                return said
        return {}
