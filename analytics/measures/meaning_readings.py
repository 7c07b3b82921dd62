"""Linear readings of what sentences mean: how alike a sentence is to invented ones that were written for a class.

The weights were learnt over the vectors of the published sentence encoder, which no training of the reader changes, and
are applied to the reader's meanings, which are held to those vectors. Their card: `knowledge/readings/card.md`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..annotation.encoder import Span, verify
from ..annotation.heads import Doubles, load_heads
from ..article import AnnotatedArticle
from ..knowledge.lexicon import KNOWLEDGE

FOLDER = KNOWLEDGE / "readings"
FILE = "readings.npz"


class Reading(NamedTuple):
    """Weights [class, 384] and bias [class] of the logits of classes."""

    weight: Doubles
    bias: Doubles

    def logits(self, meanings: Doubles) -> Doubles:
        """Logits [sentence, class] of meanings [sentence, 384]."""
        return np.asarray(meanings @ self.weight.T + self.bias, dtype=np.float64)


@cache
def load_reading(name: str, folder: Path = FOLDER) -> Reading:
    """One of the readings that ship: "frames" or "slant". Raises KnowledgeError where its file is not as shipped."""
    verify(folder)
    with np.load(folder / FILE) as file:
        return Reading(*(file[f"{name}.{part}"].astype(np.float64) for part in Reading._fields))


def meaning_of(annotated: AnnotatedArticle, spans: list[Span]) -> Doubles:
    """What stretches of one sentence mean together [384]; zeros where they hold no word piece."""
    hidden = annotated.encoded.hidden
    parts = [hidden[annotated.encoded.pieces(*span)] for span in spans]
    vectors = np.concatenate(parts) if parts else hidden[:0]
    if not len(vectors):
        return np.zeros(hidden.shape[1])
    return load_heads().meaning(vectors).astype(np.float64)
