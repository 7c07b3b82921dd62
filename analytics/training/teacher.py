"""A head's teacher: MPNet, which reads a sentence with each mention in question between marks of its own.

It is too slow to ship: what it says of many sentences is what the shipped encoder learns from.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from ..annotation.heads import RELATIONS, SENTIMENTS
from .encoder import CLS, DEVICE, SEP, WideEncoder, half
from .placeholders import begin_placeholders
from .sentences import P, Pieces

MARKS = "*#"  # around the first mention, around the second
CLASSES = {"sentiment": SENTIMENTS, "relation": RELATIONS}
Span = tuple[int, int]


class Marked(NamedTuple):
    """Word pieces of a sentence in which marks stand around the mentions in question (one, or p and q), where these
    are, and what is known of them."""

    ids: list[int]
    places: list[Span]
    p: P


def marked(head: str, sentences: Sequence[Pieces], tokenizer: Any) -> list[Marked]:
    """A sentence for each mention, or each pair of mentions, in the order of the sentences."""
    marks = [tokenizer.token_to_id(mark) for mark in MARKS]
    if head == "sentiment":
        return [_marked(s.ids, [(a, b)], marks, p) for s in sentences for a, b, p in s.mentions]
    return [_marked(s.ids, [(a, b), (c, d)], marks, p) for s in sentences for a, b, c, d, p in s.pairs]


def _marked(ids: Sequence[int], ranges: Sequence[Span], marks: Sequence[int], p: P) -> Marked:
    found, moved = [CLS], [[0, 0] for _ in ranges]
    for i in range(len(ids) + 1):
        found += [marks[k] for k, (_, last) in enumerate(ranges) if last == i]
        for k, (start, _) in enumerate(ranges):
            if start == i:
                found.append(marks[k])
                moved[k][0] = len(found)
        if i < len(ids):
            found.append(ids[i])
            for k, (_, last) in enumerate(ranges):
                if last == i + 1:
                    moved[k][1] = len(found)
    return Marked([*found, SEP], [(a, b) for a, b in moved], p)


class MarkedClassifier(nn.Module):
    """Each mention's mean vector, the first vector and the mean of all → classes."""

    def __init__(self, folder: Path, *, mentions: int, classes: int) -> None:
        super().__init__()
        self.encoder = WideEncoder()
        self.encoder.load_base(folder)
        width = WideEncoder.WIDTH
        inner = nn.Linear((mentions + 2) * width, width)
        self.head = nn.Sequential(nn.Dropout(0.1), inner, nn.Tanh(), nn.Linear(width, classes))

    def forward(self, ids: Tensor, places: Tensor) -> Tensor:
        x = self.encoder(ids)
        at = torch.arange(ids.shape[1], device=ids.device)[None, :]
        ranges = [(at >= place[:, :1]) & (at < place[:, 1:]) for place in places.unbind(1)]
        masks = [mask.to(x.dtype)[..., None] for mask in (*ranges, ids != 0)]
        pooled = [(x * mask).sum(1) / mask.sum(1).clamp(min=1) for mask in masks]
        return self.head(torch.cat([*pooled[:-1], x[:, 0], pooled[-1]], dim=-1))


def batches(items: Sequence[Marked], *, pieces: int, seed: int | None) -> Iterator[list[int]]:
    """Indices of sentences of like length; in random order where a seed is given."""
    draw = random.Random(seed)
    order = sorted(range(len(items)), key=lambda i: len(items[i].ids) + (draw.random() * 6 if seed else 0))
    groups: list[list[int]] = []
    for i in order:
        if not groups or (len(groups[-1]) + 1) * len(items[i].ids) > pieces:
            groups.append([])
        groups[-1].append(i)
    if seed is not None:
        draw.shuffle(groups)
    yield from groups


def _padded(group: Sequence[Marked]) -> tuple[Tensor, Tensor]:
    length = max(len(item.ids) for item in group)
    ids = torch.tensor([item.ids + [0] * (length - len(item.ids)) for item in group])
    return ids.to(DEVICE), torch.tensor([item.places for item in group]).to(DEVICE)


def predict(model: MarkedClassifier, items: Sequence[Marked], *, pieces: int) -> Tensor:
    """p [item, class]."""
    model.eval()
    found = torch.zeros(len(items), model.head[-1].out_features)  # type: ignore[arg-type]
    for group in batches(items, pieces=pieces, seed=None):
        with torch.no_grad(), half():
            found[group] = model(*_padded([items[i] for i in group])).float().softmax(-1).cpu()
    return found


def train(
    head: str,
    sets: Mapping[str, Sequence[Marked]],
    folder: Path,
    tokenizer: Any,
    *,
    config: dict[str, Any],
    log: Any = sys.stderr,
) -> MarkedClassifier:
    """Fine-tune all of MPNet; `folder` holds all-mpnet-base-v2's weights, `sets` the labelled sentences by name, of
    which those of `config["shares"]` are learnt from."""
    torch.manual_seed(config["seed"])
    draw = random.Random(config["seed"])
    items = [item for name, share in config["shares"].items() for item in _share(sets[name], share, draw)]
    model = MarkedClassifier(folder, mentions=len(items[0].places), classes=len(CLASSES[head]))
    begin_placeholders(model.encoder.words, tokenizer, shift=WideEncoder.SHIFT)
    model.to(DEVICE)
    optimiser = torch.optim.AdamW(_groups(model, config), weight_decay=0.01, fused=True)
    seeds = [config["seed"] + epoch for epoch in range(config["epochs"])]
    groups = [group for seed in seeds for group in batches(items, pieces=config["batch_pieces"], seed=seed)]
    warm = config["warm_up"] * len(groups)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, (len(groups) - step) / (len(groups) - warm))
    )
    model.train()
    begun = time.monotonic()
    for step, group in enumerate(groups, 1):
        chosen = [items[i] for i in group]
        wanted = torch.tensor([item.p for item in chosen]).to(DEVICE)
        with half():
            logits = model(*_padded(chosen)).float()
        loss = nn.functional.cross_entropy(logits, wanted)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            minutes = (time.monotonic() - begun) / 60
            log.write(f"step {step}/{len(groups)} loss {loss.item():.3f} minutes {minutes:.1f}\n")
            log.flush()
    return model


def _share(items: Sequence[Marked], share: float, draw: random.Random) -> list[Marked]:
    return draw.sample(list(items), round(len(items) * share))


def _groups(model: MarkedClassifier, config: dict[str, Any]) -> list[dict[str, Any]]:
    """Parameters with their learning rates: the lower a layer, the slower."""
    depth = len(model.encoder.layers)
    rates: dict[float, list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if name.startswith("encoder."):
            layer = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
            rate = config["rate"] * config["layer_decay"] ** (depth - 1 - layer)
        else:
            rate = config["rate_head"]
        rates.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in rates.items()]
