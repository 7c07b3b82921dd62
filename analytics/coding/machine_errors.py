"""Where the machine errs: by class, by outlet, and whether it errs differently by outlet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..compare import contrasts, rates
from ..compare.groups import Floats
from ..compare.thresholds import thresholds
from ..compare.wording import number
from ..vocabulary import UNKNOWN
from .codes import by_item, counting
from .estimands import Ints
from .thresholds import coding_thresholds

ALL = "all outlets"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrsDifferently:
    """Whether the machine's mean error differs between outlets: the smallest adjusted p, and what to say of it."""

    p: float | None
    sentence: str


def confusion(codes: pd.DataFrame) -> pd.DataFrame:
    """How many items of each class (rows, by coders) the machine takes for which (columns).

    Each coded item counts for as many as its draw makes it stand for (1 / probability), so the numbers estimate the
    whole population; where several coded it, each of their codes has a part of that. Classes are the codes given; the
    machine's value counts as the nearest of them.

    >>> codes = pd.DataFrame({"item_id": list("abcd"), "article_id": list("abcd"), "outlet": "Harbour Post"})
    >>> codes = codes.assign(machine=[0.9, -0.2, -0.8, 0.7], coder="ada", code=[1, 0, -1, -1], probability=0.5)
    >>> confusion(codes.assign(time=pd.Timestamp("2031-01-06")))
    machine  -1.0   0.0   1.0
    code
    -1.0      2.0   0.0   2.0
     0.0      0.0   2.0   0.0
     1.0      0.0   0.0   2.0
    """
    items = _codes(codes)
    classes = np.unique(items["code"])
    cells = _cells(_place(items["code"], classes), _place(items["machine"], classes), _weight(items), len(classes))
    return pd.DataFrame(cells, index=pd.Index(classes, name="code"), columns=pd.Index(classes, name="machine"))


