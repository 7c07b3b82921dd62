"""A dashboard as its command starts it, in a process that writes down what it asks of the network."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Every address that the process asks the system for, or connects to, is written down.
WATCHED = """
import socket, sys
log = open(sys.argv.pop(1), "a", buffering=1)
for name in ("connect", "connect_ex", "sendto"):
    def watched(self, *arguments, _real=getattr(socket.socket, name), _name=name):
        log.write(f"{_name} {arguments[-1]}\\n")
        return _real(self, *arguments)
    setattr(socket.socket, name, watched)
real = socket.getaddrinfo
def looked_up(host, *arguments, **options):
    log.write(f"getaddrinfo {host}\\n")
    return real(host, *arguments, **options)
socket.getaddrinfo = looked_up
from analytics.cli import main
main(sys.argv[1:])
"""


@contextmanager
def served(results: Path, folder: Path, *options: str, **variables: str) -> Iterator[tuple[int, Path]]:
    """The port of a dashboard, and the file of what its process asked of the network."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = int(free.getsockname()[1])
    script, log = folder / "watched.py", folder / "network.txt"
    script.write_text(WATCHED, encoding="utf-8")
    log.touch()
    command = [sys.executable, script, log, "dashboard", results, "--headless", "--port", str(port), *options]
    with (folder / "terminal.txt").open("wb") as terminal:
        process = subprocess.Popen(
            list(map(str, command)), stdout=terminal, stderr=subprocess.STDOUT, env={**os.environ, **variables}
        )
    try:
        for _ in range(300):
            try:
                ask(port, "/_stcore/health")
                break
            except OSError:
                time.sleep(0.1)
        yield port, log
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def ask(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest("GET", path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    return connection.getresponse()
