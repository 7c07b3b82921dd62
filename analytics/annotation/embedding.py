"""What a sentence means, as a vector: sentences of like meaning have vectors of like direction.

The weights and their origin: `analytics/knowledge/sentence_encoder/card.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from ..knowledge.lexicon import KNOWLEDGE
from .encoder import Encoder, Floats

FOLDER = KNOWLEDGE / "sentence_encoder"
WIDTH = 384
LONGEST = 256  # word pieces; what follows is not read


@cache
def load_embedder(folder: Path = FOLDER) -> Embedder:
    """The embedder, loaded once per process."""
    return Embedder(folder)


class Embedder:
    """Runs the exported encoder on one thread.

    Raises KnowledgeError, naming the file, if a weight file is missing or is not the one that was shipped.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.encoder = Encoder(folder, outputs=("embedding",))
        self.encoder.tokenizer.enable_truncation(LONGEST)

    def embed(self, texts: Sequence[str]) -> Floats:
        """Vectors [text, 384] of length 1, so that the product of two is their cosine.

        An empty text has a vector, too: that of nothing. Of a long text the first 256 word pieces count.

        >>> vectors = load_embedder().embed(["The dam broke.", "The dam has burst.", "Shares rose."])
        >>> bool(vectors[0] @ vectors[1] > 0.7 > 0.3 > vectors[0] @ vectors[2])
        True
        """
        encoded = self.encoder.tokenizer.encode_batch(list(texts))
        # One text a run: the int8 model scales by the largest number in sight, so in a batch
        # a text's vector would depend on its neighbours.
        found = [self.encoder.run(encoding.ids)[0] for encoding in encoded]
        return np.array(found, dtype=np.float32).reshape(len(texts), WIDTH)
