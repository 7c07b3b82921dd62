"""A run of the pipeline with its progress shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import TellingsError
from .progress import progress_shown

if TYPE_CHECKING:
    from ..results.store import Store


def run_scoring(inputs: Sequence[Path], out: Path, **options: Any) -> Store:
    """Score inputs into a folder; an interruption ends with a line on how to go on."""
    try:
        from ..scoring.pipeline import score

        with progress_shown() as progress:
            return score(inputs, out, progress=progress, **options)
    except KeyboardInterrupt:
        raise TellingsError("stopped; the same command with --resume continues where it was") from None
