"""Who may write a results folder, and what may not be removed because somebody reads it."""

from __future__ import annotations

import json
import os
import socket
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ..errors import StoreError

try:
    import fcntl
except ImportError:  # on Windows an open file cannot be removed, which does as well
    fcntl = None  # type: ignore[assignment]

RESULTS = "results"
CORRECTIONS = "corrections"
KEPT = "articles.parquet"  # whoever reads a folder of tables holds this file of it


@contextmanager
def locked(folder: Path, what: str, *, wait: float = 0) -> Iterator[None]:
    """Let only one process at a time write `what` in a folder. The lock of a process that died is free.

    Raises StoreError, naming who holds the lock and since when, where it is not free after `wait` seconds.
    """
    lock, holder = FileLock(folder / f".{what}.lock"), folder / f".{what}.holder"
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise StoreError(
            f"the {what} in {folder} are being written by {_named(holder)}; wait until it has ended"
            + (", or choose another folder with --out" if what == RESULTS else "")
        ) from None
    try:
        since = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
        holder.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since}))
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def forget(folder: Path, what: str) -> None:
    """Remove the file of a lock that this process holds, where the folder is to go."""
    with suppress(OSError):
        (folder / f".{what}.holder").unlink(missing_ok=True)
        (folder / f".{what}.lock").unlink(missing_ok=True)


def _named(holder: Path) -> str:
    try:
        about = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {about['pid']} on {about['host']} since {about['since']}"
    except (OSError, ValueError, KeyError, TypeError):  # it has just begun, or ended
        return "another process"


class Reading:
    """Holds a folder of tables open, so that a later run does not remove it; ends with `close` or with its owner."""

    def __init__(self, descriptor: int) -> None:
        self.close = weakref.finalize(self, os.close, descriptor)


def read_lock(tables: Path) -> Reading | None:
    """Hold a folder of tables for reading; None where it is not there or is just being removed."""
    try:
        descriptor = os.open(tables / KEPT, os.O_RDONLY)
    except OSError:
        return None
    if _flock(descriptor, exclusive=False):
        return Reading(descriptor)
    os.close(descriptor)
    return None


@contextmanager
def removable(tables: Path) -> Iterator[bool]:
    """Whether nobody reads a folder of tables; meanwhile nobody begins to."""
    try:
        descriptor = os.open(tables / KEPT, os.O_RDONLY)
    except FileNotFoundError:  # half removed already
        yield True
        return
    try:
        free = _flock(descriptor, exclusive=True)
        if fcntl is None:
            os.close(descriptor)
            descriptor = -1
            with suppress(OSError):
                (tables / KEPT).unlink()
            free = not (tables / KEPT).exists()
        yield free
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _flock(descriptor: int, *, exclusive: bool) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: readers go on without, and nothing of theirs is removed
        return not exclusive
    return True
