"""What the numbers of a run come from: the versions of all that makes them, and the inputs as they were."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ..annotation import model_name
from ..knowledge.lexicon import KNOWLEDGE

_PACKAGES = ("spacy", "vaderSentiment", "ftfy", "pandas", "duckdb")


def versions(**own: Path | None) -> dict[str, str]:
    """What the numbers depend on: packages, models, lexicons, the user's own files by name."""
    model = model_name()
    files = sorted(path for path in KNOWLEDGE.iterdir() if path.suffix in (".tsv", ".txt", ".toml"))
    found = {"python": platform.python_version(), model: version(model.replace("_", "-"))}
    found |= {name: version(name) for name in _PACKAGES}
    found |= {f"knowledge/{path.name}": f"sha256:{_sha256(path)}" for path in files}
    for sums in sorted(KNOWLEDGE.glob("*/SHA256SUMS")):  # of weights; compared with the files whenever they are loaded
        for line in sums.read_text(encoding="utf-8").splitlines():
            digest, name = line.split()
            found[f"knowledge/{sums.parent.name}/{name}"] = f"sha256:{digest}"
    found |= {name: f"sha256:{_sha256(path)}" for name, path in own.items() if path}
    return found


@dataclass(frozen=True, slots=True)
class InputFile:
    """An input as it was before anything was read from it."""

    path: Path
    size: int
    modified: int  # nanoseconds
    sha256: str

    def described(self) -> dict[str, object]:
        return {"file": str(self.path), "bytes": self.size, "sha256": self.sha256}


def input_files(paths: Sequence[Path]) -> list[InputFile]:
    """The regular files among the inputs. A device or a pipe may have no end; it is rejected when it is read."""
    found = []
    for path in paths:
        try:
            if path.is_file():
                before = path.stat()
                found.append(InputFile(path, before.st_size, before.st_mtime_ns, _sha256(path)))
        except OSError:  # gone or forbidden: reading it says so
            continue
    return found


def changed_since(files: Sequence[InputFile]) -> list[str]:
    """A note for each input that is gone or no longer what it was: what was read of it may be only a part."""
    notes = []
    for file in files:
        try:
            now = file.path.stat()
        except OSError:
            notes.append(f"{file.path} was removed during the run; what could be read of it is scored")
            continue
        if (now.st_size, now.st_mtime_ns) != (file.size, file.modified):
            notes.append(f"{file.path} was changed during the run; what was read of it may be old or new")
    return notes


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
