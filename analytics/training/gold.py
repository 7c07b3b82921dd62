"""Reads what the shipped reader learns from: the gold sets, all in one folder under the names they are evaluated by,
and what teachers said of them and of other sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from ..annotation.encoder import Span
from ..evaluation.dse import read_dse
from ..evaluation.figures import read_json
from .multi_task import TAUGHT
from .sentences import Sentence
from .templates import templates as made_up

HARD = 0.4  # weight of the coders' verdict where a teacher has one, too
P = tuple[float, ...]


@dataclass(slots=True)
class Known:
    """Teachers' verdicts on a sentence: on its mentions, and on its pairs of mentions."""

    mentions: dict[tuple[Span, ...], P] = field(default_factory=dict)
    pairs: dict[tuple[Span, ...], P] = field(default_factory=dict)


def read_known(files: Iterable[Path]) -> dict[str, Known]:
    """The verdicts in files that teachers wrote, by sentence; where several teachers were asked, their mean."""
    said: dict[tuple[str, tuple[Span, ...]], list[P]] = {}
    for file in files:
        for record in read_json(file):
            places = tuple((start, end) for start, end in record["places"])
            said.setdefault((record["sentence"], places), []).append(tuple(record["p"]))
    known: dict[str, Known] = {}
    for (sentence, places), each in said.items():
        of = known.setdefault(sentence, Known())
        (of.mentions if len(places) == 1 else of.pairs)[places] = tuple(map(fmean, zip(*each, strict=True)))
    return known


def sentence_sets(folder: Path, known: dict[str, Known], *, templates: int, seed: int) -> dict[str, list[Sentence]]:
    """The sentence-level gold sets, with teachers' verdicts where there are any, so many made-up sentences, and what
    else teachers know."""
    sets = {"newsmtsc": newsmtsc(folder, known), "dse": dse(folder, known), "szeged": szeged(folder)}
    sets["templates"] = list(made_up(most=templates, seed=seed))
    gold = {sentence.text for each in sets.values() for sentence in each}
    unlabelled = [
        Sentence(
            text,
            mentions=[(*places[0], p) for places, p in of.mentions.items()],
            pairs=[(places[0], places[1], p) for places, p in of.pairs.items()],
        )
        for text, of in known.items()
        if text not in gold
    ]
    return {**sets, TAUGHT: unlabelled} if unlabelled else sets


def newsmtsc(folder: Path, known: dict[str, Known]) -> list[Sentence]:
    """Sentences of the training part, each with all of its mentions."""
    sentences: dict[str, Sentence] = {}
    for record in read_json(folder / "newsmtsc" / "train.jsonl"):
        text, place = record["sentence"], (record["from"], record["to"])
        hard = tuple(float(label == record["polarity"]) for label in (-1, 0, 1))
        p = _mixed(hard, known.get(text, Known()).mentions.get((place,)))
        sentences.setdefault(text, Sentence(text)).mentions.append((*place, p))
    return list(sentences.values())


def dse(folder: Path, known: dict[str, Known]) -> list[Sentence]:
    """Sentences of the training part, each with its pair."""
    sentences = []
    for pair in read_dse(folder / "dse" / "train.txt"):
        of = known.get(pair.sentence, Known())
        hard = tuple(float(label == pair.label) for label in range(5))
        p = _mixed(hard, of.pairs.get((pair.p, pair.q)))
        mentions = [(*places[0], soft) for places, soft in of.mentions.items()]
        sentences.append(Sentence(pair.sentence, mentions=mentions, pairs=[(pair.p, pair.q, p)]))
    return sentences


def _mixed(hard: P, soft: P | None) -> P:
    return tuple(HARD * a + (1 - HARD) * b for a, b in zip(hard, soft, strict=True)) if soft else hard


def szeged(folder: Path) -> list[Sentence]:
    """Sentences of the Wikipedia part and of two biomedical ones, with their uncertainty cues; FactBank is kept for
    judging, and so is every seventh sentence of the Wikipedia part."""
    records = [
        record
        for name in ("wiki", "bio_bmc", "bio_fly")
        for i, record in enumerate(read_json(folder / "szeged_uncertainty" / f"{name}.cleaned.json"))
        if record["text"].strip() and (name != "wiki" or i % 7)
    ]
    return [Sentence(record["text"], cues=record["ccue"]) for record in records]