def error_by_class(codes: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Precision, recall and F1 of each class, over all outlets and in each, weighted as `confusion`.

    Columns: outlet ("all outlets" first), class, precision, recall, f1, low, high (95 % of F1, articles resampled),
    n (coded items of the class). F1 is null where neither coders nor machine have the class.
    """
    items = _codes(codes)
    classes = np.unique(items["code"])
    parts = [(ALL, items), *((str(name), part) for name, part in items.groupby("outlet", sort=True))]
    rows = [row for name, part in parts for row in _of_classes(name, part, classes, seed)]
    numbers = ("class", "precision", "recall", "f1", "low", "high")
    table = pd.DataFrame.from_records(rows, columns=["outlet", *numbers, "n"])
    return table.astype({"outlet": "string", "n": "Int64", **dict.fromkeys(numbers, "Float64")})


def error_by_outlet(codes: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """By how much the machine is off, outlet by outlet.

    Columns: outlet; error, the mean of machine − code (above zero: the machine says too much), with low and high
    (95 %, articles resampled); difference, that less the error in the other outlets, with p (articles relabelled) and
    p_adjusted (Holm); off, the mean of |machine − code|; n_articles, n_items; note. Items count by 1 / probability.
    """
    items = _items(codes)
    scores = _as_scores(items)
    found = rates(scores, by=["outlet"], seed=seed).rename(columns={"value": "error"}).drop(columns="denominator")
    beside = contrasts(scores, stories="all", seed=seed)[["outlet", "difference", "p", "p_adjusted"]]
    weight = _weight(items)
    off = (weight * (items["machine"] - items["code"]).abs()).groupby(items["outlet"]).sum()
    each = pd.DataFrame({"off": off / weight.groupby(items["outlet"]).sum(), "n_items": items.groupby("outlet").size()})
    table = found.merge(beside, on="outlet", how="left").merge(each, left_on="outlet", right_index=True, how="left")
    columns = [
        "outlet",
        "error",
        "low",
        "high",
        "difference",
        "p",
        "p_adjusted",
        "off",
        "n_articles",
        "n_items",
        "note",
    ]
    return table[columns].astype({"off": "Float64", "n_items": "Int64"})


def errs_differently(codes: pd.DataFrame, *, seed: int = 0) -> ErrsDifferently:
    """Whether the machine errs differently by outlet: each outlet's mean error against the others', Holm-adjusted.

    Where it does, uncorrected differences between outlets are partly the machine's.
    """
    found = error_by_outlet(codes, seed=seed)
    tested = found[found["p_adjusted"].notna()]
    if tested.empty:
        least = thresholds().min_articles
        said = "Whether the machine errs differently by outlet cannot be told: "
        said += f"two outlets need {least} coded articles each."
        return ErrsDifferently(p=None, sentence=said)
    p = float(tested["p_adjusted"].min())
    apart = tested[tested["p_adjusted"] < 1 - thresholds().level].sort_values("difference")
    if apart.empty:
        said = (
            f"No sign that the machine errs differently by outlet (smallest adjusted p {p:.2g}; {len(tested)} outlets)."
        )
        return ErrsDifferently(p=p, sentence=said)
    named = "; ".join(
        f"{outlet}: {number(abs(by))} too {'high' if by > 0 else 'low'} beside the others"
        for outlet, by in zip(apart["outlet"], apart["difference"].astype(float), strict=True)
    )
    said = f"The machine errs differently by outlet (adjusted p {p:.2g}). {named}. Compare corrected numbers."
    return ErrsDifferently(p=p, sentence=said)


def _codes(codes: pd.DataFrame) -> pd.DataFrame:
    """Every code that counts, the probability such that an item's codes weigh as one item."""
    rows = counting(codes)
    rows = _known(rows)
    return rows.assign(probability=rows["probability"] * rows.groupby("item_id")["item_id"].transform("size"))


def _items(codes: pd.DataFrame) -> pd.DataFrame:
    return _known(by_item(codes))


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    items = rows[rows["code"].notna()]
    return items.assign(
        outlet=items["outlet"].astype("string").fillna(UNKNOWN),
        **{name: items[name].astype(float) for name in ("machine", "code", "probability")},
    )


def _as_scores(items: pd.DataFrame) -> pd.DataFrame:
    """Errors as rows of a score, so that outlets' errors are compared as outlets' rates are."""
    weight = _weight(items)
    error = items["machine"] - items["code"]
    return items[["article_id", "outlet"]].assign(numerator=weight * error, denominator=weight)


def _weight(items: pd.DataFrame) -> pd.Series[float]:
    return 1 / items["probability"]


def _place(values: pd.Series[float], classes: Floats) -> Ints:
    """The class that is nearest to each value."""
    return np.asarray(np.abs(values.to_numpy(float)[:, None] - classes).argmin(axis=1), dtype=np.int64)


def _cells(code: Ints, machine: Ints, weight: pd.Series[float] | Floats, classes: int) -> Floats:
    cells = np.bincount(code * classes + machine, np.asarray(weight, float), minlength=classes**2)
    return np.asarray(cells.reshape(classes, -1), dtype=np.float64)


def _of_classes(name: str, part: pd.DataFrame, classes: Floats, seed: int) -> list[dict[str, object]]:
    code, machine = _place(part["code"], classes), _place(part["machine"], classes)
    article, _ = pd.factorize(part["article_id"])
    k, n = len(classes), int(article.max()) + 1
    at = article * k * k + code * k + machine
    by_article = np.bincount(at, _weight(part), minlength=n * k * k).reshape(n, k, k)
    times = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=coding_thresholds().resamples)
    drawn = _f1(np.tensordot(times.astype(float), by_article, axes=1))
    cells = by_article.sum(axis=0)
    tail = (1 - thresholds().level) / 2
    rows: list[dict[str, object]] = []
    for i, value in enumerate(classes):
        known = drawn[~np.isnan(drawn[:, i]), i]
        low, high = np.quantile(known, [tail, 1 - tail]) if len(known) else (None, None)
        precision, recall = _share(cells[i, i], cells[:, i].sum()), _share(cells[i, i], cells[i].sum())
        row = {"outlet": name, "class": value, "precision": precision, "recall": recall, "low": low, "high": high}
        rows.append({**row, "f1": _none(_f1(cells[None])[0, i]), "n": int(part["item_id"][code == i].nunique())})
    return rows


def _f1(cells: Floats) -> Floats:
    hits = np.diagonal(cells, axis1=-2, axis2=-1)
    with np.errstate(invalid="ignore"):
        return np.asarray(2 * hits / (cells.sum(axis=-1) + cells.sum(axis=-2)))


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 0 else None


def _none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
