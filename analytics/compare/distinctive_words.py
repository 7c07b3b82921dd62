"""Which words set one side's articles apart from another's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import false_discovery_control, norm, pearson3

from ..errors import SelectionError
from ..vocabulary import UNKNOWN
from .groups import REST, Floats
from .rates import too_few, typed
from .thresholds import thresholds
from .told import Bools

NUMBERS = ("log_odds", "low", "high", "z", "p", "p_adjusted", "per_1000", "reference_per_1000", "dp")
COLUMNS = ("word", *NUMBERS, "n_uses", "n_uses_reference", "n_articles", "n_articles_reference", "note")
PER = 1000
STEP = 1.0


def distinctive_words(words: pd.DataFrame, *, of: str, reference: str = REST, by: str = "outlet") -> pd.DataFrame:
    """Each word's log-odds in the articles of one group against those of a reference, most typical of the group first.

    `words` has a row for each word that stands in a text: article_id, word and the column `by` (`words_of` of a
    results folder gives it). What it holds decides what is compared: two outlets, the words around an actor, one voice.

    Rows: word; log_odds, above 0 where the group uses the word more: the difference of both sides' log-odds with an
    informative Dirichlet prior (Monroe, Colaresi and Quinn 2008), which is how often both sides together use the word
    in 500 words; low and high, its 95 % interval; z, Monroe's score, by which rows
    are ordered; p and p_adjusted (see below); per_1000 and reference_per_1000 words; dp, Gries' deviation of
    proportions over the articles of the side that uses it more, 0 (as even as can be) to 1 (all in one article; Gries
    2008, normed as Lijffijt and Gries 2012); n_uses and n_uses_reference, how often it occurs; n_articles and
    n_articles_reference, in how many articles; note.

    z takes every word as drawn by itself, but an article that uses a word once uses it again. So p relabels whole
    articles: the sum of what a side's articles have above their expected number, against its distribution over all
    relabellings, of which mean, variance and skewness are known exactly (a Pearson curve of type III, with a
    continuity correction; Mielke and Berry 2007). p_adjusted keeps the false discovery rate (Benjamini and Hochberg
    1995). The interval's variance is Monroe's or, where that is larger, the one between articles. A word in fewer than
    five articles (thresholds.toml) has no p.

    Raises SelectionError where a side has no articles or too few of them.

    >>> texts = {f"h{n}": "the dam holds " * 40 for n in range(8)}
    >>> texts |= {f"n{n}": "the dam leaks and leaks " * 40 for n in range(8)}
    >>> rows = [(article, article[0], word) for article, text in texts.items() for word in text.split()]
    >>> words = pd.DataFrame(rows, columns=["article_id", "outlet", "word"])
    >>> found = distinctive_words(words, of="n", reference="h")
    >>> found[["word", "log_odds", "n_uses", "n_uses_reference", "n_articles"]].round(1).iloc[[0, -1]]
        word  log_odds  n_uses  n_uses_reference  n_articles
    0  leaks       1.8     640                 0           8
    4  holds      -2.4       0               320           0
    """
    sides = words[by].astype("string").fillna(UNKNOWN)
    ours = (sides == of).to_numpy(bool)
    theirs = ~ours if reference == REST else (sides == reference).to_numpy(bool)
    _check(words, sides, {of: ours, reference: theirs}, by)
    counted = _count(words[ours | theirs], ours[ours | theirs])
    found = _table(counted)
    order = np.lexsort((found["word"].to_numpy(str), -found["z"].to_numpy(float)))
    return typed(found.iloc[order].reset_index(drop=True), numbers=NUMBERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How often each article [row] uses each word [column], and which articles are the group's own."""

    words: list[str]
    counts: sparse.csc_array
    ours: Bools

    @property
    def size(self) -> Floats:
        """Words of each article."""
        return np.asarray(self.counts.sum(axis=1), dtype=np.float64).ravel()


