"""A head's teacher: MPNet, which reads a sentence with each mention in question between marks of its own.

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

from ..annotation.masking import FIRST_PIECE, mask, number_names
from ..annotation.windows import Block
from ..annotation.written_names import written_names
from .encoder import Teacher
from .placeholders import begin_placeholders

FROZEN = 6  # layers
LONGEST = 160  # pieces of a sentence; what follows is cut
MARKS = "*#"  # around the first mention, around the second
Span = tuple[int, int]


class Marked(NamedTuple):
    """A sentence with the character ranges of the mentions in question (one, or p and q), and its class's number."""

    sentence: str
    places: tuple[Span, ...]
    label: int = 0


class Encoded(NamedTuple):
    """Word-piece ids, and the first and last + 1 of each mention's pieces."""

    ids: list[int]
    places: list[Span]


class MarkedClassifier(nn.Module):
    """Each mention's mean vector, the first vector and the mean of all → classes."""

    def __init__(self, folder: Path, *, mentions: int, classes: int) -> None:
        super().__init__()
        self.encoder = Teacher()
        self.encoder.load_base(folder)
        self.classes = classes
        width = Teacher.WIDTH
        inner = nn.Linear((mentions + 2) * width, width)
        self.head = nn.Sequential(nn.Dropout(0.1), inner, nn.Tanh(), nn.Linear(width, classes))

    def forward(self, lower: Tensor, ids: Tensor, places: Tensor) -> Tensor:
        x = self.encoder.upper(lower, ids, FROZEN)
        at = torch.arange(ids.shape[1])[None, :]
        ranges = [(at >= place[:, :1]) & (at < place[:, 1:]) for place in places.unbind(1)]
        words = ids != Teacher.PADDING
        masks = [mask.to(x.dtype)[..., None] for mask in (*ranges, words)]
        pooled = [(x * mask).sum(1) / mask.sum(1).clamp(min=1) for mask in masks]
        return self.head(torch.cat([*pooled[:-1], x[:, 0], pooled[-1]], dim=-1))


def load_tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode(tokenizer: Any, items: Sequence[Marked], *, names_masked: bool) -> list[Encoded]:
    """Word pieces of the sentences, the mentions in question between marks, and perhaps without names."""
    marks = [tokenizer.token_to_id(mark) for mark in MARKS]
    shift = tokenizer.token_to_id("[unused1]") - FIRST_PIECE  # its vocabulary is BERT's with some pieces before
    first, last = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
    blocks = tokenizer.encode_batch([item.sentence for item in items], add_special_tokens=False)
    found = []
    for item, encoding in zip(items, blocks, strict=True):
        names = number_names(written_names(item.sentence, known=item.places), [0]) if names_masked else []
        masked = [name._replace(piece=name.piece + shift) for name in names]
        [(ids, spans)] = mask([Block(encoding.ids, encoding.offsets)], masked)
        found.append(_marked(ids[:LONGEST], spans[:LONGEST], item.places, marks, (first, last)))
    return found


def _marked(
    ids: Sequence[int], spans: Sequence[Span], places: Sequence[Span], marks: Sequence[int], ends: tuple[int, int]
) -> Encoded:
    """Pieces with marks around those of the mentions, and where these are then."""
    ranges = []
    for start, end in places:
        inside = [i for i, (a, b) in enumerate(spans) if a < end and b > start] or [0]
        ranges.append((inside[0], inside[-1] + 1))
    marked, moved = [ends[0]], [[0, 0] for _ in ranges]
    for i in range(len(ids) + 1):
        marked += [marks[k] for k, (_, last) in enumerate(ranges) if last == i]
        for k, (start, _) in enumerate(ranges):
            if start == i:
                marked.append(marks[k])
                moved[k][0] = len(marked)
        if i < len(ids):
            marked.append(ids[i])
            for k, (_, last) in enumerate(ranges):
                if last == i + 1:
                    moved[k][1] = len(marked)
    return Encoded([*marked, ends[1]], [(a, b) for a, b in moved])


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
    return ids, torch.tensor([e.places for e in group])


@torch.no_grad()
def lower_vectors(model: MarkedClassifier, encoded: Sequence[Encoded]) -> list[Tensor]:
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


def _run(model: MarkedClassifier, encoded: Sequence[Encoded], lower: Sequence[Tensor], group: Sequence[int]) -> Tensor:
    ids, places = _padded([encoded[i] for i in group])
    stacked = nn.utils.rnn.pad_sequence([lower[i] for i in group], batch_first=True).float()
    with torch.autocast("cpu", torch.bfloat16):
        return model(stacked, ids, places).float()


@torch.no_grad()
def predict(model: MarkedClassifier, tokenizer: Any, items: Sequence[Marked], *, names_masked: bool) -> Tensor:
    """Logits [item, class]."""
    encoded = encode(tokenizer, items, names_masked=names_masked)
    model.eval()
    found = torch.zeros(len(items), model.classes)
    for start in range(0, len(items), 2000):  # the lower vectors of all at once would not fit
        part = encoded[start : start + 2000]
        lower = lower_vectors(model, part)
        for group in batches(part, pieces=3000, seed=None):
            found[[start + i for i in group]] = _run(model, part, lower, group)
    return found


def load(folder: Path, weights: Path, *, mentions: int, classes: int) -> MarkedClassifier:
    """A teacher that was trained before."""
    model = MarkedClassifier(folder, mentions=mentions, classes=classes)
    model.load_state_dict(torch.load(weights))
    return model


def train(
    items: Sequence[Marked], folder: Path, *, classes: int, config: dict[str, Any], log: Any = sys.stderr
) -> MarkedClassifier:
    """Fine-tune on marked sentences; `folder` holds all-mpnet-base-v2's weights and tokenizer."""
    torch.manual_seed(config["seed"])
    torch.set_num_threads(config["threads"])
    model = MarkedClassifier(folder, mentions=len(items[0].places), classes=classes)
    tokenizer = load_tokenizer(folder)
    begin_placeholders(model.encoder.words, tokenizer)
    encoded = encode(tokenizer, items, names_masked=config["names_masked"])
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
