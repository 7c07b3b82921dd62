"""Reads the gold sets that the reader and its teachers learn from, all in one folder under the names they are
evaluated by."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..evaluation.dse import read_dse
from ..evaluation.figures import read_json
from .sentences import P, Sentence


def sentence_sets(folder: Path) -> dict[str, list[Sentence]]:
    """The sentence-level gold sets by name; those that end in "_dev" are for judging."""
    newsmtsc_, dse_ = folder / "newsmtsc", folder / "dse"
    return {
        "newsmtsc": newsmtsc([newsmtsc_ / "train.jsonl"]),
        "dse": dse(dse_ / "train.txt"),
        "szeged": szeged(folder / "szeged_uncertainty"),
        "newsmtsc_dev": newsmtsc([newsmtsc_ / "dev_rw.jsonl", newsmtsc_ / "dev_mt.jsonl"]),
        "dse_dev": dse(dse_ / "valid.txt"),
    }


def newsmtsc(files: Iterable[Path]) -> list[Sentence]:
    """Sentences, each with all of its mentions."""
    sentences: dict[str, Sentence] = {}
    for file in files:
        for record in read_json(file):
            p = tuple(float(label == record["polarity"]) for label in (-1, 0, 1))
            sentence = sentences.setdefault(record["sentence"], Sentence(record["sentence"]))
            sentence.mentions.append((record["from"], record["to"], p))
    return list(sentences.values())


def dse(file: Path) -> list[Sentence]:
    """Sentences, each with its pair."""
    pairs = read_dse(file)
    return [Sentence(pair.sentence, pairs=[(pair.p, pair.q, _one_of(pair.label, 5))]) for pair in pairs]


def _one_of(label: int, classes: int) -> P:
    return tuple(float(each == label) for each in range(classes))


def szeged(folder: Path) -> list[Sentence]:
    """Sentences of the Wikipedia part and of two biomedical ones, with their uncertainty cues; FactBank is kept for
    judging, and so is every seventh sentence of the Wikipedia part."""
    records = [
        record
        for name in ("wiki", "bio_bmc", "bio_fly")
        for i, record in enumerate(read_json(folder / f"{name}.cleaned.json"))
        if record["text"].strip() and (name != "wiki" or i % 7)
    ]
    return [Sentence(record["text"], cues=record["ccue"]) for record in records]
