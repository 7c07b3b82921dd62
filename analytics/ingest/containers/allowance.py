"""What may still be unpacked of one input: bytes and files, those of archives inside it among them."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from ..limits import ALWAYS_UNPACKED_BYTES, MOST_MEMBERS, MOST_RATIO, MOST_UNPACKED_BYTES
from ..records import UnreadableError

_CHUNK = 1 << 18


class TooMuchError(UnreadableError):
    """An input holds more than is unpacked; nothing further of it is read."""


class Allowance:
    """Counts what is unpacked of one input, with all archives in it."""

    def __init__(self, *, packed: int) -> None:
        self._most = min(MOST_UNPACKED_BYTES, max(ALWAYS_UNPACKED_BYTES, MOST_RATIO * packed))
        self._bytes = self._files = 0

    def one_more(self) -> None:
        """Count a file. Raises TooMuchError where there are too many."""
        self._files += 1
        if self._files > MOST_MEMBERS:
            raise TooMuchError(f"holds more than {MOST_MEMBERS:,} files")

    def unpack(self, packed: IO[bytes], path: Path) -> None:
        """Unpack a file. Raises TooMuchError where that is too much for the input's size."""
        with path.open("wb") as file:
            read = getattr(packed, "read1", packed.read)  # what there is before a break is not lost with it
            while data := read(_CHUNK):
                self._bytes += len(data)
                if self._bytes > self._most:
                    raise TooMuchError(f"is packed beyond reason: it holds more than {self._most:,} bytes")
                file.write(data)
