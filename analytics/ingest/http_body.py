"""The body of an answer by HTTP as it was sent: put together from chunks and unpacked, within a bound."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from importlib import import_module

from .records import UnreadableError

_ANY_ZLIB = zlib.MAX_WBITS | 32  # GZIP or zlib, by its first bytes
_STEP = 1 << 14


def decoded_body(body: bytes, codings: Iterable[str], *, most: int) -> bytes:
    r"""A body without the codings it was sent in, those named first undone first.

    Raises UnreadableError for one that is damaged, unknown, or longer than `most` bytes when unpacked.

    >>> decoded_body(b"3\r\nThe\r\n4\r\n dam\r\n0\r\n\r\n", ["chunked"], most=100)
    b'The dam'
    """
    for coding in codings:
        if coding == "chunked":
            body = _joined(body)
        elif coding in ("gzip", "x-gzip", "deflate"):
            body = _inflated(body, most)
        elif coding == "br":
            body = _unbrotlied(body, most)
        elif coding == "zstd":
            body = _unzstandarded(body, most)
        elif coding != "identity":
            raise UnreadableError(f"is packed in a way that is not known: {coding[:40]!a}")
    return body


def _joined(body: bytes) -> bytes:
    """Chunks, each with its length before it, as one; a body that an archive has joined before is left as it is."""
    pieces, at = list[bytes](), 0
    while (end := body.find(b"\r\n", at, at + 100)) >= 0:
        try:
            length = int(body[at:end].partition(b";")[0], 16)
        except ValueError:
            break
        if length <= 0:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        at = end + 4 + length
    return b"".join(pieces) or body


def _inflated(body: bytes, most: int) -> bytes:
    for bits in (_ANY_ZLIB, -zlib.MAX_WBITS):  # "deflate" is sent in either form
        unpacker = zlib.decompressobj(bits)
        try:
            unpacked = unpacker.decompress(body, most + 1)
        except zlib.error:
            continue
        if not unpacker.eof and len(unpacked) <= most:
            raise UnreadableError("is cut off: what was sent packed has no end")
        return _bounded(unpacked, most)
    if body.lstrip()[:1] == b"<":  # unpacked by who archived it
        return _bounded(body, most)
    raise UnreadableError("is damaged: what was sent packed cannot be unpacked")


def _unbrotlied(body: bytes, most: int) -> bytes:
    if body.lstrip()[:1] == b"<":
        return _bounded(body, most)
    try:
        brotli = import_module("brotli")
        unpacker = brotli.Decompressor()
        pieces = [unpacker.process(body, output_buffer_limit=_STEP)]
        while not unpacker.is_finished() and sum(map(len, pieces)) <= most and pieces[-1]:
            pieces.append(unpacker.process(b"", output_buffer_limit=_STEP))
    except ImportError:
        raise UnreadableError("is packed by Brotli; to read it: pip install brotli") from None
    except Exception:  # the library's own error, whose name differs between its versions
        raise UnreadableError("is damaged: what was sent packed cannot be unpacked") from None
    return _bounded(b"".join(pieces), most)


def _unzstandarded(body: bytes, most: int) -> bytes:
    import zstandard

    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(body) as reader:
            return _bounded(reader.read(most + 1), most)
    except zstandard.ZstdError:
        raise UnreadableError("is damaged: what was sent packed cannot be unpacked") from None


def _bounded(unpacked: bytes, most: int) -> bytes:
    if len(unpacked) > most:
        raise UnreadableError(f"is packed beyond reason: more than {most:,} bytes")
    return unpacked
