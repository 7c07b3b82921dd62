"""Trains the attribution tagger on PolNeAR and exports it.

    python -m analytics.training attribution PATH_TO_POLNEAR OUT_FOLDER [--start WEIGHTS --config TOML]

One pass of the encoder over a window yields a BIO label per word piece for cues, and, for every
pair of a cue and a word piece, BIO labels for "belongs to this cue's source" and "… content". So
spans come linked, may nest, and may be in several pieces. The pair scores are products of
two projections with rotary positions (Su et al. 2021, 2022), so only the cues' rows are ever computed.
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

from ..annotation.windows import Window, cut_windows, load_tokenizer
from ..evaluation.polnear_gold import Fragments, GoldText, read_polnear
from .encoder import HIDDEN, Encoder, base_model

CONFIG = Path(__file__).with_suffix(".toml")
O, B, I = 0, 1, 2  # noqa: E741
ROLES = ("source", "content")
PAIR_LABELS = 3 * len(ROLES)
WIDTH = 64  # of the two projections, for each pair label
IGNORED = -100


class Example(NamedTuple):
    """A window with its gold labels: per piece for cues; per cue and piece for each role."""

    ids: list[int]
    cues: list[int]
    starts: list[int]  # the first piece of each cue
    pairs: list[list[list[int]]]  # cue → role → label per piece


class Tagger(nn.Module):
    """Encoder and heads: cue labels, and the two projections whose products score cue–piece pairs."""

    def __init__(self, *, layers: int, dropout: float) -> None:
        super().__init__()
        self.encoder = Encoder(layers=layers, dropout=dropout)
        self.cue = nn.Linear(HIDDEN, 3)
        self.prior = nn.Linear(HIDDEN, PAIR_LABELS)
        self.query = nn.Sequential(nn.Linear(HIDDEN, 256), nn.GELU(), nn.Linear(256, PAIR_LABELS * WIDTH))
        self.key = nn.Sequential(nn.Linear(HIDDEN, 256), nn.GELU(), nn.Linear(256, PAIR_LABELS * WIDTH))

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Cue logits, pair priors, queries and keys, each [batch, piece, …]."""
        hidden = self.encoder(ids)
        shape = (ids.shape[0], ids.shape[1], PAIR_LABELS, WIDTH)
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


def batches(examples: list[Example], *, pieces: int, seed: int) -> Iterator[list[Example]]:
    """Windows of like length together, in random order."""
    shuffled = random.Random(seed)
    ordered = sorted(examples, key=lambda e: len(e.ids) + shuffled.random() * 8)
    groups: list[list[Example]] = []
    for example in ordered:
        if not groups or (len(groups[-1]) + 1) * len(example.ids) > pieces:
            groups.append([])
        groups[-1].append(example)
    shuffled.shuffle(groups)
    yield from groups


# ---- training ------------------------------------------------------------


def loss_of(model: Tagger, group: list[Example], *, smoothing: float) -> Tensor:
    """Cross-entropy of cue labels and of the gold cues' pair labels, per gold cue."""
    length = max(len(e.ids) for e in group)
    ids = torch.zeros(len(group), length, dtype=torch.long)
    cues = torch.full((len(group), length), IGNORED)
    rows = [(b, c) for b, e in enumerate(group) for c in range(len(e.starts))]
    pairs = torch.full((len(rows), len(ROLES), length), IGNORED)
    for b, e in enumerate(group):
        ids[b, : len(e.ids)] = torch.tensor(e.ids)
        cues[b, : len(e.ids)] = torch.tensor(e.cues)
    for r, (b, c) in enumerate(rows):
        pairs[r, :, : len(group[b].ids)] = torch.tensor(group[b].pairs[c])
    with torch.autocast("cpu", torch.bfloat16):
        cue_logits, prior, query, key = model(ids)
    total = nn.functional.cross_entropy(cue_logits.float().flatten(0, 1), cues.flatten(), reduction="sum")
    if rows:
        where = torch.tensor([b for b, _ in rows])
        starts = torch.tensor([group[b].starts[c] for b, c in rows])
        scores = pair_scores(query.float()[where, starts], key.float()[where], prior.float()[where])
        total = total + nn.functional.cross_entropy(
            scores.flatten(0, 2), pairs.flatten(), reduction="sum", label_smoothing=smoothing
        )
    return total / max(len(rows), 1)


def pair_scores(query: Tensor, key: Tensor, prior: Tensor) -> Tensor:
    """Logits [row, role, piece, label] from each row's cue query and its window's keys and priors."""
    scores = torch.einsum("rkd,rlkd->rlk", query, key) + prior
    return scores.unflatten(-1, (len(ROLES), 3)).transpose(1, 2)


def train(
    folder: Path, out: Path, *, config: dict[str, Any], start: Path | None = None, log: Any = sys.stderr
) -> Tagger:
    """Train on `folder/train`, keeping the weights after each epoch in `out`; `start`: weights to go on from."""
    torch.manual_seed(config["seed"])
    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(base_model() / "tokenizer.json")
    texts = read_polnear(folder / "train")
    model = Tagger(layers=config["layers"], dropout=config["dropout"])
    model.encoder.load_base()
    if start:
        model.load_state_dict(torch.load(start))
    epochs = [_epoch(texts, tokenizer, config, number) for number in range(config["epochs"])]
    steps = sum(len(groups) for groups in epochs)
    optimiser = torch.optim.AdamW(_groups(model, config), weight_decay=config["weight_decay"], fused=True)
    begun, step, average = time.monotonic(), 0, 0.0

    def progress() -> float:
        """Share of the way, by steps or by the time allowed, whichever is further."""
        return max(step / steps, (time.monotonic() - begun) / 60 / config["minutes_at_most"])

    def rate(step: int) -> float:
        return min((step + 1) / (config["warm_up"] * steps), max(0.0, 1 - progress()) / (1 - config["warm_up"]))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    model.train()
    for number, groups in enumerate(epochs):
        for group in groups:
            if progress() >= 1:
                break
            loss = loss_of(model, group, smoothing=config["smoothing"])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            step += 1
            average += (loss.item() - average) * max(0.02, 1 / step)
            if step % 25 == 0:
                minutes = (time.monotonic() - begun) / 60
                log.write(f"step {step}/{steps} loss {average:.3f} minutes {minutes:.1f}\n")
                log.flush()
        torch.save(model.state_dict(), out / f"epoch{number + 1}.pt")
    return model


def _epoch(texts: list[GoldText], tokenizer: Any, config: dict[str, Any], number: int) -> list[list[Example]]:
    draw = random.Random(config["seed"] + number)
    examples = [
        example
        for gold in texts
        for example in make_examples(gold, cut_windows(gold.text, tokenizer, size=draw.randint(*config["window"])))
    ]
    return list(batches(examples, pieces=config["batch_pieces"], seed=config["seed"] + number))


def _groups(model: Tagger, config: dict[str, Any]) -> list[dict[str, Any]]:
    """Parameters with their learning rates: the lower a layer, the slower."""
    depth = len(model.encoder.layers)
    rates: dict[float, list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if not name.startswith("encoder."):
            rate = config["rate_heads"]
        else:
            layer = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
            rate = config["rate_encoder"] * config["layer_decay"] ** (depth - 1 - layer)
        rates.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in rates.items()]
