"""Trains the encoder and its heads together on the gold sets, and on what teachers say of unlabelled sentences.

Each step takes one batch of one gold set and adds up the losses of the heads that it can teach.
On most gold sentences the encoder is also held to what the sentence meant to the encoder it started from.
"""

from __future__ import annotations

import copy
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ..evaluation.polnear_gold import GoldText
from . import attribution
from .encoder import Encoder
from .model import Model, between, mean_over
from .placeholders import begin_placeholders
from .sentences import Packed, Pieces, pack

IGNORED = -100
SAVED_EVERY = 240  # seconds
HELD = ("newsmtsc", "dse")  # sets whose sentences go on meaning what they meant
TAUGHT = "unlabelled"  # the set of sentences that only a teacher knows
_RARE = (0.6, 1.5, 1.5, 1.1, 1.1)  # weights of the relations: those that are rare count more


def train(
    texts: Sequence[GoldText],
    sets: Mapping[str, Sequence[Pieces]],
    tokenizer: Any,
    *,
    config: dict[str, Any],
    out: Path,
    start: Path | None = None,
    log: Any = sys.stderr,
) -> Model:
    """Train; `sets` are the sentence-level gold sets by name, `start` weights of an earlier run to go on from.

    Returns the running average of the weights, which does better than the last step's.
    """
    torch.manual_seed(config["seed"])
    torch.set_num_threads(config["threads"])
    out.mkdir(parents=True, exist_ok=True)
    model = Model(layers=config["layers"], dropout=config["dropout"])
    model.encoder.load_base()
    begin_placeholders(model.encoder.words, tokenizer)
    if start:
        known = {
            name: value for name, value in torch.load(start).items() if value.shape == model.state_dict()[name].shape
        }
        model.load_state_dict(known, strict=False)  # a head that has changed its shape begins anew
    held = chain(*(sets[name] for name in HELD if name in config["shares"]))
    meanings = base_meanings(tokenizer, {p.text: p.ids for p in held})
    epochs = [_epoch(texts, sets, tokenizer, config, number) for number in range(config["epochs"])]
    steps = sum(map(len, epochs))
    optimiser = torch.optim.AdamW(_groups(model, config), weight_decay=config["weight_decay"], fused=True)
    average = copy.deepcopy(model).requires_grad_(False)
    begun = saved = time.monotonic()
    step = 0
    seen: dict[str, float] = {}

    def progress() -> float:
        """Share of the way, by steps or by the time allowed, whichever is further."""
        return max(step / steps, (time.monotonic() - begun) / 60 / config["minutes_at_most"])

    def rate(step: int) -> float:
        return min((step + 1) / (config["warm_up"] * steps), max(0.0, 1 - progress()) / (1 - config["warm_up"]))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    model.train()
    for number, groups in enumerate(epochs):
        for name, group in groups:
            if progress() >= 1:
                break
            losses = losses_of(model, name, group, meanings, config)
            optimiser.zero_grad()
            sum(config["weights"][kind] * loss for kind, loss in losses.items()).backward()  # type: ignore[union-attr]
            nn.utils.clip_grad_norm_(model.parameters(), config["clip"])
            optimiser.step()
            schedule.step()
            step += 1
            _follow(average, model, min(config["average"], step / (step + 20)))
            for kind, loss in losses.items():
                seen[kind] = seen.get(kind, loss.item()) * 0.98 + loss.item() * 0.02
            if step % 50 == 0:
                minutes = (time.monotonic() - begun) / 60
                found = " ".join(f"{kind} {value:.3f}" for kind, value in sorted(seen.items()))
                log.write(f"step {step}/{steps} minutes {minutes:.1f} {found}\n")
                log.flush()
            if time.monotonic() - saved > SAVED_EVERY:  # so that a run that is cut off can be gone on from
                saved = time.monotonic()
                torch.save(average.state_dict(), out / "latest.pt")
        torch.save(average.state_dict(), out / f"epoch{number + 1}.pt")
    return average


def losses_of(
    model: Model, name: str, group: Sequence[Any], meanings: Mapping[str, Tensor], config: dict[str, Any]
) -> dict[str, Tensor]:
    """The loss of each head that a batch can teach."""
    length = max(len(window.ids) for window in group)
    ids = torch.zeros(len(group), length, dtype=torch.long)
    for row, window in enumerate(group):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model.encoder(ids)
        if name == "polnear":
            return {"attribution": attribution.loss_of(model.attribution, hidden, group)}
        # what only a teacher knows is learnt from all it says, and not from its first choice alone
        return dict(_sentence_losses(model, hidden, group, meanings, config["soften"] if name == TAUGHT else 1.0))


