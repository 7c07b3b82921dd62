"""Logs of corrections with lines that are none, and with names that hold whatever a name may hold."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from ...results import corrections
from ...results.store import open_store
from .trials import Trial

_GOOD = b'{"action": "rename", "actor_id": "quill", "name": "The Quill", "at": "2031-01-06T09:00:00+00:00"}'
_ALSO_GOOD = b'{"action": "hide", "actor_id": "velland", "at": "2031-01-06T09:00:00+00:00"}'

BAD_LINES = (
    b"not json",
    b"{",
    b'{"action": "hide", "actor_id": "tash"',
    b'{"action": "hide", "actor_id": "tash"} {}',
    b"[]",
    b'["hide", "tash"]',
    b'"hide"',
    b"17",
    b"null",
    b"true",
    b"{}",
    b'{"actor_id": "tash"}',
    b'{"action": null, "actor_id": "tash"}',
    b'{"action": "explode", "actor_id": "tash"}',
    b'{"action": 1, "actor_id": "tash"}',
    b'{"action": ["hide"], "actor_id": "tash"}',
    b'{"action": {"hide": 1}, "actor_id": "tash"}',
    b'{"action": "hide"}',
    b'{"action": "hide", "actor_id": null}',
    b'{"action": "hide", "actor_id": 17}',
    b'{"action": "hide", "actor_id": ""}',
    b'{"action": "hide", "actor_id": ["tash"]}',
    b'{"action": "hide", "actor_id": "tash", "at": 3}',
    b'{"action": "hide", "actor_id": "tash", "color": "red"}',
    b'{"action": "merge", "actor_id": "tash"}',
    b'{"action": "merge", "into": "tash"}',
    b'{"action": "merge", "actor_id": "tash", "into": {"id": "quill"}}',
    b'{"action": "rename", "actor_id": "tash"}',
    b'{"action": "rename", "actor_id": "tash", "name": false}',
    b'{"action": "rename", "actor_id": "tash", "name": "   "}',
    b'{"action": "rename", "actor_id": "tash", "name": "\\ud800"}',
    b'{"action": "rename", "actor_id": "\\udc00x", "name": "T"}',
    b'{"action": "undo"}',
    b'{"action": "undo", "undoes": "1"}',
    b'{"action": "undo", "undoes": true}',
    b'{"action": "undo", "undoes": 1.0}',
    b'{"action": "undo", "undoes": -1}',
    b'{"action": "undo", "undoes": ' + b"9" * 5000 + b"}",
    b'{"action": "rename", "actor_id": "tash", "name": "\xff\xfe"}',
    b'\xef\xbb\xbf{"action": "hide", "actor_id": "tash"}',
    b"\x00" * 40,
    b"[" * 100_000,
    b'{"action": ' * 20_000,
    '{"action": "hide", "actor_id": "tash"}'.encode("utf-16-le"),
)

ODD_NAMES = (
    "line\u2028separator",
    "paragraph\u2029separator",
    "next\u0085line",
    "form\x0cfeed \x1c \x1d \x1e",
    "new\nline\r\n",
    "tab\t",
    "nul\x00",
    "“quoted” 'single' \"double\" \\",
    "'; DROP TABLE actors; --",
    "<script>alert(1)</script>",
    "שלום \u202eright to left",
    "e\u0301 and \U0001f469\u200d\U0001f680",
    "\ufeffmark",
    "x" * 100_000,
)


def correction_trials(folder: Path, results: Path) -> Iterator[Trial]:
    """Bad lines between good ones, and odd names through the log and back."""
    for number, line in enumerate(BAD_LINES):
        yield "line that is no correction", _bad_line(results, folder / f"line {number}", line)
    for number, name in enumerate(ODD_NAMES):
        yield "odd name in a correction", _odd_name(results, folder / f"name {number}", name)


def _bad_line(results: Path, folder: Path, line: bytes) -> str | None:
    shutil.copytree(results, folder)
    log = folder / corrections.FILE
    log.write_bytes(b"\n".join([_GOOD, line, _ALSO_GOOD, b""]))
    try:
        store = open_store(folder)
        corrections.rename(folder, "tash", "Still written")
        later = open_store(folder)
    except Exception as error:  # whatever it is, it is what we are looking for
        return f"{line[:60]!r}: {type(error).__name__}: {error}"
    if [c.number for c in store.corrections] != [1, 3]:
        return f"{line[:60]!r}: in force are {[c.number for c in store.corrections]}"
    if len(store.left_out) != 1 or "line 2" not in store.left_out[0] or "\n" in store.left_out[0]:
        return f"{line[:60]!r}: said is {store.left_out}"
    if set(later.select("actors")["name"]) != {"The Quill", "Still written"} or line not in log.read_bytes():
        return f"{line[:60]!r}: a later correction is not in force, or the line is gone"
    return None


def _odd_name(results: Path, folder: Path, name: str) -> str | None:
    shutil.copytree(results, folder)
    try:
        corrections.rename(folder, "quill", name)
        corrections.hide(folder, "velland")
        store = open_store(folder)
    except Exception as error:  # whatever it is, it is what we are looking for
        return f"{name[:60]!r}: {type(error).__name__}: {error}"
    if store.left_out or name.strip() not in set(store.select("actors")["name"]) or len(store.corrections) != 2:
        return f"{name[:60]!r}: is shown as {store.select('actors')['name'].tolist()}"
    return None
