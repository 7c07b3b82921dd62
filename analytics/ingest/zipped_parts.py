"""Parts of documents that are ZIP files inside: opened one at a time, each bounded."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from struct import Struct
from typing import IO

from .limits import ALWAYS_UNPACKED_BYTES, MOST_MEMBERS, MOST_PART_BYTES, MOST_PART_RATIO
from .records import UnreadableError

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)

# The end of a ZIP file says how long its list of contents is; an entry of the list has 46 bytes and a name.
_END, _END_64, _LOCATOR = Struct("<4s4H2LH"), Struct("<4sQ2H2L4Q"), Struct("<4sLQL")
_ENTRY_BYTES = 46
_UNTOLD = 0xFFFFFFFF


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """A ZIP file, whose list of contents is not read where it is longer than any honest one's.

    Raises UnreadableError where that is so, and where the file is damaged.
    """
    if _list_bytes(path) > MOST_MEMBERS * 4 * _ENTRY_BYTES:
        raise UnreadableError(f"is an archive of more than {MOST_MEMBERS:,} files")
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED as error:
        raise UnreadableError(f"is a damaged or cut off ZIP file ({error})") from None
    with archive:
        yield archive


@contextmanager
def opened_part(archive: zipfile.ZipFile, name: str, *, most: int = MOST_PART_BYTES) -> Iterator[IO[bytes]]:
    """One part of a document. Raises UnreadableError where it is missing, encrypted or far too large."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise UnreadableError(f"is damaged: its part {name} is missing") from None
    if info.flag_bits & 1:
        raise UnreadableError("is encrypted with a password; save it without one")
    with archive.open(info) as packed:
        yield io.BufferedReader(_Bounded(packed, most=most, ratio_of=info.compress_size))  # type: ignore[type-var]


class _Bounded(io.RawIOBase):
    """What is read of a packed file; it ends with an error where that becomes too much."""

    def __init__(self, file: IO[bytes], *, most: int, ratio_of: int) -> None:
        self._file, self._read = file, 0
        self._most = min(most, max(ALWAYS_UNPACKED_BYTES, MOST_PART_RATIO * ratio_of))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        self._read += len(data)
        if self._read > self._most:
            raise UnreadableError(f"is packed beyond reason: a part of it has more than {self._most:,} bytes")
        buffer[: len(data)] = data
        return len(data)


def _list_bytes(path: Path) -> int:
    """How long a ZIP file says its list of contents is; 0 where it does not say so at its end."""
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - (1 << 16) - _END.size - _LOCATOR.size))
        tail = file.read()
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or len(tail) - at < _END.size:
            return 0
        told = int(_END.unpack_from(tail, at)[5])
        if told != _UNTOLD or at < _LOCATOR.size or not tail[at - _LOCATOR.size :].startswith(b"PK\x06\x07"):
            return min(told, size)
        file.seek(min(_LOCATOR.unpack_from(tail, at - _LOCATOR.size)[2], size))
        record = file.read(_END_64.size)
    return min(int(_END_64.unpack(record)[8]), size) if len(record) == _END_64.size else 0