def _sentence_losses(
    model: Model, hidden: Tensor, group: Sequence[Packed], meanings: Mapping[str, Tensor], soften: float
) -> Iterator[tuple[str, Tensor]]:
    mentions = [(row, *each) for row, window in enumerate(group) for each in window.mentions]
    if mentions:
        places = torch.tensor([each[:5] for each in mentions])
        logits = model.sentiment(hidden, places[:, 0], [places[:, 1:3]], places[:, 3:5]).float()
        yield "sentiment", _softened(logits, torch.tensor([each[5] for each in mentions]), soften)
    pairs = [(row, *each) for row, window in enumerate(group) for each in window.pairs]
    if pairs:
        places = torch.tensor([each[:7] for each in pairs])
        logits = model.relation(hidden, places[:, 0], [places[:, 1:3], places[:, 3:5]], places[:, 5:7]).float()
        wanted = torch.tensor([each[7] for each in pairs])
        yield "relation", _softened(logits, wanted, soften, weight=torch.tensor(_RARE))
    hedges = torch.full(hidden.shape[:2], IGNORED)
    for row, window in enumerate(group):
        hedges[row, : len(window.hedges)] = torch.tensor(window.hedges)
    marked = int((hedges != IGNORED).sum())
    if marked:
        logits = model.hedge(hidden).float().flatten(0, 1)
        loss = nn.functional.cross_entropy(logits, hedges.flatten(), reduction="sum")
        yield "hedge", loss / (marked / 30)  # per sentence of 30 pieces
    sentences = [(row, first, last, text) for row, window in enumerate(group) for first, last, text in window.sentences]
    held = [each for each in sentences if each[3] in meanings]
    if held:
        places = torch.tensor([each[:3] for each in held])
        found = model.meaning(mean_over(hidden[places[:, 0]], between(places[:, 1:], hidden.shape[1]))).float()
        meant = torch.stack([meanings[each[3]] for each in held])
        yield "meaning", (1 - nn.functional.cosine_similarity(found, meant, dim=-1)).mean()


def _softened(logits: Tensor, p: Tensor, temperature: float, *, weight: Tensor | None = None) -> Tensor:
    """Cross-entropy with p, both at a temperature (Hinton et al. 2015); 1 leaves them as they are."""
    wanted = nn.functional.normalize(p.clamp(min=1e-6) ** (1 / temperature), p=1, dim=-1)
    return temperature**2 * nn.functional.cross_entropy(logits / temperature, wanted, weight=weight)


@torch.no_grad()
def base_meanings(tokenizer: Any, sentences: Mapping[str, Sequence[int]]) -> dict[str, Tensor]:
    """The vector that each sentence, alone, has in the encoder as published: the mean over its pieces, of length 1."""
    encoder = Encoder(dropout=0.0)
    encoder.load_base()
    begin_placeholders(encoder.words, tokenizer)
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    ordered = sorted(sentences.items(), key=lambda item: len(item[1]))
    found = {}
    for at in range(0, len(ordered), 64):
        part = ordered[at : at + 64]
        ids = torch.zeros(len(part), len(part[-1][1]) + 2, dtype=torch.long)
        for row, (_, pieces) in enumerate(part):
            ids[row, : len(pieces) + 2] = torch.tensor([cls, *pieces, sep])
        with torch.autocast("cpu", torch.bfloat16):
            hidden = encoder(ids).float()
        vectors = nn.functional.normalize(mean_over(hidden, ids != 0), dim=-1)
        found.update({text: vector for (text, _), vector in zip(part, vectors, strict=True)})
    return found


def _epoch(
    texts: Sequence[GoldText],
    sets: Mapping[str, Sequence[Pieces]],
    tokenizer: Any,
    config: dict[str, Any],
    number: int,
) -> list[tuple[str, list[Any]]]:
    """All batches of an epoch, in random order, each with the name of its gold set."""
    draw = random.Random(config["seed"] + number)
    lowest, highest = config["window"]
    found: list[tuple[str, list[Any]]] = []
    for name, share in config["shares"].items():
        if name == "polnear":
            examples: list[Any] = attribution.windows(texts, tokenizer, size=(lowest, highest), draw=draw)
        else:
            chosen = list(sets[name])
            draw.shuffle(chosen)
            examples = list(
                pack(
                    chosen[: round(len(chosen) * min(share, 1))],
                    alone=config["alone"],
                    size=draw.randint(lowest, highest),
                    exchanged=config["exchanged"],
                    draw=draw,
                )
            )
        groups = batches(examples, length=lambda e: len(e.ids), pieces=config["batch_pieces"], draw=draw)
        if name == "polnear":
            groups = groups[: round(len(groups) * share)]
        found += [(name, group) for group in groups]
    draw.shuffle(found)
    return found


def batches(
    examples: Sequence[Any], *, length: Callable[[Any], int], pieces: int, draw: random.Random
) -> list[list[Any]]:
    """Examples of like length together, in random order."""
    groups: list[list[Any]] = []
    for example in sorted(examples, key=lambda e: length(e) + draw.random() * 8):
        if not groups or (len(groups[-1]) + 1) * length(example) > pieces:
            groups.append([])
        groups[-1].append(example)
    draw.shuffle(groups)
    return groups


@torch.no_grad()
def _follow(average: Model, model: Model, keep: float) -> None:
    for old, new in zip(average.parameters(), model.parameters(), strict=True):
        old.lerp_(new, 1 - keep)


def _groups(model: Model, config: dict[str, Any]) -> list[dict[str, Any]]:
    """Parameters with their learning rates: the lower a layer, the slower."""
    depth = len(model.encoder.layers)
    rates: dict[float, list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if name.startswith("encoder."):
            layer = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
            rate = config["rate_encoder"] * config["layer_decay"] ** (depth - 1 - layer)
        else:
            rate = config["rate_known"] if name.startswith("attribution.") else config["rate_heads"]
        rates.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in rates.items()]
