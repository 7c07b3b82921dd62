"""All sentences that the reader and its teachers learn from or are asked about, in word pieces, in one file.

Making them needs the product's own eye for names and takes minutes; learning from them needs neither.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from . import gold, pool
from .sentences import P, Pieces, Rows, Sentence, exchanged, to_pieces
from .templates import templates

FILE = "examples.jsonl.gz"
HEADS = ("sentiment", "relation", "hedge")
ASKED = "unlabelled"  # the set of sentences that only teachers know
JOINED = {"sentiment": ("newsmtsc", ASKED), "relation": ("dse", ASKED), "hedge": (ASKED,)}  # what teachers are asked
HARD = 0.5  # weight of the coders' verdict where teachers have one, too
Examples = dict[str, list[Pieces]]


def make(folder: Path, corpora: Sequence[Path], tokenizer: Any, *, config: dict[str, Any], out: Path) -> None:
    """Write OUT/examples.jsonl.gz: a line for each sentence, with its set, its word pieces with and without names,
    and what is known of its mentions, pairs and hedges."""
    sets = gold.sentence_sets(folder)
    sets["templates"] = list(templates(most=config["templates"], seed=config["seed"]))
    named = [sentence for name in ("newsmtsc", "dse") for sentence in sets[name]]
    sets[ASKED] = list(pool.to_ask(named, folder, corpora, most=config["most"], seed=config["seed"]))
    with gzip.open(out / FILE, "wt", encoding="utf-8", compresslevel=6) as file:
        for name, sentences in sets.items():
            for record in _records(name, sentences, tokenizer):
                file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def _records(name: str, sentences: Sequence[Sentence], tokenizer: Any) -> Iterator[dict[str, Any]]:
    both = [to_pieces(tokenizer, sentences, names_masked=names_masked) for names_masked in (True, False)]
    for sentence, masked, named in zip(sentences, *both, strict=True):
        if len(masked.mentions) == len(named.mentions) and len(masked.pairs) == len(named.pairs):
            yield {"set": name, "text": sentence.text, "masked": _written(masked), "named": _written(named)}


def _written(pieces: Pieces) -> dict[str, Any]:
    return {"ids": pieces.ids, "mentions": pieces.mentions, "pairs": pieces.pairs, "hedges": pieces.hedges}


def read(file: Path, *, names_masked: bool) -> Examples:
    """The sentences by set, with or without names."""
    found: Examples = {}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            each = record["masked" if names_masked else "named"]
            mentions = [(first, last, tuple(p)) for first, last, p in each["mentions"]]
            pairs = [(*place, tuple(p)) for *place, p in each["pairs"]]
            pieces = Pieces(record["text"], each["ids"], mentions, pairs, each["hedges"])
            found.setdefault(record["set"], []).append(pieces)
    return found


def taught(examples: Examples, said: Iterable[Path]) -> Examples:
    """The examples with what teachers said of them; where several were asked, their mean."""
    verdicts: dict[str, list[Rows]] = {}
    for file in said:
        with np.load(file) as arrays:
            for head in arrays.files:
                verdicts.setdefault(head, []).append(arrays[head].astype(np.float32))
    found = {name: [replace(each) for each in sentences] for name, sentences in examples.items()}
    for head, each in verdicts.items():
        _put(head, asked(found, head), np.mean(each, axis=0))
    return found


def _put(head: str, sentences: Iterable[Pieces], p: Rows) -> None:
    rows = iter(p)
    for each in sentences:
        if head == "sentiment":
            each.mentions = [(a, b, _mixed(hard, next(rows))) for a, b, hard in each.mentions]
        elif head == "relation":
            pairs = [(a, b, c, d, hard, _mixed(hard, next(rows))) for a, b, c, d, hard in each.pairs]
            each.pairs = [(a, b, c, d, soft) for a, b, c, d, _, soft in pairs]
            each.pairs += [(c, d, a, b, exchanged(soft)) for a, b, c, d, hard, soft in pairs if not hard]
        else:
            each.hedges = np.array([next(rows) for _ in each.ids])


def _mixed(hard: P, soft: Rows) -> P:
    if not hard:
        return tuple(soft.tolist())
    return tuple(HARD * a + (1 - HARD) * b for a, b in zip(hard, soft.tolist(), strict=True))


def asked(examples: Mapping[str, Sequence[Pieces]], head: str) -> list[Pieces]:
    """The sentences that a head's teachers are asked about, in the order in which they answer."""
    return [pieces for name in JOINED[head] for pieces in examples[name]]
