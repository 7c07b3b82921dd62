"""One file in an archive: where it was unpacked, what it is called; or why it was not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from ..limits import MOST_PATH_CHARACTERS

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,12}")
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Member:
    """A file that was unpacked. It is there until the next one is asked for."""

    name: str | None  # in the archive; None where the input is this file and nothing else, compressed
    path: Path
    beside: Collection[str] = ()  # the names of the files in its folder


@dataclass(frozen=True, slots=True)
class RefusedMember:
    """A file in an archive that is not unpacked, and why."""

    name: str
    reason: str


@contextmanager
def a_place_for(name: str) -> Iterator[Path]:
    """Where to unpack a file of this name: in a folder of its own, under a name of ours with the ending of its."""
    suffix = PurePosixPath(name).suffix
    with TemporaryDirectory(prefix="tellings-unpacked-") as folder:
        yield Path(folder) / f"file{suffix if _SUFFIX.fullmatch(suffix) else ''}"


def unsafe(name: str) -> str | None:
    """Why nothing is unpacked under a name; None where it is a plain path inside the archive.

    >>> unsafe("../../etc/passwd")
    'its path leads out of the archive'
    >>> unsafe("news/2031/dam.txt")
    """
    parts = name.replace("\\", "/").split("/")
    if not name or "\0" in name or len(name) > MOST_PATH_CHARACTERS:
        return "its path is none"
    if ".." in parts or name.startswith(("/", "\\")) or _DRIVE.match(name):
        return "its path leads out of the archive"
    return None


def is_hidden(name: str) -> bool:
    """Whether a file is what systems put beside one's own: passed over in archives as in folders."""
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") and part not in ("..", ".") for part in parts) or parts[:1] == ("__MACOSX",)
