"""Reads a text once, its names masked, with the encoder whose vectors all heads but the tagger's share.

The weights, how they were made and how well they do: `analytics/knowledge/encoder/card.md`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from ..article import AnnotatedArticle
from ..knowledge.lexicon import KNOWLEDGE
from .casing import recase
from .encoder import Encoder, Floats, Span
from .masking import Masked, mask, number_names
from .windows import Block, Window
from .written_names import written_names

FOLDER = KNOWLEDGE / "encoder"
WIDTH = 384
OUTPUTS = ("hidden", "hedge")


class EncodedText:
    """What the encoder saw in a text: for each word piece, by its place, a vector and the logits of hedge kinds.

    A masked name is one piece at its place; `masked` are those, in order.
    """

    def __init__(self, windows: Sequence[tuple[Window, Floats, Floats]], masked: Sequence[Masked] = ()) -> None:
        self.masked = tuple(masked)
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

    def read(self, text: str, *, known: Sequence[Span] = ()) -> EncodedText:
        """Read a sentence; `known` are stretches that hold a name, whatever it looks like."""
        return self.read_masked(text, number_names(written_names(text, known=known), [0]))

    def read_article(self, annotated: AnnotatedArticle, *, blocks: Sequence[Block] | None = None) -> EncodedText:
        """Read an article, in which actors and sentences are found already, and its word pieces perhaps."""
        names = [mention for mention in annotated.mentions if mention.form == "name"]
        found = written_names(annotated.content, known=names, read_as=recase(annotated.article).text)
        masked = number_names(found, [sentence.start for sentence in annotated.sentences])
        return self.read_masked(annotated.content, masked, blocks=blocks)

    def read_masked(self, text: str, masked: Sequence[Masked], *, blocks: Sequence[Block] | None = None) -> EncodedText:
        """Read a text with placeholders in certain places."""
        encoder = self.encoder
        blocks = encoder.blocks(text) if blocks is None else blocks
        windows = encoder.pack(text, mask(blocks, masked))
        return EncodedText([(window, *outputs) for window, outputs in encoder.over(windows)], masked)  # type: ignore[misc]
