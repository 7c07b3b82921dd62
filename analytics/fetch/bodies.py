"""Bodies of answers, unpacked as they come, and never more of them than was allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from .errors import FetchError, RefusedError

ENCODINGS = "gzip, deflate"  # what is asked for, and all that is taken
_STEP = 1 << 16  # bytes that one step of unpacking gives
_MEMBER = b"\x1f\x8b"  # how a member of gzip begins
_WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


def read_body(chunks: Iterable[bytes], encoding: str, *, limit: int) -> bytes:
    """The bytes of a body as its sender had them before packing.

    Raises RefusedError where they are more than `limit`, before or after unpacking, or packed in a way that was not
    asked for; FetchError where they are not packed as is said.
    """
    body = bytearray()
    for piece in unpacked(_no_more(chunks, limit), encoding):
        body += piece
        if len(body) > limit:
            raise too_large(limit)
    return bytes(body)


def unpacked(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """A packed body in small pieces, however much it grows."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        yield from chunks
    elif name in _WINDOWS:
        yield from _inflated(chunks, _WINDOWS[name])
    else:
        raise RefusedError(f"is packed in a way that was not asked for: {name[:40]}")


def _inflated(chunks: Iterable[bytes], window: int) -> Iterator[bytes]:
    """Unpack one member after the other; what follows the last is no more of the body."""
    unpack, begun = zlib.decompressobj(window), False
    for chunk in chunks:
        waiting = chunk
        while waiting and not unpack.eof:
            try:
                piece = unpack.decompress(waiting, _STEP)
            except zlib.error:
                if begun or window != zlib.MAX_WBITS:
                    raise FetchError("is not packed as it says") from None
                unpack, begun = zlib.decompressobj(-zlib.MAX_WBITS), True  # deflated without the two bytes before it
                continue
            begun = True
            yield piece
            waiting = unpack.unconsumed_tail
            if unpack.eof and unpack.unused_data.startswith(_MEMBER):
                waiting, unpack = unpack.unused_data, zlib.decompressobj(window)
    if begun and not unpack.eof:
        raise FetchError("ends in the middle")


def _no_more(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise too_large(limit)
        yield chunk


def too_large(limit: int) -> RefusedError:
    """That a body is over a limit in bytes."""
    return RefusedError(f"holds more than {f'{limit >> 20} MB' if limit >= 1 << 20 else f'{limit >> 10} KB'}")
