"""The folder of what was fetched: newest versions to score, every version, and what came of each address.

`articles.jsonl` has the newest version of each page and is what `tellings score` reads. `.versions.jsonl` has every
version, oldest first; `.fetched.jsonl` what came of each address, each time. The last two only grow, so that a run that
is stopped at any moment loses no more than the line it was writing.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from ..errors import InputError
from ..ingest.normalise import normalise
from .listed import Listed

ARTICLES, VERSIONS, LOG, LOCK = "articles.jsonl", ".versions.jsonl", ".fetched.jsonl", ".fetch.lock"
Outcome = Literal["new", "changed", "unchanged", "refused", "failed"]


@dataclass
class Known:
    """What is known of an address from before."""

    at: str | None = None  # when it was last asked for, ISO 8601
    outcome: str | None = None
    passing: bool = False  # whether the failure may have gone by
    page: str | None = None  # the address at which it ended
    etag: str | None = None
    modified: str | None = None
    found: list[Listed] | None = None  # of a list: its addresses
    kind: str | None = None


@dataclass
class Versions:
    """How many versions of a page there are, and what the newest says."""

    number: int = 0
    digest: str = ""
    places: list[int] = field(default_factory=list)  # of their lines in the file


class FetchFolder:
    """A folder of fetched pages. One run at a time writes it."""

    def __init__(self, folder: Path) -> None:
        if folder.exists() and not folder.is_dir():
            raise InputError(f"{folder} is a file; name a folder for what is fetched")
        self.folder = folder
        self._lock, self._closed = threading.Lock(), True
        self.known: dict[str, Known] = {}
        self.pages: dict[str, Versions] = {}
        for event in _lines(folder / LOG):
            self._remember(event)
        for record, place in _records(folder / VERSIONS):
            versions = self.pages.setdefault(record["url"], Versions())
            versions.number, versions.digest = record["version"], record["digest"]
            versions.places.append(place)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make the folder and hold it; at the end, also of a run that is stopped, write the newest versions."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise InputError(
                f"{self.folder} is being written by another run of fetch; wait until it has ended"
            ) from None
        try:
            for name in (VERSIONS, LOG):
                _mend(self.folder / name)
            self._closed = False
            yield
        finally:
            try:
                with self._lock:  # a thread of a run that is stopped may still be under way
                    self._closed = True
                    self._write_newest()
            finally:
                lock.release()
                with suppress(OSError):
                    (self.folder / LOCK).unlink()

    def log(self, event: dict[str, Any]) -> None:
        """Keep what came of an address."""
        with self._lock:
            if not self._closed:
                _append(self.folder / LOG, event)
                self._remember(event)

    def _remember(self, event: dict[str, Any]) -> None:
        known = self.known.setdefault(str(event["url"]), Known())
        known.at, known.outcome, known.passing = event["at"], event["outcome"], bool(event.get("passing"))
        for name in ("page", "etag", "modified", "kind"):
            if event.get(name):
                setattr(known, name, event[name])
        if isinstance(event.get("found"), list):
            known.found = [Listed(**each) for each in event["found"]]

    def add(self, record: dict[str, Any]) -> tuple[Outcome, int]:
        """Keep a page where it says anything new: whether it does, and the number of its version."""
        digest = digest_of(record)
        with self._lock:
            versions = self.pages.setdefault(record["url"], Versions())
            if versions.digest == digest or self._closed:
                return "unchanged", versions.number
            versions.number, versions.digest = versions.number + 1, digest
            place = _append(self.folder / VERSIONS, {**record, "version": versions.number, "digest": digest})
            versions.places.append(place)
        return ("new" if versions.number == 1 else "changed"), versions.number

    def versions_of(self, page: str) -> list[dict[str, Any]]:
        """The versions of a page, oldest first."""
        places = self.pages[page].places if page in self.pages else []
        found = []
        with suppress(FileNotFoundError), (self.folder / VERSIONS).open("rb") as file:
            for place in places:
                file.seek(place)
                found.append(json.loads(file.readline()))
        return found

    def _write_newest(self) -> None:
        newest = {versions.places[-1] for versions in self.pages.values() if versions.places}
        if not newest:
            return
        written = self.folder / f".{ARTICLES}.new"
        with written.open("w", encoding="utf-8") as file:
            for record, place in _records(self.folder / VERSIONS):
                if place in newest:
                    file.write(json.dumps(record, ensure_ascii=False) + "\n")
        os.replace(written, self.folder / ARTICLES)


def digest_of(record: dict[str, Any]) -> str:
    """A hash of what a page says: headline and text, but for spaces and the spelling of characters."""
    says = "\x1f".join(" ".join(normalise(record.get(name) or "").split()) for name in ("title", "text"))
    return blake2b(says.encode(), digest_size=8).hexdigest()


def _append(path: Path, value: dict[str, Any]) -> int:
    """Add a line to a file, and where it begins."""
    with path.open("ab") as file:
        place = file.seek(0, os.SEEK_END)
        file.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    return place


def _mend(path: Path) -> None:
    """End a last line that a run was writing when it was killed, so that the next begins on its own."""
    with suppress(FileNotFoundError), path.open("rb+") as file:
        if file.seek(0, os.SEEK_END) and file.seek(-1, os.SEEK_END) >= 0 and file.read(1) != b"\n":
            file.write(b"\n")


def _records(path: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """The lines of a file that are whole, and where each begins."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        place = 0
        for line in file:
            with suppress(ValueError):
                value = json.loads(line)
                if isinstance(value, dict) and value.get("url"):
                    yield value, place
            place += len(line)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for value, _ in _records(path):
        yield value


def moment(text: str | None) -> datetime | None:
    """A time as the folder has it."""
    return datetime.fromisoformat(text) if text else None
