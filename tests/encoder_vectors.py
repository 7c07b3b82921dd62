"""Vectors of invented texts from the three encoders, to compare with those kept in encoder_vectors.npz.

The kept ones come from a processor with VNNI, whose integer products are exact. After a change of the weights, there:
`python tests/encoder_vectors.py` writes them anew.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.annotation.embedding import Embedder
from analytics.annotation.encoder import Encoder
from analytics.annotation.reader import FOLDER as READER
from analytics.annotation.tagger import FOLDER as TAGGER

KEPT = Path(__file__).with_suffix(".npz")
TEXTS = (
    "The dam broke.",
    "Shares in the harbour company fell by a tenth.",
    "Olin Moor, an engineer, called the claim “reckless”.",
    "Nobody was hurt, the fire brigade said.",
    "Why did the council wait so long?",
    "Mayor Ada Brandt said on Monday that the dam was safe, but few in Velmora believed her.",
    "The union, which had warned of a strike, may yet accept the offer.",
    "According to the insurers, repairs would cost 41 million crowns.",
    "“We may have to close the harbour,” the port authority warned after talks with the dockers' union, which accuses "
    "the city of having ignored three reports. Critics say the ministry knew of the cracks; a spokeswoman, Tess Arlow, "
    "rejected that as absurd and spoke of a campaign before the vote.",
)


def vectors() -> dict[str, NDArray[np.float16]]:
    """By encoder, for each text: what it means, the mean of the reader's vectors, the mean of the tagger's logits."""
    reader, tagger = Encoder(READER, outputs=("hidden",)), Encoder(TAGGER, outputs=("cue",))
    windows = [reader.cut(text)[0].ids for text in TEXTS]
    found = {
        "sentence_encoder": Embedder().embed(TEXTS),
        "encoder": np.array([reader.run(ids)[0].mean(axis=0) for ids in windows]),
        "attribution_tagger": np.array([tagger.run(ids)[0].mean(axis=0) for ids in windows]),
    }
    return {name: rows.astype(np.float16) for name, rows in found.items()}


if __name__ == "__main__":
    np.savez(KEPT, **vectors())
