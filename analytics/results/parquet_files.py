"""Parquet files by their exact paths: to DuckDB a path is a pattern and ``name=value`` a column, here neither."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ..errors import StoreError

_OF_PATTERNS = frozenset("*?[")


def scan(files: Path | Sequence[Path]) -> str:
    """The SQL that reads one file, or several of the same columns one below the other, and no others.

    Raises StoreError for a path that DuckDB cannot be told.
    """
    paths = [files] if isinstance(files, Path) else files
    listed = ", ".join("'" + _exactly(_named(path)).replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{listed}], hive_partitioning = false)"


def literal(path: Path) -> str:
    """A path as a SQL string, for what takes no pattern: where a file is written, a setting."""
    return "'" + _named(path).replace("'", "''") + "'"


def _exactly(path: str) -> str:
    """A pattern that only this path fits: what means something in patterns stands in brackets."""
    if not _OF_PATTERNS & set(path):
        return path
    if os.sep == "/" and "\\" in path:  # it would take the meaning of the next character, and there is no way to say so
        raise StoreError(f"{path} holds a backslash together with one of * ? [; choose a folder of another name")
    return "".join(f"[{character}]" if character in _OF_PATTERNS else character for character in path)


def _named(path: Path) -> str:
    name = str(path.absolute())  # a leading ~ would be the home folder
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        raise StoreError(f"the name of {shown} is not UTF-8; choose a folder of another name") from None
    return name
