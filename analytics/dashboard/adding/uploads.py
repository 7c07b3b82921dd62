"""What a session was given, in a folder of its own that goes when the session does; no other session sees it."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from ...errors import TellingsError
from .limits import LARGEST_FILE_MB, LARGEST_TOGETHER_MB, MOST_FILES

GRACE = 60.0  # seconds for which a session may be gone and come back, as over a bad line
_LOOK_EVERY = 10.0
_PREFIX = "tellings-uploads-"
_ODD = re.compile(r"[^\w .()\[\]&+,@-]")
_LONGEST_NAME = 120


class Uploads:
    """The folders of the sessions of this process. `is_there` says whether a session still is."""

    def __init__(self, is_there: Callable[[str], bool], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._is_there, self._clock = is_there, clock
        self._folders: dict[str, Path] = {}
        self._ends: dict[str, list[Callable[[], None]]] = {}
        self._gone_since: dict[str, float] = {}
        self._lock = threading.Lock()
        sweep()
        atexit.register(self.close)

    def folder(self, session: str) -> Path:
        """The folder of a session, which only this user of the machine can look into."""
        with self._lock:
            if session not in self._folders:
                self._folders[session] = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
            return self._folders[session]

    def at_the_end(self, session: str, end: Callable[[], None]) -> None:
        """What else is to be done when a session goes."""
        with self._lock:
            self._ends.setdefault(session, []).append(end)

    def look(self) -> None:
        """Remove the folders of sessions that are gone for longer than `GRACE`."""
        now = self._clock()
        with self._lock:
            sessions = set(self._folders) | set(self._ends)
        for session in sessions:
            if self._is_there(session):
                self._gone_since.pop(session, None)
            elif now - self._gone_since.setdefault(session, now) >= GRACE:
                self.forget(session)

    def forget(self, session: str) -> None:
        """Remove the folder of a session, and end what it started."""
        with self._lock:
            folder, ends = self._folders.pop(session, None), self._ends.pop(session, [])
        self._gone_since.pop(session, None)
        for end in ends:
            end()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    def watch(self) -> None:
        """Look now and then, for as long as the process lives."""

        def run() -> None:
            while True:
                time.sleep(_LOOK_EVERY)
                self.look()

        threading.Thread(target=run, daemon=True, name="uploads").start()

    def close(self) -> None:
        """Remove the folders of all sessions."""
        for session in set(self._folders) | set(self._ends):
            self.forget(session)


def sweep() -> None:
    """Remove what processes left that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        number = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdigit() and not psutil.pid_exists(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def keep(folder: Path, name: str, content: bytes) -> Path:
    """Keep an uploaded file under its name, made harmless; a name that is there already gets a number.

    Raises TellingsError where it is too large, or the files of the folder become too many or too large together.
    """
    if len(content) > LARGEST_FILE_MB << 20:
        raise TellingsError(f"{name[:_LONGEST_NAME]} is larger than {LARGEST_FILE_MB} MB; use the command line for it")
    there = [file for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []
    if len(there) >= MOST_FILES:
        raise TellingsError(f"{name[:_LONGEST_NAME]} is one too many: at most {MOST_FILES} files at a time")
    if sum(file.stat().st_size for file in there) + len(content) > LARGEST_TOGETHER_MB << 20:
        raise TellingsError(f"with {name[:_LONGEST_NAME]} the files are larger than {LARGEST_TOGETHER_MB} MB together")
    folder.mkdir(parents=True, exist_ok=True)
    path = _free(folder, harmless(name))
    path.write_bytes(content)
    return path


def harmless(name: str) -> str:
    r"""A file's name without folders and odd characters.

    >>> harmless("../../etc/pass\nwd"), harmless("C:\\news\\Übersicht 1.csv"), harmless("..")
    ('pass_wd', 'Übersicht 1.csv', 'file')
    """
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = _ODD.sub("_", last).strip(". ").rpartition(".")
    ending = ending[:20]
    return f"{stem[: _LONGEST_NAME - 20]}{dot}{ending}".strip(". ") or "file"


def _free(folder: Path, name: str) -> Path:
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return path
