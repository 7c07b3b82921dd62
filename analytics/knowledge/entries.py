"""Reads the user's own TOML files of entries (`[[actor]]`, `[[target]]`), with errors that say where and what."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..errors import KnowledgeError

MOST_BYTES = 1 << 20
MOST_DOTS = 50  # in a line, outside of texts: names of tables inside tables cost their square
LONGEST_TEXT = 500  # characters of a name, a keyword, a statement
LONGEST_LIST = 1_000  # names or keywords of an entry
_SHOWN = 80  # characters of a key in a message
_TEXT = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")


def read_entries(path: Path, kind: str, *, most: int) -> list[dict[str, Any]]:
    """The tables under `[[kind]]` of a file that holds nothing else, perhaps none.

    Raises KnowledgeError, naming the file, where it cannot be read, holds something else, more than `most` tables, or
    anything long or nested beyond reason.
    """
    if path.exists() and not path.is_file():  # a pipe or a device may never end
        raise KnowledgeError(f"{path}: is not a regular file; name a TOML file of {kind}s")
    try:
        file = tomllib.loads(_bounded(path, kind))
    except FileNotFoundError as error:
        raise KnowledgeError(f"{path}: there is no such {kind}s file") from error
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: is not a valid TOML file ({error})") from error
    except RecursionError as error:
        raise KnowledgeError(f"{path}: holds lists or tables too deeply inside each other") from error
    except ValueError as error:  # a number of more digits than Python takes
        raise KnowledgeError(f"{path}: holds a value that cannot be read ({error})") from error
    entries = file.get(kind, [])
    if set(file) - {kind} or not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        stray = next(iter(set(file) - {kind}), kind)[:_SHOWN]
        raise KnowledgeError(f"{path}: {stray!r} stands outside an entry; begin every {kind} with a line [[{kind}]]")
    if len(entries) > most:
        raise KnowledgeError(f"{path}: holds {len(entries):,} [[{kind}]] entries; at most {most:,} are read")
    for number, entry in enumerate(entries, 1):
        _refuse_long(f"{path}: [[{kind}]] number {number}", entry)
    return entries


def _bounded(path: Path, kind: str) -> str:
    """A file's text, where it is no larger than a file of entries may be, and not nested so that reading never ends."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise KnowledgeError(f"{path}: is larger than {MOST_BYTES >> 20} MB, which no file of {kind}s is")
    text = data.decode("utf-8").replace("\r\n", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS and _dots(line) > MOST_DOTS:
            raise KnowledgeError(f"{path}: line {number} names tables too deeply inside each other")
    return text


def _dots(line: str) -> int:
    """Dots of a line that are no comment and, as far as can be told, in no text."""
    if line.lstrip().startswith("#"):
        return 0
    over_lines = '"""' in line or "'''" in line  # what is text in it depends on other lines
    return (line if over_lines else _TEXT.sub("", line)).count(".")


def _refuse_long(where: str, value: object) -> None:
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise KnowledgeError(f"{where}: {value[:_SHOWN]!r}… is longer than {LONGEST_TEXT} characters")
    if isinstance(value, list) and len(value) > LONGEST_LIST:
        raise KnowledgeError(f"{where}: a list holds {len(value):,} values; at most {LONGEST_LIST:,} are read")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _refuse_long(where, inner)


def refuse_unknown(where: str, keys: Iterable[str], known: Sequence[str]) -> None:
    """Raise KnowledgeError for the first key that is none of the known ones, with the likeliest it was meant to be."""
    for key in keys:
        if key not in known:
            near = get_close_matches(key[:_SHOWN], known, n=1)
            advice = f"did you mean {near[0]!r}?" if near else f"use {', '.join(known)}"
            raise KnowledgeError(f"{where} has an unknown key {key[:_SHOWN]!r}; {advice}")
