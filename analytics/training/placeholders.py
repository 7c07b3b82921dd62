"""What the pieces of placeholders mean to an encoder before it learns: names of their kind, and their number."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from ..annotation.masking import KINDS, NUMBERED, placeholder

NAMES = {
    "party": "john mary smith james anna miller david peter carter laura company party group agency council union",
    "place": "france germany china canada india italy spain brazil japan egypt country nation city region state town",
}
NUMBERS = "one two three four five six".split()
SHARE = 0.5  # of what sets a number's word apart from other numbers


@torch.no_grad()
def begin_placeholders(words: nn.Embedding, tokenizer: Any, *, shift: int = 0) -> None:
    """Set the vectors of the placeholders' pieces in a vocabulary that is BERT's with `shift` pieces before."""

    def vectors(texts: list[str]) -> torch.Tensor:
        return words.weight[[tokenizer.token_to_id(text) + shift for text in texts]]

    numbers = vectors(NUMBERS)
    apart = SHARE * (numbers - numbers.mean(0))
    for kind in KINDS:
        middle = vectors(NAMES[kind].split()).mean(0)
        for number in range(NUMBERED):
            words.weight[placeholder(kind, number) + shift] = middle + apart[number]
