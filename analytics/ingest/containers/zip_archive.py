"""ZIP archives: each file in them, in the archive's order."""

from __future__ import annotations

import stat
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ..records import printable
from ..zipped_parts import DAMAGED, opened_zip
from .allowance import Allowance
from .member import Member, RefusedMember, a_place_for, is_hidden, unsafe

_FILES = (0, stat.S_IFREG)  # what an archive of Windows says of a file, and what one of Unix says


def zip_members(path: Path, allowance: Allowance) -> Iterator[Member | RefusedMember]:
    """The files of a ZIP archive. Raises UnreadableError where it is damaged or holds too much."""
    with opened_zip(path) as archive:
        infos = [
            info
            for info in archive.infolist()
            if not (info.is_dir() or is_hidden(info.filename)) or unsafe(info.filename)
        ]
        beside: dict[PurePosixPath, list[str]] = defaultdict(list)
        for info in infos:
            beside[PurePosixPath(info.filename).parent].append(PurePosixPath(info.filename).name)
        for info in infos:
            allowance.one_more()
            if reason := _refused(info):
                yield RefusedMember(printable(info.filename), reason)
                continue
            with a_place_for(info.filename) as place:
                try:
                    with archive.open(info) as packed:
                        allowance.unpack(packed, place)
                except DAMAGED as error:
                    yield RefusedMember(printable(info.filename), _why(error))
                    continue
                yield Member(printable(info.filename), place, beside[PurePosixPath(info.filename).parent])


def _refused(info: zipfile.ZipInfo) -> str | None:
    if reason := unsafe(info.filename):
        return reason
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in _FILES:
        return "is a link, which is not followed" if kind == stat.S_IFLNK else "is no regular file"
    return "is encrypted with a password; pack it without one" if info.flag_bits & 1 else None


def _why(error: Exception) -> str:
    if isinstance(error, NotImplementedError):
        return "is packed in a way that cannot be read; pack it as a plain ZIP"
    return f"cannot be unpacked: {printable(str(error) or type(error).__name__)}"
