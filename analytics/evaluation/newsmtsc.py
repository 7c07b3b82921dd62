"""NewsMTSC (Hamborg & Donnay 2021): sentiment toward a mention in a news sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..annotation import Annotator
from ..annotation.encoder import Floats
from ..annotation.heads import SENTIMENTS, Heads, load_heads
from ..annotation.reader import FOLDER, Reader
from ..article import AnnotatedArticle, Article
from ..errors import InputError
from ..measures.told_attitudes import told_attitudes
from ..measures.vader import compound, same_voice
from .figures import bag_of_words, calibration, confusion, per_class, read_json, row, table

ENCODER = "encoder, as shipped"
OWN_WORDS = "encoder, the outlet's own words"  # what a source says left out; coders read whole sentences
AS_USED = "encoder, as used in the outlet's voice"  # told attitudes left out as well
NEUTRAL = 0.05  # |compound| below which VADER's authors call a text neutral


def evaluate(path: Path) -> pd.DataFrame:
    """Macro-F1 over against, neither and for on every split beside `train.jsonl`, and on all of them together.

    The methods: always the commonest class; VADER on the words around the mention, as the
    measure uses it; VADER on the whole sentence; TF-IDF with logistic regression trained on
    `train.jsonl` in the same run; the shipped encoder, with F1 of each class and the calibration error.
    Splits are `dev_*.jsonl` and `test_*.jsonl`, those that are there. `attrs["confusion"]` of the result
    shows the encoder's confusion matrix over all splits.

    Raises InputError naming the file that is missing.
    """
    train = read_json(path / "train.jsonl")
    splits = sorted(file for pattern in ("dev_*.jsonl", "test_*.jsonl") for file in path.glob(pattern))
    if not splits:
        raise InputError(f"{path / 'dev_rw.jsonl'} is missing; put a split of NewsMTSC beside train.jsonl")
    commonest = Counter(_labels(train)).most_common(1)[0][0]
    words = bag_of_words().fit([_masked(record) for record in train], _labels(train))
    rows: list[dict[str, object]] = []
    gold = {file.stem: read_json(file) for file in splits}
    if len(gold) > 1:
        gold["together"] = [record for records in gold.values() for record in records]
    for split, records in gold.items():
        labels = _labels(records)
        predictions: dict[str, Sequence[int]] = {
            "majority class": [commonest] * len(records),
            "VADER, as used": [polarity(value) for value in _as_used(records)],
            "VADER, whole sentence": [polarity(compound(record["sentence"])) for record in records],
            "TF-IDF + logistic regression": words.predict([_masked(record) for record in records]),
        }
        rows += [row(split, method, labels, found, average="macro") for method, found in predictions.items()]
        p = read_sentiment(records)
        own, used = (each.argmax(axis=1).tolist() for each in _by_own_words(records, p))
        classes, predicted = [label + 1 for label in labels], p.argmax(axis=1).tolist()
        rows += [row(split, m, classes, found, average="macro") for m, found in ((OWN_WORDS, own), (AS_USED, used))]
        rows += per_class(split, ENCODER, classes, predicted, SENTIMENTS)
        rows.append(calibration(split, ENCODER, classes, p))
        matrix = confusion(classes, predicted, SENTIMENTS)
    found = table(rows)
    found.attrs["confusion"] = matrix.to_string()  # of the last split: all of them together
    return found


def read_sentiment(records: Sequence[dict[str, Any]], folder: Path = FOLDER) -> Floats:
    """p [record, (against, neither, for)] by the shipped encoder, each sentence read alone."""
    reader, heads = Reader(folder), Heads(folder)
    found = []
    for record in records:
        sentence = record["sentence"]
        place = ((record["from"], record["to"]), (0, len(sentence)))
        found.append(heads.sentiment(reader.read(sentence, known=[place[0]]), [place])[0])
    return np.asarray(np.nan_to_num(np.stack(found), nan=1 / 3), dtype=np.float32)


def _by_own_words(records: Sequence[dict[str, Any]], whole: Floats) -> tuple[Floats, Floats]:
    """The same, of mentions in the outlet's voice by the outlet's own words; neutral where too few are left.

    In the second, also neutral where the outlet tells of somebody else's attitude toward the target.
    """
    articles = [Article(article_id=str(i), text=record["sentence"]) for i, record in enumerate(records)]
    found, used = whole.copy(), whole.copy()
    for i, (record, annotated) in enumerate(zip(records, Annotator().annotate(articles), strict=True)):
        p = found[i]
        _read_own_words(p, record, annotated)
        used[i] = (0, 1, 0) if _is_told(record, annotated) else p
    return found, used


def _is_told(record: dict[str, Any], annotated: AnnotatedArticle) -> bool:
    told = (each for found in annotated.once(told_attitudes).values() for each in found)
    return any(attitude.is_toward(record["from"], record["to"]) for attitude in told)


def _read_own_words(p: Floats, record: dict[str, Any], annotated: AnnotatedArticle) -> None:
    """Put into p what the outlet's own words say, where a sentence holds others' words, too."""
    sentence = annotated.sentence_at(record["from"])
    own = annotated.own_words.get(sentence.sentence_id) if sentence else None
    if own is None or annotated.voice_at(record["from"]) != "outlet":
        return
    place = own.place(record["from"], record["to"])
    if own.encoded is None or place is None:
        p[:] = (0, 1, 0)
    else:
        p[:] = np.nan_to_num(load_heads().sentiment(own.encoded, [(place, (0, len(own.text)))])[0], nan=1 / 3)


def polarity(value: float) -> int:
    """−1, 0 or 1 for a VADER compound score, with the thresholds of its authors."""
    return 0 if abs(value) < NEUTRAL else (1 if value > 0 else -1)


def _labels(records: Sequence[dict[str, Any]]) -> list[int]:
    return [int(record["polarity"]) for record in records]


def _masked(record: dict[str, Any]) -> str:
    """The sentence with a placeholder for the mention, so that names are not learnt."""
    sentence: str = record["sentence"]
    return f"{sentence[: record['from']]} targetmention {sentence[record['to'] :]}"


def _as_used(records: Sequence[dict[str, Any]]) -> list[float]:
    """VADER over the part of the mention's sentence that is in the mention's voice."""
    articles = [Article(article_id=str(i), text=record["sentence"]) for i, record in enumerate(records)]
    values = []
    for record, annotated in zip(records, Annotator().annotate(articles), strict=True):
        sentence = annotated.sentence_at(record["from"])
        span = annotated.voice_span_at(record["from"])
        values.append(compound(same_voice(annotated, sentence, span)) if sentence else 0.0)
    return values
