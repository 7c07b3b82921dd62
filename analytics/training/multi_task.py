"""Trains an encoder and its heads together on the gold sets, and on what teachers say of unlabelled text.

Each step takes one batch of one set and adds up the losses of the heads that it can teach. On most gold sentences the
shipped encoder is also held to what the sentence meant to the encoder it started from.
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

import numpy as np
import torch
from sklearn.metrics import f1_score
from torch import Tensor, nn

from ..annotation.heads import HEDGES
from ..annotation.windows import cut_windows
from ..evaluation.polnear_gold import GoldText
from . import attribution
from .attribution import Example
from .encoder import CLS, DEVICE, SEP, Encoder, WideEncoder, half
from .model import Model, between, mean_over
from .placeholders import begin_placeholders
from .sentences import Packed, Pieces, pack

HELD = ("newsmtsc", "dse")  # sets whose sentences go on meaning what they meant
POLNEAR, NEWS = "polnear", "news"  # whole texts: with gold attributions, and with those that a teacher sees
_RARE = (0.6, 1.5, 1.5, 1.1, 1.1)  # weights of the relations: those that are rare count more
Meanings = Mapping[str, Tensor]


def train(
    sets: Mapping[str, Sequence[Pieces]],
    tokenizer: Any,
    *,
    config: dict[str, Any],
    texts: Sequence[GoldText] = (),
    news: Sequence[str] = (),
    mpnet: Path | None = None,
    start: Path | None = None,
    teacher: Model | None = None,
    out: Path,
    log: Any = sys.stderr,
) -> Model:
    """Train; `sets` are the labelled sentences by name, `texts` those with gold attributions, `news` those whose
    attributions `teacher` tells as training goes; `start` weights of an earlier run to go on from.

    Returns the running average of the weights, which does better than the last step's.
    """
    torch.manual_seed(config["seed"])
    model = Model(dropout=config["dropout"], wide=mpnet is not None)
    if isinstance(model.encoder, WideEncoder):
        model.encoder.load_base(mpnet or Path())
    else:
        model.encoder.load_base()
    shift = WideEncoder.SHIFT if mpnet else 0
    begin_placeholders(model.encoder.words, tokenizer, shift=shift)
    if start:
        known = {
            name: value
            for name, value in torch.load(start, map_location="cpu").items()
            if value.shape == model.state_dict()[name].shape
        }
        model.load_state_dict(known, strict=False)  # a head that has changed its shape begins anew
    model.to(DEVICE)
    held = chain(*(sets[name] for name in HELD if name in config["shares"])) if config["weights"].get("meaning") else ()
    meanings = base_meanings(tokenizer, {p.text: p.ids for p in held})
    epochs = [_epoch(sets, texts, news, tokenizer, config, number) for number in range(config["epochs"])]
    steps = sum(map(len, epochs))
    optimiser = torch.optim.AdamW(_groups(model, config), weight_decay=config["weight_decay"], fused=True)
    average = copy.deepcopy(model).requires_grad_(False)
    begun = time.monotonic()
    step = 0
    seen: dict[str, float] = {}

    def progress() -> float:
        """Share of the way, by steps or by the time allowed, whichever is further."""
        return max(step / steps, (time.monotonic() - begun) / 60 / config["minutes_at_most"])

    def rate(step: int) -> float:
        return min((step + 1) / (config["warm_up"] * steps), max(0.0, 1 - progress()) / (1 - config["warm_up"]))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    model.train()
    for number, groups in enumerate(epochs, 1):
        for name, group in groups:
            if progress() >= 1:
                break
            losses = losses_of(model, name, group, meanings, teacher)
            optimiser.zero_grad()
            sum(config["weights"][kind] * loss for kind, loss in losses.items()).backward()  # type: ignore[union-attr]
            nn.utils.clip_grad_norm_(model.parameters(), config["clip"])
            optimiser.step()
            schedule.step()
            step += 1
            _follow(average, model, min(config["average"], step / (step + 20)))
            if step % 50 == 0:
                seen |= {kind: loss.item() for kind, loss in losses.items()}
            if step % 500 == 0:
                minutes = (time.monotonic() - begun) / 60
                found = " ".join(f"{kind} {value:.3f}" for kind, value in sorted(seen.items()))
                log.write(f"step {step}/{steps} minutes {minutes:.1f} {found}\n")
                log.flush()
        if any(head in config["weights"] for head in ("sentiment", "relation")):
            log.write(f"epoch {number}, macro-F1 on the development parts: {judged(average, sets)}\n")
            log.flush()
        out.mkdir(parents=True, exist_ok=True)
        torch.save(average.state_dict(), out / "latest.pt")  # so that a run that is cut off can be gone on from
    return average.cpu()


def losses_of(
    model: Model, name: str, group: Sequence[Any], meanings: Meanings, teacher: Model | None
) -> dict[str, Tensor]:
    """The loss of each head that a batch can teach."""
    ids = padded([window.ids for window in group])
    with half():
        hidden = model.encoder(ids)
        if name == POLNEAR:
            return {"attribution": attribution.loss_of(model.attribution, hidden, group)}
        if name == NEWS and teacher:
            with torch.no_grad():
                said = teacher.attribution(teacher.encoder(ids))
            words = (ids != 0) & (ids != CLS) & (ids != SEP)
            return {"attribution": attribution.taught_loss(model.attribution, hidden, words, said)}
        return dict(_sentence_losses(model, hidden, group, meanings))


def padded(windows: Sequence[Sequence[int]]) -> Tensor:
    """Word-piece ids [window, piece], 0 where a window is shorter than the longest."""
    length = max(map(len, windows))
    ids = np.zeros((len(windows), length), dtype=np.int64)
    for row, window in enumerate(windows):
        ids[row, : len(window)] = window
    return torch.from_numpy(ids).to(DEVICE)


def _sentence_losses(
    model: Model, hidden: Tensor, group: Sequence[Packed], meanings: Meanings
) -> Iterator[tuple[str, Tensor]]:
    mentions = [(row, *each) for row, window in enumerate(group) for each in window.mentions]
    if mentions:
        places = torch.tensor([each[:5] for each in mentions]).to(DEVICE)
        logits = model.sentiment(hidden, places[:, 0], [places[:, 1:3]], places[:, 3:5]).float()
        yield "sentiment", nn.functional.cross_entropy(logits, torch.tensor([each[5] for each in mentions]).to(DEVICE))
    pairs = [(row, *each) for row, window in enumerate(group) for each in window.pairs]
    if pairs:
        places = torch.tensor([each[:7] for each in pairs]).to(DEVICE)
        logits = model.relation(hidden, places[:, 0], [places[:, 1:3], places[:, 3:5]], places[:, 5:7]).float()
        wanted, rare = torch.tensor([each[7] for each in pairs]).to(DEVICE), torch.tensor(_RARE).to(DEVICE)
        yield "relation", nn.functional.cross_entropy(logits, wanted, weight=rare)
    hedges = np.zeros((*hidden.shape[:2], len(HEDGES)), dtype=np.float32)
    for row, window in enumerate(group):
        for first, p in window.hedges:
            hedges[row, first : first + len(p)] = p
    if hedges.any():  # where nothing is known p is 0 throughout, and so is the loss
        logits = model.hedge(hidden).float().flatten(0, 1)
        loss = nn.functional.cross_entropy(logits, torch.from_numpy(hedges).to(DEVICE).flatten(0, 1), reduction="sum")
        yield "hedge", loss / (float(hedges.sum()) / 30)  # per sentence of 30 pieces
    sentences = [(row, first, last, text) for row, window in enumerate(group) for first, last, text in window.sentences]
    held = [each for each in sentences if each[3] in meanings]
    if held:
        places = torch.tensor([each[:3] for each in held]).to(DEVICE)
        found = model.meaning(mean_over(hidden[places[:, 0]], between(places[:, 1:], hidden.shape[1]))).float()
        meant = torch.stack([meanings[each[3]] for each in held])
        yield "meaning", (1 - nn.functional.cosine_similarity(found, meant, dim=-1)).mean()


@torch.no_grad()
def base_meanings(tokenizer: Any, sentences: Mapping[str, Sequence[int]]) -> dict[str, Tensor]:
    """The vector that each sentence, alone, has in the encoder as published: the mean over its pieces, of length 1."""
    if not sentences:
        return {}
    encoder = Encoder(dropout=0.0)
    encoder.load_base()
    begin_placeholders(encoder.words, tokenizer)
    encoder.to(DEVICE)
    ordered = sorted(sentences.items(), key=lambda item: len(item[1]))
    found = {}
    for at in range(0, len(ordered), 64):
        part = ordered[at : at + 64]
        ids = padded([[CLS, *pieces, SEP] for _, pieces in part])
        with half():
            hidden = encoder(ids).float()
        vectors = nn.functional.normalize(mean_over(hidden, ids != 0), dim=-1)
        found.update({text: vector for (text, _), vector in zip(part, vectors, strict=True)})
    return found


@torch.no_grad()
def hedges_of(model: Model, sentences: Sequence[Pieces], *, pieces: int) -> Iterator[np.ndarray]:
    """p [piece, kind of hedge] of each sentence, read alone, as 256ths."""
    model.to(DEVICE).eval()
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].ids))
    found: list[np.ndarray] = [np.empty(0)] * len(sentences)
    at = 0
    while at < len(order):
        many = max(1, pieces // (len(sentences[order[min(at + 200, len(order) - 1)]].ids) + 2))
        part = order[at : at + many]
        with half():
            p = model.hedge(model.encoder(padded([[CLS, *sentences[i].ids, SEP] for i in part]))).float().softmax(-1)
        p8 = (p * 255).round().to(torch.uint8).cpu().numpy()
        for row, i in enumerate(part):
            found[i] = p8[row, 1 : 1 + len(sentences[i].ids)]
        at += many
    yield from found


@torch.no_grad()
def judged(model: Model, sets: Mapping[str, Sequence[Pieces]]) -> dict[str, float]:
    """Macro-F1 of sentiment and relations on the development parts, each sentence read alone."""
    model.eval()
    found = {}
    for head, name in (("sentiment", "newsmtsc_dev"), ("relation", "dse_dev")):
        windows = list(pack(sets[name], alone=1.0, size=0, exchanged=0.0, draw=random.Random(0)))
        wanted: list[int] = []
        guessed: list[int] = []
        for at in range(0, len(windows), 64):
            group = windows[at : at + 64]
            with half():
                hidden = model.encoder(padded([window.ids for window in group]))
                if head == "sentiment":
                    items = [(row, *each) for row, window in enumerate(group) for each in window.mentions]
                    places = torch.tensor([each[:5] for each in items]).to(DEVICE)
                    logits = model.sentiment(hidden, places[:, 0], [places[:, 1:3]], places[:, 3:5])
                else:
                    items = [(row, *window.pairs[0]) for row, window in enumerate(group) if window.pairs]  # type: ignore[misc]
                    places = torch.tensor([each[:7] for each in items]).to(DEVICE)
                    logits = model.relation(hidden, places[:, 0], [places[:, 1:3], places[:, 3:5]], places[:, 5:7])
            wanted += [int(np.argmax(each[-1])) for each in items]
            guessed += logits.argmax(-1).tolist()
        found[name] = round(float(f1_score(wanted, guessed, average="macro")), 4)
    return found


def _epoch(
    sets: Mapping[str, Sequence[Pieces]],
    texts: Sequence[GoldText],
    news: Sequence[str],
    tokenizer: Any,
    config: dict[str, Any],
    number: int,
) -> list[tuple[str, list[Any]]]:
    """All batches of an epoch, in random order, each with the name of its set."""
    draw = random.Random(config["seed"] + number)
    lowest, highest = config["window"]
    found: list[tuple[str, list[Any]]] = []
    for name, share in config["shares"].items():
        examples: list[Any]
        if name == POLNEAR:
            examples = attribution.windows(texts, tokenizer, size=(lowest, highest), draw=draw)
        elif name == NEWS:
            chosen = draw.sample(list(news), round(len(news) * share))
            cut = (cut_windows(text, tokenizer, size=draw.randint(lowest, highest)) for text in chosen)
            examples = [Example(window.ids, [], [], []) for windows in cut for window in windows]
        else:
            part = draw.sample(list(sets[name]), round(len(sets[name]) * share))
            exchanged, alone = config["exchanged"], config["alone"]
            size = draw.randint(lowest, highest)
            examples = list(pack(part, alone=alone, size=size, exchanged=exchanged, draw=draw))
        groups = batches(examples, length=lambda e: len(e.ids), pieces=config["batch_pieces"], draw=draw)
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
    torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - keep)  # type: ignore[arg-type]


def _groups(model: Model, config: dict[str, Any]) -> list[dict[str, Any]]:
    """Parameters with their learning rates: the lower a layer, the slower."""
    depth = len(model.encoder.layers)
    rates: dict[float, list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if name.startswith("encoder."):
            layer = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
            rate = config["rate_encoder"] * config["layer_decay"] ** (depth - 1 - layer)
        else:
            rate = config["rate_heads"]
        rates.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in rates.items()]
