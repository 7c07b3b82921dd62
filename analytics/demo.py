"""What ships beside the package: the dashboard's entry, the sample corpus and the two seeds."""

from __future__ import annotations

import hashlib
from pathlib import Path

from platformdirs import user_cache_path

from .errors import StoreError

_PACKAGE = Path(__file__).parent
_BUNDLE = _PACKAGE / "_bundle"  # a wheel carries the top-level files in here; a checkout has no such folder
_ROOT = _BUNDLE if _BUNDLE.is_dir() else _PACKAGE.parent

DASHBOARD = _ROOT / "dashboard.py"
SAMPLE = _ROOT / "data" / "sample" / "articles.jsonl"
SAMPLE_ACTORS = _ROOT / "data" / "sample" / "actors.toml"
SEEDS = _ROOT / "seeds"


def demo_inputs() -> list[Path]:
    """The sample corpus and the two founding documents."""
    return [SAMPLE, *sorted(SEEDS.glob("*.txt"))]


def demo_folder() -> Path:
    """Where the demo's results go: ``data/demo`` of a checkout, the user's cache otherwise."""
    return user_cache_path("tellings") / "demo" if _ROOT == _BUNDLE else _ROOT / "data" / "demo"


def demo_is_current(folder: Path) -> bool:
    """Whether a folder holds this version's results on the demo's inputs as they are now."""
    from . import __version__
    from .results.store import open_store

    try:
        store = open_store(folder)
    except StoreError:
        return False
    store.close()
    scored = {file.get("sha256") for file in store.manifest.get("inputs", ())}
    current = {hashlib.sha256(path.read_bytes()).hexdigest() for path in demo_inputs()}
    return bool(store.manifest.get("tellings") == __version__ and scored == current)
