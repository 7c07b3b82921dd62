"""The manifest of a results folder: how its results were made, and which folder of tables it belongs to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import StoreError
from .schemas import TABLES

MANIFEST = "manifest.json"
LAYOUT = 2  # of results folders; raised where a version of before could not read what this one writes
TABLES_FOLDER = re.compile(r"tables-\d{8}T\d{6}Z-[0-9a-f]{4}")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a results folder.

    Raises StoreError where it is missing, damaged, not Tellings' own or of a later version.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise StoreError(
            f"{folder} holds no Tellings results (no {MANIFEST}); make some with: tellings score INPUT --out {folder}"
        )
    try:
        text = path.read_bytes().decode("utf-8")
        manifest = json.loads(text) if text.strip() else None
        json.dumps(manifest, ensure_ascii=False).encode()  # no half characters, which nothing could show or write
    except OSError as error:
        raise StoreError(f"{path} cannot be read ({error.strerror}); see to its permissions") from error
    except (ValueError, RecursionError):
        raise _unusable(folder, "is damaged: no JSON") from None
    if manifest is None:
        raise _unusable(folder, "is empty")
    if not (isinstance(manifest, dict) and isinstance(manifest.get("tellings"), str)):
        raise _unusable(folder, "was not written by Tellings")
    layout = manifest.get("layout", 1)
    if isinstance(layout, int) and layout > LAYOUT:
        raise StoreError(
            f"{folder} was written by a later version of Tellings ({manifest['tellings']}), which still reads it; "
            "open it with that version, or score the articles again into another folder"
        )
    if wrong := next(_wrong_entries(manifest), None):
        raise _unusable(folder, f"is damaged: {wrong} is not what Tellings writes there")
    return manifest


def _unusable(folder: Path, what: str) -> StoreError:
    return StoreError(
        f"{folder / MANIFEST} {what}; the Parquet files in {folder} can still be read by other programs; "
        f"score the articles again with: tellings score INPUT --out {folder}"
    )


def _wrong_entries(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Entries that are read later and are not what they are taken for."""
    layout = manifest.get("layout", 1)
    if type(layout) is not int or layout < 1:
        yield "layout"
    needed = {"tables", "counts", "files"} if layout > 1 else set()
    for name, fits in _ENTRIES.items():
        if not fits(manifest[name]) if name in manifest else name in needed:
            yield name
    if layout == 1 and "tables" in manifest:
        yield "tables"
    for name in needed - {"tables"}:
        if set(TABLES) - set(manifest[name]):
            yield name


def _records(*texts: str) -> Callable[[Any], bool]:
    """Whether a value is a list of objects with these entries, each a text."""
    return lambda value: (
        isinstance(value, list)
        and all(isinstance(each, dict) and all(isinstance(each.get(name), str) for name in texts) for each in value)
    )


_ENTRIES: dict[str, Callable[[Any], bool]] = {
    "counts": lambda value: isinstance(value, dict) and all(type(n) is int for n in value.values()),
    "files": lambda value: isinstance(value, dict) and all(isinstance(each, dict) for each in value.values()),
    "hidden": lambda value: isinstance(value, dict),
    "inputs": _records("sha256"),
    "notes": lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
    "settings": lambda value: isinstance(value, dict),
    "tables": lambda value: isinstance(value, str) and bool(TABLES_FOLDER.fullmatch(value)),
    "targets": _records("id", "statement"),
    "versions": lambda value: isinstance(value, dict),
}
