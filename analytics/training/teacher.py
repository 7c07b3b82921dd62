"""The teacher of the sentiment head: MPNet, which reads a sentence with the mention set between asterisks.

Its lower half is frozen, so its vectors are computed once; only the upper half and the head learn.
It is too slow to ship: what it says of many sentences is what the shipped encoder learns from.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from .encoder import Teacher

FROZEN = 6  # layers


class Marked(NamedTuple):
    """A sentence with the character range of the mention in question, and its class (0 against, 1 neither, 2 for)."""

    sentence: str
    start: int
    end: int
    label: int = 1


class Encoded(NamedTuple):
    """Word-piece ids, and the first and last + 1 of the mention's pieces."""

    ids: list[int]
    first: int
    last: int


class SentimentTeacher(nn.Module):
    """The mention's mean vector, the first vector and the mean of all → three classes."""

    def __init__(self, folder: Path, *, classes: int = 3) -> None:
        super().__init__()
        self.encoder = Teacher()
        self.encoder.load_base(folder)
        width = Teacher.WIDTH
        self.head = nn.Sequential(nn.Dropout(0.1), nn.Linear(3 * width, width), nn.Tanh(), nn.Linear(width, classes))

    def forward(self, lower: Tensor, ids: Tensor, places: Tensor) -> Tensor:
        x = self.encoder.upper(lower, ids, FROZEN)
        at = torch.arange(ids.shape[1])[None, :]
        mention = ((at >= places[:, :1]) & (at < places[:, 1:])).to(x.dtype)[..., None]
        words = (ids != Teacher.PADDING).to(x.dtype)[..., None]
        pooled = [(x * mask).sum(1) / mask.sum(1).clamp(min=1) for mask in (mention, words)]
        return self.head(torch.cat([pooled[0], x[:, 0], pooled[1]], dim=-1))


def load_tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(192)
    return tokenizer


def encode(tokenizer: Any, items: Sequence[Marked]) -> list[Encoded]:
    """Word pieces of the sentences with their mentions between asterisks."""
    texts = [f"{m.sentence[: m.start]}* {m.sentence[m.start : m.end]} *{m.sentence[m.end :]}" for m in items]
    encoded = []
    for item, encoding in zip(items, tokenizer.encode_batch(texts), strict=True):
        start, end = item.start + 2, item.end + 2
        inside = [i for i, (a, b) in enumerate(encoding.offsets) if a < end and b > start] or [0]
        encoded.append(Encoded(encoding.ids, inside[0], inside[-1] + 1))
    return encoded


def batches(encoded: Sequence[Encoded], *, pieces: int, seed: int | None) -> Iterator[list[int]]:
    """Indices of sentences of like length; in random order where a seed is given."""
    draw = random.Random(seed)
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids) + (draw.random() * 6 if seed else 0))
    groups: list[list[int]] = []
    for i in order:
        if not groups or (len(groups[-1]) + 1) * len(encoded[i].ids) > pieces:
            groups.append([])
        groups[-1].append(i)
    if seed is not None:
        draw.shuffle(groups)
    yield from groups


def _padded(group: Sequence[Encoded]) -> tuple[Tensor, Tensor]:
    length = max(len(e.ids) for e in group)
    ids = torch.full((len(group), length), Teacher.PADDING)
    for row, e in enumerate(group):
        ids[row, : len(e.ids)] = torch.tensor(e.ids)
    return ids, torch.tensor([[e.first, e.last] for e in group])


@torch.no_grad()
def lower_vectors(model: SentimentTeacher, encoded: Sequence[Encoded]) -> list[Tensor]:
    """The frozen half's vectors of each sentence [piece, 768], in bf16."""
    model.eval()
    found: list[Tensor] = [torch.empty(0)] * len(encoded)
    for group in batches(encoded, pieces=3000, seed=None):
        ids, _ = _padded([encoded[i] for i in group])
        with torch.autocast("cpu", torch.bfloat16):
            vectors = model.encoder.lower(ids, FROZEN).to(torch.bfloat16)
        for row, i in enumerate(group):
            found[i] = vectors[row, : len(encoded[i].ids)].clone()
    return found


def _run(model: SentimentTeacher, encoded: Sequence[Encoded], lower: Sequence[Tensor], group: Sequence[int]) -> Tensor:
    ids, places = _padded([encoded[i] for i in group])
    stacked = nn.utils.rnn.pad_sequence([lower[i] for i in group], batch_first=True).float()
    with torch.autocast("cpu", torch.bfloat16):
        return model(stacked, ids, places).float()


@torch.no_grad()
def predict(model: SentimentTeacher, tokenizer: Any, items: Sequence[Marked]) -> Tensor:
    """Logits [item, class]."""
    encoded = encode(tokenizer, items)
    found = torch.zeros(len(items), 3)
    for start in range(0, len(items), 2000):  # the lower vectors of all at once would not fit
        part = encoded[start : start + 2000]
        lower = lower_vectors(model, part)
        for group in batches(part, pieces=3000, seed=None):
            found[[start + i for i in group]] = _run(model, part, lower, group)
    return found


def train(items: Sequence[Marked], folder: Path, *, config: dict[str, Any], log: Any = sys.stderr) -> SentimentTeacher:
    """Fine-tune on marked sentences; `folder` holds all-mpnet-base-v2's weights and tokenizer."""
    torch.manual_seed(config["seed"])
    torch.set_num_threads(config["threads"])
    model = SentimentTeacher(folder)
    encoded = encode(load_tokenizer(folder), items)
    lower = lower_vectors(model, encoded)
    labels = torch.tensor([item.label for item in items])
    learns = [*model.encoder.layers[FROZEN:].parameters()]
    model.encoder.requires_grad_(False)
    for parameter in learns:
        parameter.requires_grad_(True)
    optimiser = torch.optim.AdamW(
        [{"params": learns, "lr": config["rate"]}, {"params": model.head.parameters(), "lr": config["rate_head"]}],
        weight_decay=0.01,
        fused=True,
    )
    seeds = [config["seed"] + epoch for epoch in range(config["epochs"])]
    groups = [group for seed in seeds for group in batches(encoded, pieces=config["batch_pieces"], seed=seed)]
    warm = config["warm_up"] * len(groups)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, (len(groups) - step) / (len(groups) - warm))
    )
    model.train()
    begun, average = time.monotonic(), 0.0
    for step, group in enumerate(groups, 1):
        loss = nn.functional.cross_entropy(_run(model, encoded, lower, group), labels[group])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
        optimiser.step()
        schedule.step()
        average += (loss.item() - average) * max(0.02, 1 / step)
        if step % 25 == 0:
            log.write(f"step {step}/{len(groups)} loss {average:.3f} minutes {(time.monotonic() - begun) / 60:.1f}\n")
            log.flush()
    return model
