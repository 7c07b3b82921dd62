"""From input files to sources: what is in archives and compressed files is unpacked and opened in its place."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pyarrow as pa

from .containers.allowance import Allowance, TooMuchError
from .containers.compressed import compressed_member, opener_of
from .containers.member import Member, RefusedMember
from .containers.zip_archive import zip_members
from .formats import is_zip_of_files, open_sources
from .limits import MOST_NESTED
from .records import RejectedRecord, Source, UnreadableError, name_of, printable
from .warc import is_warc

Opened = Source | RejectedRecord


def opened(path: Path) -> Iterator[Opened]:
    """The sources that read a file, in order; where none can, the file, or what it holds, as a rejected record.

    A source reads until the next one is asked for: what was unpacked for it is removed then.
    """
    shown = name_of(path)
    try:
        allowance = Allowance(packed=path.stat().st_size if path.is_file() else 0)
        yield from _opened(path, shown, allowance)
    except Exception as error:  # a damaged file may raise anything in the library that reads its format
        yield RejectedRecord(source_file=shown, source_row=None, reason=unreadable(error))


def _opened(
    path: Path, shown: str, allowance: Allowance, *, depth: int = 0, beside: Collection[str] | None = None
) -> Iterator[Opened]:
    """As `opened`, for a file that is shown under another name. Raises TooMuchError where an input holds too much."""
    try:
        members = _unpacked(path, shown, allowance)
        if members is None:
            for source in open_sources(path, name=PurePosixPath(shown).name, beside=beside):
                yield replace(source, file=shown + source.file.removeprefix(name_of(path)))
            return
        if depth >= MOST_NESTED:
            raise TooMuchError(f"holds archives inside each other, more than {MOST_NESTED} deep")
        empty = True
        for member in members:
            empty = False
            if isinstance(member, RefusedMember):
                yield RejectedRecord(source_file=f"{shown}/{member.name}", source_row=None, reason=member.reason)
            else:
                inner = shown if member.name is None else f"{shown}/{member.name}"
                yield from _opened(member.path, inner, allowance, depth=depth + 1, beside=member.beside)
        if empty:
            raise UnreadableError("is an archive without files")
    except TooMuchError:
        raise
    except Exception as error:  # of one file; the others in its archive are read
        yield RejectedRecord(source_file=shown, source_row=None, reason=unreadable(error))


def _unpacked(path: Path, shown: str, allowance: Allowance) -> Iterator[Member | RefusedMember] | None:
    """What is in an archive or a compressed file; None for a file that is to be read as it is."""
    if not path.is_file():
        return None
    if opener_of(path) is not None and not is_warc(path):
        return compressed_member(path, PurePosixPath(shown).stem, allowance)
    return zip_members(path, allowance) if is_zip_of_files(path) else None


def unreadable(error: Exception) -> str:
    """Why a file, or the rest of it, cannot be read."""
    if isinstance(error, UnreadableError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    if isinstance(error, (OSError, UnicodeError, pa.ArrowException, zipfile.BadZipFile, zlib.error, EOFError)):
        return f"cannot be read to its end: {printable(str(error))}"
    return f"cannot be read to its end: {type(error).__name__}: {printable(str(error))}"