def p_of_words(counted: Counts) -> Floats:
    """Two-sided p of each word by relabelling whole articles, from the exact first three moments of the statistic."""
    size, ours = counted.size, counted.ours
    n, a = len(size), int(ours.sum())
    squared, cubed = counted.counts.power(2), counted.counts.power(3)
    total = _sums(counted.counts)
    rate = total / size.sum()
    above = _sums(counted.counts, ours) - rate * size[ours].sum()
    second = _sums(squared) - 2 * rate * (counted.counts.T @ size) + rate**2 * (size**2).sum()
    third = (
        _sums(cubed)
        - 3 * rate * (squared.T @ size)
        + 3 * rate**2 * (counted.counts.T @ size**2)
        - rate**3 * (size**3).sum()
    )
    variance = np.maximum(a * (n - a) / (n - 1) * second / n, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        nearer = np.sign(above) * np.maximum(np.abs(above) - STEP / 2, 0)  # counts come in steps of one
        t = np.where(variance > 1e-12, nearer / np.sqrt(variance), 0.0)
        population = np.where(second > 1e-12, third / n / (second / n) ** 1.5, 0.0)
    skew = (n - 2 * a) * np.sqrt(n - 1) / (np.sqrt(a * (n - a)) * max(n - 2, 1)) * population
    tails = np.minimum(_upper(t, skew), _upper(-t, -skew))
    return np.asarray(np.clip(2 * tails, np.finfo(float).tiny, 1.0))


def _check(words: pd.DataFrame, sides: pd.Series[str], masks: dict[str, Bools], by: str) -> None:
    for name, mask in masks.items():
        if not mask.any():
            there = ", ".join(sorted(set(sides)))
            raise SelectionError(f"no words of {by} {name!r} here; there are those of: {there or 'nobody'}")
        if (n := words.loc[mask, "article_id"].nunique()) < thresholds().min_articles:
            raise SelectionError(f"{by} {name!r} has {too_few(n)} here: its words cannot be told from chance")


def _count(words: pd.DataFrame, ours: Bools) -> Counts:
    article, articles = pd.factorize(words["article_id"])
    word, names = pd.factorize(words["word"])
    counts = sparse.coo_array((np.ones(len(words)), (article, word)), shape=(len(articles), len(names))).tocsc()
    counts.sum_duplicates()
    is_ours = np.zeros(len(articles), bool)
    is_ours[article] = ours
    return Counts(words=[str(name) for name in names], counts=counts, ours=is_ours)


def _table(counted: Counts) -> pd.DataFrame:
    size, ours = counted.size, counted.ours
    y, other = _sums(counted.counts, ours), _sums(counted.counts, ~ours)
    n, m = size[ours].sum(), size[~ours].sum()
    prior = (y + other) / (n + m) * thresholds().prior_words
    log_odds = _log_odds(y, n, prior) - _log_odds(other, m, prior)
    variance = [_variance(counted, side, prior) for side in (ours, ~ours)]
    plain = 1 / (y + prior) + 1 / (other + prior)
    held = counted.counts.astype(bool).astype(float)
    in_ours, in_other = _sums(held, ours), _sums(held, ~ours)
    tested = in_ours + in_other >= thresholds().min_articles_with_word
    p = np.where(tested, p_of_words(counted), np.nan)
    adjusted = np.full(len(p), np.nan)
    if tested.any():
        adjusted[tested] = false_discovery_control(p[tested])
    far = norm.ppf((1 + thresholds().level) / 2) * np.sqrt(variance[0] + variance[1])
    typical = log_odds > 0
    dp = np.where(typical, _dispersion(counted, ours), _dispersion(counted, ~ours))
    return pd.DataFrame(
        {
            "word": counted.words,
            "log_odds": log_odds,
            "low": log_odds - far,
            "high": log_odds + far,
            "z": log_odds / np.sqrt(plain),
            "p": p,
            "p_adjusted": adjusted,
            "per_1000": PER * y / n,
            "reference_per_1000": PER * other / m,
            "dp": dp,
            "n_uses": y.astype(int),
            "n_uses_reference": other.astype(int),
            "n_articles": in_ours.astype(int),
            "n_articles_reference": in_other.astype(int),
            "note": np.where(tested, "", [too_few_with(int(k)) for k in in_ours + in_other]),
        },
        columns=list(COLUMNS),
    )


def too_few_with(n: int) -> str:
    """The note that stands in place of p.

    >>> too_few_with(2)
    'too few articles hold it (2 of 5)'
    """
    return f"too few articles hold it ({n} of {thresholds().min_articles_with_word})"


def _log_odds(count: Floats, total: float, prior: Floats) -> Floats:
    rest = np.maximum(total + prior.sum() - count - prior, np.finfo(float).tiny)
    return np.asarray(np.log((count + prior) / rest))


def _variance(counted: Counts, side: Bools, prior: Floats) -> Floats:
    """The variance of one side's log-odds: Monroe's, or that between articles where it is larger."""
    counts, size = counted.counts[side], counted.size[side]
    y, k = _sums(counts), len(size)
    rate = y / size.sum()
    squares = _sums(counts.power(2)) - 2 * rate * (counts.T @ size) + rate**2 * (size**2).sum()
    between = k / (k - 1) * np.maximum(squares, 0) / (y + prior) ** 2
    return np.asarray(np.maximum(1 / (y + prior), between))


def _dispersion(counted: Counts, side: Bools) -> Floats:
    """Gries' DP, normed, over the articles of a side; NaN for words that it does not use."""
    counts, size = counted.counts[side].tocoo(), counted.size[side]
    share = size / size.sum()
    total = _sums(counts)
    row, column = counts.coords
    off = np.abs(counts.data / total[column] - share[row]) - share[row]  # articles without the word add their share
    dp = (np.bincount(column, off, minlength=len(total)) + 1) / 2
    most = 1 - share[share > 0].min()
    return np.where(total > 0, dp / most if most > 0 else 0.0, np.nan)


def _sums(counts: sparse.sparray, rows: Bools | None = None) -> Floats:
    kept = counts if rows is None else counts[rows]
    return np.asarray(kept.sum(axis=0), dtype=np.float64).ravel()


def _upper(t: Floats, skew: Floats) -> Floats:
    """P(statistic ≥ t): Pearson's, or the normal curve's on the side where Pearson's ends at a bound."""
    return np.asarray(np.maximum(pearson3.sf(t, np.where(np.abs(skew) < 1e-3, 0.0, skew)), norm.sf(t)))
