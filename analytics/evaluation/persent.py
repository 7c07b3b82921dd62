"""PerSenT (Bastan et al. 2020): what readers take for the author's feeling toward the main entity of an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import spearmanr

from ..annotation import Annotator
from ..article import AnnotatedArticle, Article
from ..errors import InputError
from ..measures import author_sentiment, sentiment, vader
from .figures import RESAMPLES, SEED, f1, interval, row, table

CLASSES = ("Negative", "Neutral", "Positive")
COLUMNS = ("TITLE", "TARGET_ENTITY", "DOCUMENT", "TRUE_SENTIMENT")
SHIPPED = "author's sentiment, as shipped"
Doubles = NDArray[np.float64]
_WORD = re.compile(r"[a-z0-9]+")


class Judged(NamedTuple):
    """An article's main entity as the measures see it, and what readers said: a place in `CLASSES`.

    Without an actor of that name `features` is None and the means are NaN.
    """

    gold: int
    features: dict[str, float] | None
    sentiment: float
    vader: float


def evaluate(path: Path) -> pd.DataFrame:
    """Macro-F1 over unfavourable, neutral and favourable, and Spearman's rank correlation, on `fixed_test.csv` and on
    other files of the folder but `dev.csv`, whose articles gave the coefficients and, to each method, its two cut-offs.

    The methods: the commonest class; VADER and sentiment, each the mean over the entity's mentions; the estimate as
    shipped. An article in which no actor has the entity's name counts as favourable, as most are, with the mean value.

    Raises InputError naming the file that is missing or malformed.
    """
    known = read_judged(path / "dev.csv")
    rows: list[dict[str, object]] = []
    for file in sorted(path.glob("*.csv")):
        if file.stem != "dev":
            rows += figures(file.stem, read_judged(file), known)
    if not rows:
        raise InputError(f"{path / 'fixed_test.csv'} is missing; put a split of the set beside dev.csv")
    return table(rows)


def figures(split: str, judged: Sequence[Judged], known: Sequence[Judged]) -> list[dict[str, object]]:
    """Rows of every method for one split; see `evaluate`."""
    gold = [each.gold for each in judged]
    commonest = Counter(each.gold for each in known).most_common(1)[0][0]
    rows = [row(split, "commonest class", gold, [commonest] * len(gold), average="macro")]
    neutral = author_sentiment.load_coefficients().neutral
    for method, of in (("VADER", "vader"), ("mean sentiment", "sentiment"), (SHIPPED, "estimate")):
        values = _values(judged, of)
        cuts = neutral if of == "estimate" else best_cuts(_values(known, of), [each.gold for each in known])
        rows.append(row(split, method, gold, classes(values, cuts).tolist(), average="macro"))
        rows.append(_correlation(split, method, gold, values))
    return rows


def estimates(judged: Sequence[Judged]) -> Doubles:
    """The estimate as shipped for each, NaN where there is no actor."""
    coefficients = author_sentiment.load_coefficients()
    return np.array([coefficients.estimate(each.features) if each.features else np.nan for each in judged])


def _values(judged: Sequence[Judged], of: str) -> Doubles:
    values = estimates(judged) if of == "estimate" else np.array([getattr(each, of) for each in judged], dtype=float)
    return np.where(np.isnan(values), np.nanmean(values), values)


def classes(values: Doubles, cuts: tuple[float, float]) -> NDArray[np.int64]:
    """0 below the first cut-off, 2 from the second on, else 1."""
    return np.digitize(values, cuts)


def best_cuts(values: Doubles, gold: Sequence[int]) -> tuple[float, float]:
    """The two cut-offs, among percentiles of the values, that serve macro-F1 best."""
    places = np.unique(np.quantile(values, np.linspace(0.02, 0.98, 49)))
    first, second = np.triu_indices(len(places))
    of_class = [np.sort(values[np.asarray(gold) == each]) for each in range(len(CLASSES))]
    below = np.stack([np.searchsorted(each, places) for each in of_class])  # [class, place]
    sizes = np.array([[len(each)] for each in of_class])
    cells = np.stack([below[:, first], below[:, second] - below[:, first], sizes - below[:, second]])
    best = int(f1(cells.transpose(2, 1, 0)).argmax())  # [pair, class, taken for]
    return float(places[first[best]]), float(places[second[best]])


def read_judged(path: Path) -> list[Judged]:
    """The judged articles of a file, annotated. Raises InputError naming the file that is missing or malformed."""
    if not path.is_file():
        raise InputError(f"{path} is missing; give the folder that holds it, as published by its authors")
    gold = pd.read_csv(path)
    if set(COLUMNS) - set(gold.columns) or not gold["TRUE_SENTIMENT"].isin(CLASSES).all():
        raise InputError(
            f"{path} has no columns {', '.join(COLUMNS)} with {', '.join(CLASSES)}; it is not as published"
        )
    records = gold[list(COLUMNS)].fillna("").to_dict("records")
    articles = [
        Article(article_id=str(i), text=record["DOCUMENT"], title=record["TITLE"] or None)
        for i, record in enumerate(records)
    ]
    return [
        judge(annotated, record["TARGET_ENTITY"], CLASSES.index(record["TRUE_SENTIMENT"]))
        for annotated, record in zip(Annotator().annotate(articles), records, strict=True)
    ]


def judge(annotated: AnnotatedArticle, entity: str, gold: int) -> Judged:
    """What the measures say of an entity."""
    found = author_sentiment.features(annotated)
    actor = actor_of(annotated, entity, set(found))
    mentions = {m.mention_id for m in annotated.mentions if m.actor_id == actor}
    read = [row for row in sentiment.find(annotated) if "sentiment" in row]
    return Judged(
        gold=gold,
        features=found.get(actor) if actor else None,
        sentiment=_mean([r["sentiment"] for r in read if r["mention_id"] in mentions]),
        vader=_mean([r["sentiment_vader"] for r in vader.find(annotated) if r["mention_id"] in mentions]),
    )


def actor_of(annotated: AnnotatedArticle, entity: str, actors: set[str]) -> str | None:
    """The actor of which most mentions share a word with the entity's name, the surname counting twice."""
    said = _WORD.findall(entity.lower())
    counts: Counter[str] = Counter()
    for mention in annotated.mentions:
        if mention.actor_id in actors and mention.form == "name":
            words = set(_WORD.findall(f"{annotated.text_of(mention.start, mention.end)} {mention.name}".lower()))
            counts[mention.actor_id] += len(words & set(said)) + len(words & set(said[-1:]))
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] else None


def _mean(values: Sequence[object]) -> float:
    return fmean(float(str(value)) for value in values) if values else float("nan")


def _correlation(split: str, method: str, gold: Sequence[int], values: Doubles) -> dict[str, object]:
    truth = np.array(gold)
    draws = np.random.default_rng(SEED).integers(0, len(truth), size=(RESAMPLES, len(truth)))
    resampled = [float(spearmanr(truth[d], values[d])[0]) for d in draws]
    return interval(split, method, "rank correlation", float(spearmanr(truth, values)[0]), resampled, n=len(truth))
