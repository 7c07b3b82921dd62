"""Reads the user's own TOML files of entries (`[[actor]]`, `[[target]]`), with errors that say where and what."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..errors import KnowledgeError

_SHOWN = 80  # characters of a key in a message


def read_entries(path: Path, kind: str) -> list[dict[str, Any]]:
    """The tables under `[[kind]]` of a file that holds nothing else, perhaps none.

    Raises KnowledgeError, naming the file, where it cannot be read or holds something else.
    """
    if path.exists() and not path.is_file():  # a pipe or a device may never end
        raise KnowledgeError(f"{path}: is not a regular file; name a TOML file of {kind}s")
    try:
        file = tomllib.loads(path.read_text(encoding="utf-8"))
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
    return entries


def refuse_unknown(where: str, keys: Iterable[str], known: Sequence[str]) -> None:
    """Raise KnowledgeError for the first key that is none of the known ones, with the likeliest it was meant to be."""
    for key in keys:
        if key not in known:
            near = get_close_matches(key[:_SHOWN], known, n=1)
            advice = f"did you mean {near[0]!r}?" if near else f"use {', '.join(known)}"
            raise KnowledgeError(f"{where} has an unknown key {key[:_SHOWN]!r}; {advice}")
