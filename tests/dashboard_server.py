"""A dashboard in a process of its own, as a user has it, for tests with a browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[1]
STARTS_WITHIN = 60  # seconds


@contextmanager
def started(results: Path, *, log: Path, by_command: bool = False, **variables: str) -> Iterator[str]:
    """A dashboard on a results folder, which need not be there, and its address.

    `by_command` starts it as `tellings dashboard` does, with what it sets before the first page.
    """
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless=true"]
    command = [*command, f"--server.port={port}"]
    if by_command:
        command = [sys.executable, "-m", "analytics", "dashboard", str(results), "--headless", "--port", str(port)]
    with log.open("wb") as output:
        environment = {**os.environ, "TELLINGS_STORE": str(results), **variables}
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait(f"http://localhost:{port}/_stcore/health", server, log)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=60)  # it ends its sessions first


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(STARTS_WITHIN * 5):
        if server.poll() is not None:
            break
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the dashboard did not start:\n{log.read_text()}")
