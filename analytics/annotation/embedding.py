"""What a sentence means, as a vector: sentences of like meaning have vectors of like direction.

The weights and their origin: `analytics/knowledge/sentence_encoder/card.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ..knowledge.lexicon import KNOWLEDGE
from .tagger import Floats, verify
from .windows import load_tokenizer

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
        import onnxruntime

        verify(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # more are slower where cores are shared
        self.session: Any = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = load_tokenizer(folder / "tokenizer.json")
        self.tokenizer.enable_truncation(LONGEST)

    def embed(self, texts: Sequence[str]) -> Floats:
        """Vectors [text, 384] of length 1, so that the product of two is their cosine.

        An empty text has a vector, too: that of nothing. Of a long text the first 256 word pieces count.

        >>> vectors = load_embedder().embed(["The dam broke.", "The dam has burst.", "Shares rose."])
        >>> bool(vectors[0] @ vectors[1] > 0.7 > 0.3 > vectors[0] @ vectors[2])
        True
        """
        # One text a run: the int8 model scales by the largest number in sight, so in a batch
        # a text's vector would depend on its neighbours.
        found = [
            self.session.run(None, {"ids": np.array([encoding.ids], dtype=np.int64)})[0][0]
            for encoding in self.tokenizer.encode_batch(list(texts))
        ]
        return np.array(found, dtype=np.float32).reshape(len(texts), WIDTH)
