"""DSE (Park et al. 2021): who is for or against whom, between two actors of a news sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..annotation.encoder import Floats
from ..annotation.heads import RELATIONS, Heads
from ..annotation.reader import FOLDER, Reader
from ..errors import InputError
from .figures import bag_of_words, calibration, confusion, per_class, row, table

_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
ENCODER = "encoder, as shipped"


class Pair(NamedTuple):
    """A sentence, the character ranges of its actors p and q, and the number of the label in `RELATIONS`."""

    sentence: str
    p: tuple[int, int]
    q: tuple[int, int]
    label: int


def read_dse(file: Path) -> list[Pair]:
    """The pairs of one file as published: sentence with [p] and [q] in brackets, p, q, label, tab-separated.

    Raises InputError naming the file, and the line that is not of this form.
    """
    if not file.is_file():
        raise InputError(f"{file} is missing; give the folder that holds it, as published by its authors")
    pairs = []
    for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if len(cells) != 4 or cells[3] not in "01234" or not cells[3]:
            raise InputError(f"{file}:{n}: not sentence, p, q and a label from 0 to 4, tab-separated")
        pairs.append(_unbracketed(cells[0], cells[1], cells[2], int(cells[3]), f"{file}:{n}"))
    return pairs


def _unbracketed(marked: str, p: str, q: str, label: int, where: str) -> Pair:
    brackets = list(_BRACKETS.finditer(marked))
    first = next((b for b in brackets if b[1] == p), None)
    second = next((b for b in brackets if b[1] == q and b is not first), None)
    if first is None or second is None:  # names with doubled quotation marks differ from the sentence's
        if len(brackets) != 2:
            raise InputError(f"{where}: p or q is not between brackets in its sentence")
        first, second = brackets
    places = sorted(place for b in (first, second) for place in (b.start(), b.end() - 1))

    def moved(place: int) -> int:
        return place - sum(bracket < place for bracket in places)

    sentence = "".join(c for i, c in enumerate(marked) if i not in places)
    ranges = [(moved(b.start(1)), moved(b.end(1))) for b in (first, second)]
    return Pair(sentence, ranges[0], ranges[1], label)


def evaluate(path: Path) -> pd.DataFrame:
    """Macro-F1 over five classes (neither; p for or against q; q for or against p) on `valid.txt` and `test.txt`.

    The methods: always the commonest class; TF-IDF with logistic regression trained on `train.txt` in the
    same run; the shipped encoder, with F1 of each class and the calibration error. `attrs["confusion"]` holds
    the encoder's confusion matrix over the last split.

    Raises InputError naming the file that is missing or malformed.
    """
    train = read_dse(path / "train.txt")
    splits = [path / name for name in ("valid.txt", "test.txt") if (path / name).is_file()]
    if not splits:
        raise InputError(f"{path / 'valid.txt'} is missing; put a split of DSE beside train.txt")
    commonest = Counter(pair.label for pair in train).most_common(1)[0][0]
    words = bag_of_words().fit([_masked(pair) for pair in train], [pair.label for pair in train])
    rows: list[dict[str, object]] = []
    for file in splits:
        pairs = read_dse(file)
        labels = [pair.label for pair in pairs]
        predictions: dict[str, Sequence[int]] = {
            "majority class": [commonest] * len(pairs),
            "TF-IDF + logistic regression": words.predict([_masked(pair) for pair in pairs]).tolist(),
        }
        rows += [row(file.stem, method, labels, found, average="macro") for method, found in predictions.items()]
        p = read_relations(pairs)
        rows += per_class(file.stem, ENCODER, labels, p.argmax(axis=1).tolist(), RELATIONS)
        rows.append(calibration(file.stem, ENCODER, labels, p))
        matrix = confusion(labels, p.argmax(axis=1).tolist(), RELATIONS)
    found = table(rows)
    found.attrs["confusion"] = matrix.to_string()
    return found


def read_relations(pairs: Sequence[Pair], folder: Path = FOLDER) -> Floats:
    """p [pair, RELATIONS] by the shipped encoder, each sentence read alone."""
    reader, heads = Reader(folder), Heads(folder)
    found = [
        heads.relation(
            reader.read(pair.sentence, known=sorted((pair.p, pair.q))), [(pair.p, pair.q, (0, len(pair.sentence)))]
        )[0]
        for pair in pairs
    ]
    return np.asarray(np.nan_to_num(np.stack(found), nan=1 / len(RELATIONS)), dtype=np.float32)


def _masked(pair: Pair) -> str:
    """The sentence with placeholders for the two actors, so that names are not learnt."""
    (first, name), (second, other) = sorted([(pair.p, "actorp"), (pair.q, "actorq")])
    s = pair.sentence
    return f"{s[: first[0]]} {name} {s[first[1] : second[0]]} {other} {s[second[1] :]}"
