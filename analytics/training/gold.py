"""Reads the gold sets that the shipped model learns from, all in one folder under the names they are evaluated by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..evaluation.dse import read_dse
from ..evaluation.figures import read_json
from .sentences import Sentence

Known = Mapping[str, Mapping[tuple[int, int], tuple[float, ...]]]  # sentence → mention → a teacher's p
HARD = 0.4  # weight of the coders' verdict where a teacher has one, too


def sentence_sets(folder: Path, known: Known | None = None) -> dict[str, list[Sentence]]:
    """The sentence-level gold sets, with a teacher's verdicts on their mentions where there are any."""
    sets = {"newsmtsc": newsmtsc(folder, known or {}), "dse": dse(folder, known or {}), "szeged": szeged(folder)}
    gold = {sentence.text for each in sets.values() for sentence in each}
    unlabelled = [
        Sentence(text, mentions=[(*place, p) for place, p in mentions.items()])
        for text, mentions in (known or {}).items()
        if text not in gold
    ]
    return {**sets, "unlabelled": unlabelled} if unlabelled else sets


def newsmtsc(folder: Path, known: Known) -> list[Sentence]:
    """Sentences of the training part, each with all of its mentions."""
    sentences: dict[str, Sentence] = {}
    for record in read_json(folder / "newsmtsc" / "train.jsonl"):
        text, place = record["sentence"], (record["from"], record["to"])
        hard = tuple(float(label == record["polarity"]) for label in (-1, 0, 1))
        soft = known.get(text, {}).get(place)
        p = tuple(HARD * a + (1 - HARD) * b for a, b in zip(hard, soft, strict=True)) if soft else hard
        sentences.setdefault(text, Sentence(text)).mentions.append((*place, p))
    return list(sentences.values())


def dse(folder: Path, known: Known) -> list[Sentence]:
    """Sentences of the training part, each with its pair."""
    sentences = []
    for pair in read_dse(folder / "dse" / "train.txt"):
        mentions = [(*place, p) for place, p in known.get(pair.sentence, {}).items()]
        sentences.append(Sentence(pair.sentence, mentions=mentions, pair=pair))
    return sentences


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
