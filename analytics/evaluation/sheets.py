"""Sheets of a reader's judgements: tab-separated rows of ids, offsets and verdicts, without the texts."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from ..errors import InputError


def read_rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a sheet of these columns. Raises InputError, naming the file, where it is not of that form."""
    if not path.is_file():
        raise InputError(f"{path}: there is no such sheet; it lies in the project's tests/judgements")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        if list(rows.fieldnames or ()) != list(columns):
            raise InputError(f"{path}: the columns must be {', '.join(columns)}, separated by tabs")
        return list(rows)
