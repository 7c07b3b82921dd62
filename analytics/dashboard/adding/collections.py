"""Collections: articles that were added in the browser and their results, kept in a folder of the user's."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from ...errors import TellingsError
from ...results.manifest import MANIFEST

VARIABLE = "TELLINGS_COLLECTIONS"  # names the folder of all collections
ABOUT = "collection.json"
LONGEST_NAME = 60
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SECRET_BYTES = 8


@dataclass(frozen=True)
class Collection:
    """Articles as JSON Lines, one file each time some were added, and the results of all of them."""

    folder: Path
    name: str

    @property
    def key(self) -> str:
        """What stands for it in an address: its name, and a part that nobody can guess."""
        return self.folder.name

    @property
    def articles(self) -> Path:
        """The folder of its articles."""
        return self.folder / "articles"

    @property
    def results(self) -> Path:
        """Its results folder."""
        return self.folder / "results"

    @property
    def is_measured(self) -> bool:
        """Whether there are results."""
        return (self.results / MANIFEST).is_file()

    def records(self) -> Iterator[dict[str, Any]]:
        """The articles that it holds."""
        for file in sorted(self.articles.glob("*.jsonl")):
            with file.open(encoding="utf-8") as lines:
                yield from (json.loads(line) for line in lines)

    def add(self, records: Iterable[Mapping[str, Any]]) -> Path:
        """Add articles as a file of their own, whole or not at all."""
        self.articles.mkdir(parents=True, exist_ok=True)
        number = 1 + max((int(file.stem) for file in self.articles.glob("*.jsonl") if file.stem.isdigit()), default=0)
        file = self.articles / f"{number:04}.jsonl"
        written = self.articles / f".{number:04}.new"
        written.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8")
        os.replace(written, file)
        return file

    def take_back(self, file: Path) -> None:
        """Remove a file of articles that was not measured; with it the collection, where it holds nothing else."""
        file.unlink(missing_ok=True)
        if not self.is_measured and not any(self.articles.glob("*.jsonl")):
            shutil.rmtree(self.folder, ignore_errors=True)


def home() -> Path:
    """The folder of all collections."""
    return Path(os.environ.get(VARIABLE) or user_data_path("tellings", appauthor=False) / "collections")


def create(name: str) -> Collection:
    """A new collection. Raises TellingsError where its folder cannot be made."""
    name = " ".join(name.split())[:LONGEST_NAME] or "My articles"
    words = re.findall(r"[a-z0-9]+", name.lower())
    folder = home() / "-".join([*words, secrets.token_hex(_SECRET_BYTES)])
    try:
        folder.mkdir(parents=True, mode=0o700)
        about = {"name": name, "made": datetime.now(UTC).isoformat(timespec="seconds")}
        (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise TellingsError(f"{folder} cannot be made: {error.strerror}") from error
    return Collection(folder, name)


def find(key: str) -> Collection | None:
    """The collection of a key, such as an address has it; None where there is none."""
    return _at(home() / key) if _KEY.fullmatch(key) and len(key) <= 200 else None


def of_folder(folder: Path) -> Collection | None:
    """The collection that a folder, or the folder of its results, is of."""
    return _at(folder) or (_at(folder.parent) if folder.name == "results" else None)


def listed() -> list[Collection]:
    """The collections that have results, the newest first."""
    folders = home().iterdir() if home().is_dir() else ()
    found = [each for each in map(_at, folders) if each is not None and each.is_measured]
    return sorted(found, key=lambda each: (each.results / MANIFEST).stat().st_mtime, reverse=True)


def _at(folder: Path) -> Collection | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        return Collection(folder, str(about["name"])[:LONGEST_NAME])
    return None
