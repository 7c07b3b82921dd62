"""PolNeAR (Newell et al. 2018): sources, cues and contents of attributions in political news."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..article import Article
from .attribution_systems import joined, learnt, quotation_marks, rules
from .figures import RESAMPLES, SEED, table
from .polnear_gold import GoldAttribution, GoldText, read_polnear
from .span_agreement import ROLES, compare

System = Callable[[Sequence[Article]], list[list[GoldAttribution]]]
Array = NDArray[np.int64]


SYSTEMS: dict[str, System] = {
    "quotation marks, nearest subject": quotation_marks,
    "readable rules": rules,
    "learnt tagger": learnt,
    "tagger and rules, as used": joined,
}


def evaluate(path: Path) -> pd.DataFrame:
    """How well attributions are found, beside a plain baseline.

    `path` is a part of the corpus (folders `text` and `attributions`) or the folder of its parts, of
    which all but `train` are used. For each role (cue, source, content) the metrics are precision, recall
    and F1 of spans, where a span counts as found if the overlap is at least half of the longer one,
    and the same of words; for contents also the share of those found that have the right source.
    `n` counts what the metric is a share of (for F1: the gold spans or words). Intervals: bootstrap over texts.

    The methods: each quotation goes to the subject of the verb nearest to it in its sentence; the
    readable rules; the learnt tagger by itself, and joined with the rules as the annotation uses it.

    Raises InputError if the folder is not laid out like that.
    """
    rows: list[dict[str, object]] = []
    for part in _parts(Path(path)):
        gold = read_polnear(part)
        articles = [Article(article_id=each.name, text=each.text) for each in gold]
        for method, system in SYSTEMS.items():
            counts = per_role(gold, system(articles))
            rows += [{"split": part.name, "method": method, **figure} for figure in figures(counts)]
    return table(rows)


def _parts(path: Path) -> list[Path]:
    parts = [folder for folder in sorted(path.glob("*/")) if folder.name != "train" and (folder / "text").is_dir()]
    return parts or [path]


def per_role(gold: Sequence[GoldText], found: Sequence[Sequence[GoldAttribution]]) -> dict[str, Array]:
    """Per role, the counts of each text in a row, in the order of `Counts`."""
    counts = [compare(each.text, each.attributions, marked) for each, marked in zip(gold, found, strict=True)]
    return {role: np.array([each[role] for each in counts]) for role in ROLES}


def figures(counts: dict[str, Array]) -> Iterator[dict[str, object]]:
    """Every metric with its interval, from the counts per role and text."""
    for role, texts in counts.items():
        words_hit, words_found, words_gold, hit, found, gold, right_source = texts.T
        yield _figure(f"{role}, span F1", 2 * hit, found + gold, n=gold)
        yield _figure(f"{role}, span precision", hit, found)
        yield _figure(f"{role}, span recall", hit, gold)
        yield _figure(f"{role}, word F1", 2 * words_hit, words_found + words_gold, n=words_gold)
        yield _figure(f"{role}, word precision", words_hit, words_found)
        yield _figure(f"{role}, word recall", words_hit, words_gold)
        if role == "content":
            yield _figure("content, right source", right_source, hit)


def _figure(metric: str, above: Array, below: Array, *, n: Array | None = None) -> dict[str, object]:
    """A ratio of sums over texts, with its 95 % percentile interval when texts are drawn with replacement."""
    weights = np.random.default_rng(SEED).multinomial(len(below), [1 / len(below)] * len(below), size=RESAMPLES)
    low, high = np.quantile((weights @ above) / np.maximum(weights @ below, 1), [0.025, 0.975])
    value = above.sum() / max(below.sum(), 1)
    total = below if n is None else n
    return {"metric": metric, "value": float(value), "low": float(low), "high": float(high), "n": int(total.sum())}
