"""Which files the inputs mean: files as given, folders with everything below them, in order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import InputError

Inputs = str | Path | Iterable[str | Path]

_SHOWN = 200  # characters of a path in a message
_URL = re.compile(r"[a-z][a-z0-9+.\-]+:/", re.IGNORECASE)  # a Path has only one slash there


def find_files(inputs: Inputs) -> list[Path]:
    """The files to read, each once; hidden files and folders below a given folder are passed over.

    A folder that holds Tellings results, one that cannot be listed and a link to a folder stand as themselves,
    to be rejected as such.
    Raises InputError for a path that does not exist, a URL, and inputs without any file.
    """
    paths = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    files: dict[Path, Path] = {}
    for given in paths:
        for file in _files_of(given):
            files.setdefault(file.resolve(), file)
    if not files:
        raise InputError(f"no files in {', '.join(map(str, paths)) or 'the inputs'}; give tables or text files")
    return list(files.values())


def _files_of(given: str | Path) -> list[Path]:
    path = Path(given)
    try:
        exists = path.exists()
    except OSError as error:  # a name that is too long, or a folder on the way that is closed
        raise InputError(f"{str(given)[:_SHOWN]} cannot be read: {error.strerror}") from error
    if not exists and _URL.match(str(given)):
        raise InputError(f"{given} is an address, not a file; save it to a file and give that")
    if not exists:
        raise InputError(f"{given} does not exist; check the path")
    return list(_below(path)) if path.is_dir() else [path]


def _below(folder: Path) -> Iterator[Path]:
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        if is_results_folder(Path(parent)):
            folders.clear()
            yield Path(parent)
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        names += [name for name in folders if Path(parent, name).is_symlink()]  # not followed: it may lead back here
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))
    yield from (Path(os.fsdecode(error.filename)) for error in closed)


def is_results_folder(folder: Path) -> bool:
    """Whether a folder holds results, also those of before (tables beside the manifest), or is a folder of tables."""
    if folder.name.startswith("tables-") and (folder / "scores.parquet").is_file():
        return (folder / "articles.parquet").is_file()
    tables = (folder, *folder.glob("tables-*"))
    return (folder / "manifest.json").is_file() and any((each / "articles.parquet").is_file() for each in tables)
