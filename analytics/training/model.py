"""The shipped model as a torch module: one small encoder and the heads that share its vectors."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..annotation.heads import DEPTH, HEDGES, LOOKS, RELATIONS, SEEN, SENTIMENTS
from .attribution import AttributionHead
from .encoder import HIDDEN, LAYERS, Encoder, WideEncoder

INNER = 256


class MentionHead(nn.Module):
    """Reads a sentence from the point of view of its mentions.

    Each mention looks over its sentence with a few attention heads of its own; what it is (the mean of
    its pieces), what it saw and what the sentence is as a whole lead to the classes. For a pair,
    both mentions look.
    """

    def __init__(self, *, mentions: int, classes: int, dropout: float, width: int = HIDDEN) -> None:
        super().__init__()
        self.query = nn.Linear(width, LOOKS * DEPTH)
        self.key = nn.Linear(width, LOOKS * DEPTH)
        self.value = nn.Linear(width, SEEN)
        self.dropout = nn.Dropout(dropout)
        self.inner = nn.Linear(mentions * (width + SEEN) + width + (mentions > 1), INNER)
        self.out = nn.Linear(INNER, classes)

    def forward(self, hidden: Tensor, window: Tensor, mentions: list[Tensor], sentence: Tensor) -> Tensor:
        """Logits [item, class] from vectors [window, piece, width], each item's window, its mentions' piece
        ranges [item, 2] and its sentence's [item, 2]."""
        own = hidden[window]
        inside = between(sentence, hidden.shape[1])
        key = self.key(own).unflatten(-1, (LOOKS, DEPTH))
        value = self.value(own).unflatten(-1, (LOOKS, SEEN // LOOKS))
        features = [mean_over(own, inside)]
        for places in mentions:
            mention = mean_over(own, between(places, hidden.shape[1]))
            query = self.query(mention).unflatten(-1, (LOOKS, DEPTH))
            scores = torch.einsum("ihd,iphd->ihp", query, key) / DEPTH**0.5
            scores = scores.masked_fill(~inside[:, None, :], -1e4).softmax(-1)
            features += [mention, torch.einsum("ihp,iphd->ihd", scores, value).flatten(1)]
        if len(mentions) > 1:  # whether p comes before q: holders mostly do
            features.append(torch.sign(mentions[1][:, :1] - mentions[0][:, :1]).to(own.dtype))
        return self.out(torch.tanh(self.inner(self.dropout(torch.cat(features, dim=-1)))))


def between(ranges: Tensor, length: int) -> Tensor:
    """Which pieces [item, piece] lie in each range [item, 2]."""
    at = torch.arange(length, device=ranges.device)[None, :]
    return (at >= ranges[:, :1]) & (at < ranges[:, 1:])


def mean_over(vectors: Tensor, inside: Tensor) -> Tensor:
    mask = inside.to(vectors.dtype)[..., None]
    return (vectors * mask).sum(1) / mask.sum(1).clamp(min=1)


class Model(nn.Module):
    """Encoder and heads; `wide` is MPNet, the teacher of heads that need no marks."""

    def __init__(self, *, layers: int = LAYERS, dropout: float = 0.0, wide: bool = False) -> None:
        super().__init__()
        self.encoder = WideEncoder(dropout=dropout) if wide else Encoder(layers=layers, dropout=dropout)
        width = WideEncoder.WIDTH if wide else HIDDEN
        self.attribution = AttributionHead(width)
        self.sentiment = MentionHead(mentions=1, classes=len(SENTIMENTS), dropout=dropout, width=width)
        self.relation = MentionHead(mentions=2, classes=len(RELATIONS), dropout=dropout, width=width)
        self.hedge = nn.Linear(width, len(HEDGES))
        self.meaning = nn.Linear(width, HIDDEN)
        if not wide:
            nn.init.eye_(self.meaning.weight)
            nn.init.zeros_(self.meaning.bias)
