"""What the attribution head learns from: PolNeAR's texts in windows, with labels.

The encoder yields a BIO label per word piece for cues, and, for every pair of a cue and a word
piece, BIO labels for "belongs to this cue's source" and "… content". So spans come linked, may nest,
and may be in several pieces. The pair scores are products of two projections with rotary positions
(Su et al. 2021, 2022), so only the cues' rows are ever computed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from ..annotation.windows import Window, cut_windows
from ..evaluation.polnear_gold import Fragments, GoldText
from .encoder import DEVICE, HIDDEN

O, B, I = 0, 1, 2  # noqa: E741
ROLES = ("source", "content")
PAIR_LABELS = 3 * len(ROLES)
WIDTH = 64  # of the two projections, for each pair label
IGNORED = -100
SEEN = 0.3  # p of a cue's first piece, from which on a teacher's cue is learnt from


class Example(NamedTuple):
    """A window with its gold labels: per piece for cues; per cue and piece for each role."""

    ids: list[int]
    cues: list[int]
    starts: list[int]  # the first piece of each cue
    pairs: list[list[list[int]]]  # cue → role → label per piece


class AttributionHead(nn.Module):
    """Cue labels, and the two projections whose products score cue–piece pairs."""

    def __init__(self, width: int = HIDDEN) -> None:
        super().__init__()
        self.cue = nn.Linear(width, 3)
        self.prior = nn.Linear(width, PAIR_LABELS)
        self.query = nn.Sequential(nn.Linear(width, 256), nn.GELU(), nn.Linear(256, PAIR_LABELS * WIDTH))
        self.key = nn.Sequential(nn.Linear(width, 256), nn.GELU(), nn.Linear(256, PAIR_LABELS * WIDTH))

    def forward(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Cue logits, pair priors, queries and keys, each [batch, piece, …], from vectors [batch, piece, width]."""
        shape = (hidden.shape[0], hidden.shape[1], PAIR_LABELS, WIDTH)
        query = _rotate(self.query(hidden).view(shape)) / WIDTH**0.5
        key = _rotate(self.key(hidden).view(shape))
        return self.cue(hidden), self.prior(hidden), query, key


def _rotate(x: Tensor) -> Tensor:
    """Turn each pair of numbers by an angle that grows with the place, so that products see distances."""
    half = WIDTH // 2
    speed = 10000.0 ** (-torch.arange(half, device=x.device) / half)
    angle = torch.arange(x.shape[1], device=x.device)[:, None, None] * speed
    sin, cos = torch.sin(angle), torch.cos(angle)
    first, second = x[..., :half], x[..., half:]
    return torch.cat([first * cos - second * sin, second * cos + first * sin], dim=-1)


# ---- examples ------------------------------------------------------------


def make_examples(gold: GoldText, windows: Sequence[Window]) -> Iterator[Example]:
    """Labels for the windows of one text; a cue counts in the window in which it begins."""
    for window in windows:
        cues = [O] * len(window.ids)
        rows: list[tuple[int, list[list[int]]]] = []
        first, last = window.spans[1][0], window.spans[-2][1]
        for attribution in gold.attributions:
            if not any(start < last and end > first for start, end in attribution.cue):
                continue
            labels = _labels(window, attribution.cue)
            if B not in labels:
                continue
            cues = [new or old for new, old in zip(labels, cues, strict=True)]
            rows.append((labels.index(B), [_labels(window, getattr(attribution, role)) for role in ROLES]))
        yield Example(window.ids, cues, [start for start, _ in rows], [pairs for _, pairs in rows])


def _labels(window: Window, fragments: Fragments) -> list[int]:
    """BIO labels of a window's pieces; a separator inside a span belongs to it."""
    labels = [O] * len(window.ids)
    for start, end in fragments:
        inside = [i for i, (a, b) in enumerate(window.spans) if a >= 0 and a < end and b > start]
        if inside:
            labels[inside[0] : inside[-1] + 1] = [B] + [I] * (inside[-1] - inside[0])
    return labels


def windows(texts: Sequence[GoldText], tokenizer: Any, *, size: tuple[int, int], draw: random.Random) -> list[Example]:
    """The examples of all texts, cut anew with each draw."""
    return [
        example
        for gold in texts
        for example in make_examples(gold, cut_windows(gold.text, tokenizer, size=draw.randint(*size)))
    ]


def loss_of(head: AttributionHead, hidden: Tensor, group: Sequence[Example]) -> Tensor:
    """Cross-entropy of cue labels and of the gold cues' pair labels, per gold cue."""
    length = hidden.shape[1]
    cues = torch.full((len(group), length), IGNORED)
    rows = [(b, c) for b, e in enumerate(group) for c in range(len(e.starts))]
    pairs = torch.full((len(rows), len(ROLES), length), IGNORED)
    for b, e in enumerate(group):
        cues[b, : len(e.ids)] = torch.tensor(e.cues)
    for r, (b, c) in enumerate(rows):
        pairs[r, :, : len(group[b].ids)] = torch.tensor(group[b].pairs[c])
    cue_logits, prior, query, key = (each.float() for each in head(hidden))
    wanted = cues.flatten().to(DEVICE)
    total = nn.functional.cross_entropy(cue_logits.flatten(0, 1), wanted, reduction="sum")
    if rows:
        where = torch.tensor([b for b, _ in rows], device=DEVICE)
        starts = torch.tensor([group[b].starts[c] for b, c in rows], device=DEVICE)
        with torch.autocast(DEVICE.type, enabled=False):
            scores = pair_scores(query[where, starts], key[where], prior[where])
        labels = pairs.flatten().to(DEVICE)
        total = total + nn.functional.cross_entropy(scores.flatten(0, 2), labels, reduction="sum")
    return total / max(len(rows), 1)


def taught_loss(head: AttributionHead, hidden: Tensor, words: Tensor, taught: tuple[Tensor, ...]) -> Tensor:
    """Cross-entropy with what a teacher's head says of the same windows: of every piece in `words` whether it is part
    of a cue, and of the cues that the teacher sees what belongs to them; per cue."""
    known = [each.float() for each in taught]
    found = [each.float() for each in head(hidden)]
    p_cue = known[0].softmax(-1)
    total = _soft(found[0][words], p_cue[words])
    where, starts = ((p_cue[..., B] > SEEN) & words).nonzero(as_tuple=True)
    if len(where):
        with torch.autocast(DEVICE.type, enabled=False):
            wanted = pair_scores(known[2][where, starts], known[3][where], known[1][where]).softmax(-1)
            scores = pair_scores(found[2][where, starts], found[3][where], found[1][where])
        inside = words[where][:, None, :].expand(-1, len(ROLES), -1)
        total = total + _soft(scores[inside], wanted[inside])
    return total / max(len(where), 1)


def _soft(logits: Tensor, p: Tensor) -> Tensor:
    return nn.functional.cross_entropy(logits, p, reduction="sum")


def pair_scores(query: Tensor, key: Tensor, prior: Tensor) -> Tensor:
    """Logits [row, role, piece, label] from each row's cue query and its window's keys and priors."""
    scores = torch.einsum("rkd,rlkd->rlk", query, key) + prior
    return scores.unflatten(-1, (len(ROLES), 3)).transpose(1, 2)
