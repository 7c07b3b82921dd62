"""What a sentence means, as a vector: sentences of like meaning have vectors of like direction.

The weights and their origin: `analytics/knowledge/sentence_encoder/card.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..knowledge.lexicon import KNOWLEDGE
from .encoder import Encoder, Floats

if TYPE_CHECKING:
    from tokenizers import Encoding

FOLDER = KNOWLEDGE / "sentence_encoder"
WIDTH = 384
LONGEST = 256  # word pieces; what follows is not read
_FEW = 8  # texts that are not worth a second thread


@cache
def load_embedder(folder: Path = FOLDER) -> Embedder:
    """The embedder, loaded once per process."""
    return Embedder(folder)


class Embedder:
    """Runs the exported encoder, each text on one thread.

    Raises KnowledgeError, naming the file, if a weight file is missing or is not the one that was shipped.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.encoder = Encoder(folder, outputs=("embedding",))
        self.encoder.tokenizer.enable_truncation(LONGEST)

    def embed(self, texts: Sequence[str], *, threads: int = 1) -> Floats:
        """Vectors [text, 384] of length 1, so that the product of two is their cosine.

        An empty text has a vector, too: that of nothing. Of a long text the first 256 word pieces count. The texts
        are shared among `threads`, which changes no vector.

        >>> vectors = load_embedder().embed(["The dam broke.", "The dam has burst.", "Shares rose."])
        >>> bool(vectors[0] @ vectors[1] > 0.7 > 0.3 > vectors[0] @ vectors[2])
        True
        """
        encoded = self.encoder.tokenizer.encode_batch(list(texts))
        # One text a run: the int8 model scales by the largest number in sight, so in a batch
        # a text's vector would depend on its neighbours.
        # (onnxruntime lets go of the interpreter while it runs)
        if threads > 1 and len(texts) >= _FEW:
            with ThreadPoolExecutor(threads) as pool:
                found = list(pool.map(self._run, encoded))
        else:
            found = list(map(self._run, encoded))
        return np.array(found, dtype=np.float32).reshape(len(texts), WIDTH)

    def _run(self, encoding: Encoding) -> Floats:
        return self.encoder.run(encoding.ids)[0]
