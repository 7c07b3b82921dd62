"""A run of the pipeline with its progress shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .notes import tell
from .progress import progress_shown
from .running import stoppable

if TYPE_CHECKING:
    from ..results.store import Store


def run_scoring(inputs: Sequence[Path], out: Path, **options: Any) -> Store:
    """Score inputs into a folder; an interruption ends with a line on how to go on."""
    resumable = "resume" in options
    with stoppable(
        f"stopped; the same command {'with --resume continues where it was' if resumable else 'starts anew'}"
    ):
        from ..scoring.pipeline import score

        with progress_shown() as progress:
            store = score(inputs, out, progress=progress, **options)
    tell([*store.manifest.get("notes", ()), *store.left_out])
    return store
