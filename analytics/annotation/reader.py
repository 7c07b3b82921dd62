"""Reads a text once with the encoder whose vectors the heads of sentiment, relations, hedges and frames share.

The weights, how they were made and how well they do: `analytics/knowledge/encoder/card.md`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from ..knowledge.lexicon import KNOWLEDGE
from .encoder import Encoder, Floats
from .windows import Window

FOLDER = KNOWLEDGE / "encoder"
WIDTH = 384
OUTPUTS = ("hidden", "hedge")


class EncodedText:
    """What the encoder saw in a text: for each word piece, by its place, a vector and the logits of hedge kinds."""

    def __init__(self, windows: Sequence[tuple[Window, Floats, Floats]]) -> None:
        kept = [[i for i, (start, _) in enumerate(window.spans) if start >= 0] for window, _, _ in windows]
        spans = [window.spans[i] for (window, _, _), at in zip(windows, kept, strict=True) for i in at]
        self.hidden = _stacked([hidden[at] for (_, hidden, _), at in zip(windows, kept, strict=True)], WIDTH)
        self.hedge = _stacked([hedge[at] for (_, _, hedge), at in zip(windows, kept, strict=True)], 0)
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def pieces(self, start: int, end: int) -> slice:
        """The pieces that overlap a stretch of characters."""
        first = bisect_right(self.ends, start)
        return slice(first, max(first, bisect_left(self.starts, end)))


def _stacked(parts: Sequence[Floats], width: int) -> Floats:
    return np.concatenate(parts) if parts else np.zeros((0, width), dtype=np.float32)


@cache
def load_reader(folder: Path = FOLDER) -> Reader:
    """The reader, loaded once per process."""
    return Reader(folder)


class Reader:
    """Raises KnowledgeError, naming the file, if a weight file is missing or is not the one that was shipped."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.encoder = Encoder(folder, outputs=OUTPUTS)

    def read(self, text: str) -> EncodedText:
        """Read a text once."""
        return self.read_windows(self.encoder.cut(text))

    def read_windows(self, windows: Sequence[Window]) -> EncodedText:
        """Read a text that is cut into windows already."""
        return EncodedText([(window, *outputs) for window, outputs in self.encoder.over(windows)])  # type: ignore[misc]
