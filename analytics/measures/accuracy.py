"""The accuracy that is stated: figures of the latest measurement on each gold set, kept in `accuracy.tsv`.

README, the page on methods and the dashboard show these; `python -m analytics.documentation` measures them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

FILE = Path(__file__).with_suffix(".tsv")
COLUMNS = ["gold_set", "split", "method", "metric", "value", "low", "high", "n"]
_DETAIL = "precision|recall|word|F1 of "  # metrics that are kept but not shown


def stated(gold_set: str | None = None) -> pd.DataFrame:
    """The figures to show, of one gold set or all: gold_set, split, method, metric, value, low, high (95 % bootstrap
    interval over gold items) and n (gold items), one row per split, method and metric.

    >>> stated("newsmtsc")["method"].unique()[0]
    'majority class'
    """
    figures = _read()
    shown = figures[~figures["metric"].str.contains(_DETAIL)]
    return shown if gold_set is None else shown[shown["gold_set"] == gold_set]


def state(measured: Mapping[str, pd.DataFrame]) -> None:
    """Put the figures of newly measured gold sets in the place of their old ones."""
    if not measured:
        return
    found = {str(name): rows for name, rows in _read().groupby("gold_set")}
    found |= {name: figures.assign(gold_set=name) for name, figures in measured.items()}
    pd.concat([found[name][COLUMNS] for name in sorted(found)]).to_csv(FILE, sep="\t", index=False)


def _read() -> pd.DataFrame:
    return pd.read_csv(FILE, sep="\t") if FILE.is_file() else pd.DataFrame(columns=COLUMNS)
