"""Files that are compressed by themselves: GZIP and Zstandard."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from ..records import UnreadableError, printable
from .allowance import Allowance
from .member import Member, a_place_for

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_MOST_WINDOW = 1 << 27  # bytes that Zstandard may look back, as its own program allows
_CHUNK = 1 << 10  # bytes; three of them may stand for 128 KiB


def opener_of(path: Path) -> Callable[[Path], IO[bytes]] | None:
    """How a compressed file is opened, by its first bytes; None where it is none."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(_GZIP):
        return _open_gzip
    return _open_zstd if head.startswith(_ZSTD) else None


def unpacked_head(path: Path, n_bytes: int) -> bytes:
    """The first bytes of what is compressed in a file; none where it is damaged or not compressed."""
    if (opens := opener_of(path)) is None:
        return b""
    with suppress(Exception), opens(path) as file:  # that it is damaged is told where it is read
        return file.read(n_bytes)
    return b""


def compressed_member(path: Path, name: str, allowance: Allowance) -> Iterator[Member]:
    """The file that is compressed in another of that name. What can be unpacked of a cut off one is given first.

    Raises UnreadableError where it is damaged or far too large.
    """
    allowance.one_more()
    opens = opener_of(path) or _open_gzip
    broken = ""
    with a_place_for(name) as place:
        try:
            with opens(path) as packed:
                allowance.unpack(packed, place)
        except (OSError, EOFError, zlib.error) as error:
            broken = printable(str(error))
        if place.exists() and place.stat().st_size:
            yield Member(None, place)
        elif not broken:
            raise UnreadableError("is empty (0 bytes, compressed)")
    if broken:
        raise UnreadableError(f"is a damaged or cut off compressed file ({broken})")


def _open_gzip(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(path, "rb"))


def _open_zstd(path: Path) -> IO[bytes]:
    return io.BufferedReader(_Zstd(path.open("rb")))  # type: ignore[type-var]


class _Zstd(io.RawIOBase):
    """What is compressed in a file of one or more frames; it ends with an error where the last one is cut off."""

    def __init__(self, file: IO[bytes]) -> None:
        import zstandard

        decompressor: Any = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW)
        self._file, self._error = file, zstandard.ZstdError
        self._start: Callable[[], Any] = decompressor.decompressobj
        self._frame = self._start()
        self._begun, self._packed, self._data = False, b"", b""

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._data and self._unpack():
            pass
        n = min(len(buffer), len(self._data))
        buffer[:n], self._data = self._data[:n], self._data[n:]
        return n

    def _unpack(self) -> bool:
        """Unpack a little more. Nothing is left to unpack where it gives False."""
        packed = self._packed or self._file.read(_CHUNK)
        if not packed and self._begun:
            raise EOFError("the last frame has no end")
        if not packed:
            return False
        try:
            self._data, self._begun = self._frame.decompress(packed), True
        except self._error as error:
            raise OSError(str(error)) from None
        self._packed = b""
        if self._frame.eof:
            self._packed, self._frame, self._begun = self._frame.unused_data, self._start(), False
        return True
